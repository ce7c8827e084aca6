"""The latest changes of the organisation, for those within whose reach they lie."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.organisation_change import OrganisationChange
from models.staff import Staff
from organisation.importing.journal import KEPT
from organisation.kinds import KINDS, within
from organisation.reach import Reach

PAGE = 30
LOOKED_THROUGH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`differing` maps attributes to what they were and what they became; `who` is a name, or empty for a command."""

    id: int
    kind: str
    at: datetime
    who: str
    name: str
    is_new: bool
    differing: dict[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    rows: Sequence[Change]
    next_before: int | None


async def recent_changes(reach: Reach, *, before: int | None = None) -> Changes:
    """Newest first; what lies outside the reach is left out, so a page may be short and there still be more."""
    found = OrganisationChange.filter(kind__in=[kind for kind in reach.kinds if kind in KINDS])
    if before is not None:
        found = found.filter(id__lt=before)
    rows: list[OrganisationChange] = []
    last: int | None = None
    for change in await found.order_by("-id").limit(LOOKED_THROUGH):
        if len(rows) == PAGE:
            return Changes(rows=await _named(rows), next_before=last)
        last = change.id
        if await _is_within(change, reach):
            rows.append(change)
    return Changes(rows=await _named(rows), next_before=None)


async def _is_within(change: OrganisationChange, reach: Reach) -> bool:
    kind = KINDS[change.kind]
    key = {name: change.after[name] for name in KEPT[kind.model].key}
    return await kind.model.filter(within(kind, reach), **key).exists()


async def _named(rows: Sequence[OrganisationChange]) -> list[Change]:
    ids = {int(row.actor.removeprefix("staff:")) for row in rows if row.actor.startswith("staff:")}
    names = dict(await Staff.filter(id__in=ids).values_list("id", "name")) if ids else {}
    return [_change(row, names=names) for row in rows]


def _change(row: OrganisationChange, *, names: dict[int, str]) -> Change:
    before = row.before or {}
    number = row.actor.removeprefix("staff:")
    return Change(
        id=row.id,
        kind=row.kind,
        at=row.at,
        who=names.get(int(number), "") if number.isdecimal() else "",
        name=str(row.after.get("name") or row.key.replace("\t", " ").strip()),
        is_new=row.before is None,
        differing={
            name: (before.get(name), value)
            for name, value in row.after.items()
            if row.before is not None and before.get(name) != value
        },
    )
