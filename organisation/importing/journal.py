"""What an import changes, row by row, for undoing it and for deciding again as on an earlier day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Any, Final

from tortoise.models import Model

from models.area import Area
from models.body import Body
from models.cadre import Cadre
from models.fields import from_millis, to_millis
from models.figures import NAMES, CountyFigures
from models.holiday import Holiday
from models.liaison import Liaison
from models.organisation_change import OrganisationChange
from models.recusal import Recusal
from models.region import Region
from models.saying import Saying
from models.specialist import Specialist
from models.staff import Staff
from models.zone import Zone, ZoneMember

BASE_VERSION: Final = 1
BATCH_SIZE: Final = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """How rows of one table stand in the journal: the attributes that tell them apart, and the others."""

    kind: str
    key: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def attributes(self) -> tuple[str, ...]:
        return (*self.key, *self.others, "is_active")


KEPT: Final[Mapping[type[Model], Kept]] = {
    Area: Kept("areas", ("code",), ("name", "department", "sort", "words")),
    Region: Kept("regions", ("code",), ("name", "level", "parent_id", "village_type", "households")),
    Body: Kept("bodies", ("code",), ("name", "level", "room", "region_id", "phone")),
    Zone: Kept("zones", ("code",), ("name", "county_id", "office_body_id", "commander")),
    ZoneMember: Kept("zone_members", ("zone_id", "body_id"), ()),
    Specialist: Kept("specialists", ("county_id", "area_id", "level"), ("body_id",)),
    Staff: Kept("staff", ("username",), ("name", "body_id", "role", "phone", "confirmed_at")),
    Liaison: Kept("liaisons", ("phone",), ("name", "village_id", "group_id", "role")),
    Cadre: Kept("cadres", ("name", "post", "unit", "region_id"), ("aliases", "level")),
    Holiday: Kept("holidays", ("day",), ("kind", "name")),
    CountyFigures: Kept("figures", ("county_id",), NAMES),
    Saying: Kept("sayings", ("meaning", "word"), ()),
    Recusal: Kept("recusals", ("staff_id", "liaison_id", "body_id", "from_kind", "from_value"), ("reason",)),
}


@dataclass(slots=True)
class Journal:
    """Changes of one transaction, kept at its end."""

    undoes: int | None = None
    _noted: list[tuple[Kept, dict[str, Any] | None, dict[str, Any]]] = field(default_factory=list)

    def note(self, row: Model, *, before: dict[str, Any] | None) -> None:
        """`row` as it is now; `before` as `as_kept` gave it, None when it is new.

        Both are the same where only a secret was given anew: whose hand it was has to be known all the same.
        """
        kept = KEPT.get(type(row))
        if kept is not None:
            self._noted.append((kept, before, as_kept(row)))

    async def keep(self, *, version: int, by: str, at: datetime) -> None:
        if version <= BASE_VERSION:
            return
        changes = [
            OrganisationChange(
                version=version,
                kind=kept.kind,
                key=key_in_words(after, kept=kept),
                before=before,
                after=after,
                actor=by,
                at=at,
                undoes=self.undoes,
            )
            for kept, before, after in self._noted
        ]
        await OrganisationChange.bulk_create(changes, batch_size=BATCH_SIZE)


def as_kept(row: Model) -> dict[str, Any]:
    """The row's values as JSON takes them; empty for a table that is not kept."""
    kept = KEPT.get(type(row))
    return {name: _plain(getattr(row, name)) for name in kept.attributes} if kept else {}


def key_in_words(values: Mapping[str, Any], *, kept: Kept) -> str:
    return "\t".join("" if values[name] is None else str(values[name]) for name in kept.key)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    # to the millisecond, as the row will be read
    return from_millis(to_millis(value)).isoformat() if isinstance(value, datetime) else value
