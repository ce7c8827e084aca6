"""The latest changes of the organisation, for those within whose reach they lie."""

from collections.abc import Collection, Sequence
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
    """`differing` maps attributes to what they were and what they became; `row` is as it stands today.

    `who` is a name, or empty for a command.
    """

    id: int
    kind: str
    at: datetime
    who: str
    row: Any
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
    rows: list[tuple[OrganisationChange, Any]] = []
    last: int | None = None
    looked = await found.order_by("-id").limit(LOOKED_THROUGH)
    for change in looked:
        if len(rows) == PAGE:
            return Changes(rows=await _named(rows), next_before=last)
        last = change.id
        row = await _row_within(change, reach)
        if row is not None:
            rows.append((change, row))
    return Changes(rows=await _named(rows), next_before=last if len(looked) == LOOKED_THROUGH else None)


async def _row_within(change: OrganisationChange, reach: Reach) -> Any | None:
    kind = KINDS[change.kind]
    key = {name: change.after[name] for name in KEPT[kind.model].key}
    return await kind.model.filter(within(kind, reach), **key).select_related(*kind.joined).first()


async def names_of(actors: Collection[str]) -> dict[str, str]:
    """By actor, of those that are accounts."""
    ids = {actor.removeprefix("staff:") for actor in actors if actor.startswith("staff:")}
    found = (
        await Staff.filter(id__in=[int(number) for number in ids]).values_list("id", "name") if ids else []
    )
    return {f"staff:{number}": name for number, name in found}


async def _named(found: Sequence[tuple[OrganisationChange, Any]]) -> list[Change]:
    names = await names_of({change.actor for change, _ in found})
    return [_change(change, row, who=names.get(change.actor, "")) for change, row in found]


def _change(change: OrganisationChange, row: Any, *, who: str) -> Change:
    before = change.before or {}
    return Change(
        id=change.id,
        kind=change.kind,
        at=change.at,
        who=who,
        row=row,
        is_new=change.before is None,
        differing={
            name: (before.get(name), value)
            for name, value in change.after.items()
            if change.before is not None and before.get(name) != value
        },
    )
