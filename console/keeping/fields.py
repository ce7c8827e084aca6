"""Columns of the import files as fields of a form, and rows as one line of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tortoise.expressions import Q
from tortoise.models import Model

from console.keeping import texts
from models.area import Area
from models.body import Body
from models.choices import BodyLevel, CadreLevel, Choice, Level, LiaisonRole, RecusalFrom, Role, Room
from models.figures import NAMES
from models.liaison import Liaison
from models.recusal import Recusal
from models.staff import Staff
from models.terms import DayKind, Meaning
from models.zone import Zone
from organisation.guards import BEYOND_A_BODY
from organisation.importing.checking_places import SPECIALIST_BODIES
from organisation.importing.tables import Column
from organisation.importing.writing import ATTRIBUTES
from organisation.kinds import KINDS, Kind, within
from organisation.reach import Reach
from routing.table import RoutingTable

CHOICES: Final[Mapping[tuple[str, str], type[Choice]]] = {
    ("staff", "role"): Role,
    ("liaisons", "role"): LiaisonRole,
    ("bodies", "level"): BodyLevel,
    ("bodies", "room"): Room,
    ("specialists", "level"): Level,
    ("cadres", "level"): CadreLevel,
    ("recusals", "from_kind"): RecusalFrom,
    ("holidays", "kind"): DayKind,
    ("sayings", "meaning"): Meaning,
}
SPECIALIST_LEVELS: Final = ("village", "department", "none")
BODY_LEVELS: Final[Mapping[str, tuple[BodyLevel, ...]]] = {
    "zones": (BodyLevel.OFFICE,),
    "zone_members": (BodyLevel.TOWNSHIP,),
    "specialists": SPECIALIST_BODIES,
}
MOST_OPTIONS: Final = 2000
Wrong = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """`options` are value and words; empty for a free text. A fixed field is shown and not asked for."""

    name: str
    label: str
    value: str
    options: Sequence[tuple[str, str]] = ()
    wrong: str = ""
    hint: str = ""
    is_required: bool = False
    is_fixed: bool = False

    @property
    def shown(self) -> str:
        return dict(self.options).get(self.value, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    key: str
    name: str
    about: str
    is_active: bool
    flags: Sequence[str] = ()


def words_of(kind: Kind) -> dict[str, str]:
    """What people call the attributes of a row."""
    named = {ATTRIBUTES.get(column.name, column.name): column.chinese for column in kind.table.columns}
    return named | {"confirmed_at": texts.CONFIRMED}


def said(kind: str, attribute: str, value: Any, *, table: RoutingTable) -> str:
    """A value of a row as people say it."""
    if attribute == "confirmed_at":
        return texts.CONFIRMED_ALREADY if value else texts.WAITING
    if attribute in ("is_active", "active"):
        return texts.YES if value in (True, "yes") else texts.NO
    choices = CHOICES.get((kind, attribute))
    if choices is not None and value is not None:
        return choices(value).label
    if value in (None, ""):
        return texts.NOTHING
    if value in table.bodies:
        return table.bodies[value].name
    is_place = attribute.removesuffix("_id").removesuffix("_code") in ("region", "village", "group", "county")
    return "".join(table.names_of(value)) or str(value) if is_place else str(value)


def edited_since(
    kind: Kind, now: Mapping[str, str], typed: Mapping[str, str], *, table: RoutingTable
) -> Wrong:
    """For a form that was opened before somebody else's change: what each differing field holds now."""
    return {
        column.header: texts.NOW.format(value=said(kind.name, column.name, now[column.name], table=table))
        for column in kind.table.columns
        if column.name in now and column.name in typed and now[column.name] != typed[column.name]
    }


async def fields_of(
    kind: Kind, *, values: Mapping[str, str], wrong: Mapping[str, str], is_new: bool, reach: Reach
) -> list[Field]:
    """`wrong` is by the column's header, as the import names it. Secrets are given by buttons of their own."""
    return [
        Field(
            name=column.name,
            label=column.chinese,
            value=values.get(column.name, ""),
            options=await _options(kind, column, reach),
            wrong=wrong.get(column.header, ""),
            hint=texts.HINTS.get((kind.name, column.name), ""),
            is_required=column.is_required,
            is_fixed=not is_new and column.name in kind.fixed,
        )
        for column in kind.table.columns
        if not column.kind.is_secret
    ]


async def _options(kind: Kind, column: Column, reach: Reach) -> Sequence[tuple[str, str]]:
    if column.name == "active":
        return [("yes", texts.YES), ("no", texts.NO)]
    choices = CHOICES.get((kind.name, column.name))
    if choices is not None:
        wanted = SPECIALIST_LEVELS if choices is Level else tuple(choices)
        given = [each for each in wanted if not (choices is Role and reach.body and each in BEYOND_A_BODY)]
        return [(str(each), choices(each).label or texts.NOTHING) for each in given]
    named = {"body_code": Body, "office_body": Body, "area_code": Area, "zone_code": Zone}.get(column.name)
    if named is None:
        return ()
    found: Any = named.filter(_offered(kind, named, reach), is_active=True).order_by("code")
    codes = await found.limit(MOST_OPTIONS).values_list("code", "name")
    return [(str(code), f"{name}（{code}）") for code, name in codes]


def _offered(kind: Kind, named: type[Model], reach: Reach) -> Q:
    if named is Area:
        return Q()
    if named is Zone:
        return within(KINDS["zones"], reach)
    levels = BODY_LEVELS.get(kind.name, tuple(BodyLevel))
    own = Q(code=reach.body) if reach.body else within(KINDS["bodies"], reach)
    return Q(own, level__in=levels)


def summary_of(kind: Kind, row: Any, *, flags: Mapping[str, Sequence[str]]) -> Line:
    values = kind.values(row)
    name, about = _WORDS[kind.name](row, values)
    return Line(
        key=str(row.pk),
        name=name,
        about=" · ".join(filter(None, about)),
        is_active=values["active"] == "yes",
        flags=flags.get(str(row.pk), _flags(row)),
    )


def _flags(row: Any) -> tuple[str, ...]:
    if isinstance(row, Recusal) and row.removal_asked_by:
        return (texts.REMOVAL_ASKED,)
    has_chat = isinstance(row, Staff | Liaison) and row.is_active
    return (texts.UNBOUND,) if has_chat and row.openid_index is None else ()


def _staff(row: Any, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    return row.name, (row.username, row.role.label, row.body.name, row.phone)


def _recusal(row: Any, values: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    who = row.staff or row.liaison or row.body
    return who.name, (row.from_kind.label, row.from_value, row.reason)


def _is_bare(values: Mapping[str, str]) -> bool:
    return not any(values[name] for name in NAMES)


_WORDS: Final[Mapping[str, Any]] = {
    "staff": _staff,
    "liaisons": lambda row, values: (row.name, (row.role.label, row.village.name, row.phone)),
    "recusals": _recusal,
    "bodies": lambda row, values: (row.name, (row.level.label, row.region.name, row.phone)),
    "zones": lambda row, values: (
        row.name,
        (row.county.name, row.office_body.name if row.office_body else "", row.commander),
    ),
    "zone_members": lambda row, values: (row.body.name, (row.zone.name,)),
    "specialists": lambda row, values: (row.body.name, (row.county.name, row.area.name, row.level.label)),
    "holidays": lambda row, values: (row.day, (row.kind.label, row.name)),
    "sayings": lambda row, values: (row.word, (Meaning(row.meaning).label,)),
    "figures": lambda row, values: (row.county.name, (texts.BY_THE_RULES if _is_bare(values) else "",)),
    "cadres": lambda row, values: (row.name, (row.unit, row.post, row.region.name)),
}
