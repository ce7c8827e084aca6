"""Taking back one change of the organisation, which is a new change."""

from typing import Any

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from models.organisation_change import OrganisationChange
from organisation.accounts import withdraw
from organisation.editing import put, tell, whole_batch
from organisation.errors import ChangedMeanwhile, NeedsSecond, NothingToUndo, RowNotFound
from organisation.guards import has_second, is_lifting
from organisation.house import House
from organisation.importing.journal import KEPT, as_kept, key_in_words
from organisation.kinds import KINDS, Kind, Values, within
from organisation.live import hold_version
from organisation.reach import Reach


async def undo(change_id: int, *, reach: Reach, by: Viewer, house: House) -> None:
    """Puts a row back as it was before; a new row is put out of use, a confirmed account waits again.

    Raises `RowNotFound`, `ChangedMeanwhile`, `NeedsSecond`, or `NothingToUndo`: secrets and confirmations never
    come back.
    """
    async with in_transaction():
        await hold_version()
        change, kind = await _found(change_id, reach=reach)
        row = await _row_behind(change, kind, reach=reach)
        if as_kept(row) != change.after:
            raise ChangedMeanwhile
        is_agreed = True
        if _is_confirmation(change):
            await withdraw(row, undoes=change.id, by=by, house=house)
        else:
            wanted = await _as_before(change, kind, row)
            is_agreed = not is_lifting(row, wanted) or await has_second(row, by=by, house=house)
            if is_agreed:
                await _put_back(change, kind, row, wanted, reach=reach, by=by, house=house)
    if not is_agreed:
        raise NeedsSecond
    await tell(house)


async def _put_back(
    change: OrganisationChange,
    kind: Kind,
    row: Any,
    wanted: Values,
    *,
    reach: Reach,
    by: Viewer,
    house: House,
) -> None:
    batch = whole_batch(kind, wanted)
    summary = await put(kind, batch, stored=row, reach=reach, by=by, house=house, undoes=change.id)
    if not summary.has_changed:
        raise NothingToUndo


async def _found(change_id: int, *, reach: Reach) -> tuple[OrganisationChange, Kind]:
    change = await OrganisationChange.get_or_none(id=change_id)
    kind = KINDS.get(change.kind) if change else None
    if change is None or kind is None or kind.name not in reach.kinds:
        raise RowNotFound
    return change, kind


async def _row_behind(change: OrganisationChange, kind: Kind, *, reach: Reach) -> Any:
    kept = KEPT[kind.model]
    found = kind.model.filter(within(kind, reach), **{name: change.after[name] for name in kept.key})
    row = await found.select_related(*kind.joined).first()
    if row is None or key_in_words(as_kept(row), kept=kept) != change.key:
        raise RowNotFound
    return row


def _is_confirmation(change: OrganisationChange) -> bool:
    before, after = change.before or {}, change.after
    differing = [name for name, value in after.items() if before.get(name) != value]
    return differing == ["confirmed_at"] and after["confirmed_at"] is not None


async def _as_before(change: OrganisationChange, kind: Kind, row: Any) -> Values:
    """As the import file would have it; `row` itself stays as it is."""
    now = kind.values(row)
    if change.before is None:
        return {**now, "active": "no"}
    earlier: Any = await kind.model.filter(pk=row.pk).select_related(*kind.joined).get()
    for name, value in change.before.items():
        setattr(earlier, name, value)
    return kind.values(earlier)
