"""The organisation as routing sees it: plain frozen rows, without sealing, storage or behaviour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegionNode:
    """`level` is city, county, township, village or group; `parent` is the code above, empty at the top."""

    code: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class BodyNode:
    """`level` is township, office, stationed, county or city; `room` a county room, empty for its head.

    `is_ready`, worked out by the table: active, with an active handler and leader, before anyone is recused.
    """

    code: str
    name: str
    level: str
    room: str
    region_code: str
    phone: str
    is_active: bool
    hours: str = ""
    is_ready: bool = False


@dataclass(frozen=True, slots=True)
class ZoneNode:
    """`members` are codes of township bodies, `office_body` is the coordinating office's or empty."""

    code: str
    name: str
    county_code: str
    office_body: str
    commander: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class StaffNode:
    """`key` is "staff:<id>"; `is_active` means active and confirmed: only such count as handler or leader."""

    key: str
    id: int
    username: str
    name: str
    body_code: str
    role: str
    phone: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class LiaisonNode:
    """`key` is "liaison:<id>"; `role` is chief, deputy or monitor; `is_bound` means WeChat reaches them."""

    key: str
    id: int
    name: str
    phone: str
    village_code: str
    group_code: str
    role: str
    is_bound: bool


@dataclass(frozen=True, slots=True)
class CadreNode:
    """A registered cadre who may be reported; `level` is village, township, department or county."""

    name: str
    aliases: tuple[str, ...]
    post: str
    unit: str
    level: str
    region_code: str


@dataclass(frozen=True, slots=True)
class RecusalNode:
    """`who` is a person key or "body:<code>"; `from_value` a name or code, by `from_kind`."""

    id: int
    who: str
    from_kind: str
    from_value: str
    reason: str


@dataclass(frozen=True, slots=True)
class SpecialistNode:
    """The body a county names for one area and one level of the person reported."""

    county_code: str
    area_code: str
    level: str
    body_code: str
