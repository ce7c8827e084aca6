"""Changes of the organisation by somebody in the console: each is an import of one row (docs/decisions/0010)."""

from collections.abc import Mapping
from typing import Any

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from models.organisation_change import OrganisationChange
from models.recusal import Recusal
from organisation.errors import ChangedMeanwhile, NeedsSecond, OutOfReach, RowNotFound
from organisation.house import House
from organisation.importing import ImportSummary
from organisation.importing.applying import import_batch
from organisation.importing.journal import KEPT, as_kept, key_in_words
from organisation.importing.rows import batch_of_rows
from organisation.kinds import KINDS, Kind, Values, row_of, within
from organisation.reach import Reach
from vault.log import record


async def add_row(
    kind: Kind, values: Mapping[str, str], *, reach: Reach, by: Viewer, house: House
) -> ImportSummary:
    """Raises `ImportRefused` with what is wrong in which column, or `OutOfReach`; nothing is changed then."""
    async with in_transaction():
        summary = await _import(kind, values, by=by, house=house)
        await _require_within(kind, values, reach=reach)
    await _tell(house)
    return summary


async def change_row(
    kind: Kind, key: str, values: Mapping[str, str], *, reach: Reach, by: Viewer, house: House
) -> ImportSummary:
    """What tells the row apart stays as it is. Raises as `add_row`, `RowNotFound`, or `NeedsSecond`."""
    row = await row_of(kind, reach, key=key)
    if row is None:
        raise RowNotFound
    stored = kind.values(row)
    wanted = {**stored, **values, **{column: stored[column] for column in kind.table.key}}
    if isinstance(row, Recusal) and stored["active"] == "yes" and wanted["active"] == "no":
        await _require_second(row, by=by, house=house)
    return await add_row(kind, wanted, reach=reach, by=by, house=house)


async def undo(change_id: int, *, reach: Reach, by: Viewer, house: House) -> ImportSummary:
    """Puts a row back as it was before one change; raises `ChangedMeanwhile` when it has changed since."""
    change = await OrganisationChange.get_or_none(id=change_id)
    kind = KINDS.get(change.kind) if change else None
    if change is None or kind is None or kind.name not in reach.kinds:
        raise RowNotFound
    row = await _row_behind(change, kind)
    if row is None or not await _is_within(kind, row, reach=reach):
        raise RowNotFound
    if as_kept(row) != change.after:
        raise ChangedMeanwhile
    stored = kind.values(row)
    wanted = {**stored, "active": "no"}
    if change.before is not None:
        for name, value in change.before.items():
            setattr(row, name, value)
        wanted = kind.values(row)
    if isinstance(row, Recusal) and stored["active"] == "yes" and wanted["active"] == "no":
        await _require_second(row, by=by, house=house)
    summary = await _import(kind, wanted, by=by, house=house, undoes=change.id)
    await _tell(house)
    return summary


async def _import(
    kind: Kind, values: Mapping[str, str], *, by: Viewer, house: House, undoes: int | None = None
) -> ImportSummary:
    batch = batch_of_rows(kind.table, [values])
    return await import_batch(batch, vault=house.vault, clock=house.clock, by=by.actor, undoes=undoes)


async def _require_within(kind: Kind, values: Mapping[str, str], *, reach: Reach) -> None:
    """Looked at once it stands, so that one rule serves for rows that were and rows that will be."""
    kept = KEPT[kind.model]
    found = kind.model.filter(within(kind, reach))
    for column in kind.table.key:
        if kind.name != "recusals":
            found = found.filter(**{_attribute(column, kept.key): values[column]})
    if kind.name == "recusals":
        found = found.filter(from_kind=values["from_kind"], from_value=values["from"])
        rows = await found.select_related(*kind.joined)
        is_there = any(kind.values(row)["who"] == values["who"] for row in rows)
    else:
        is_there = await found.exists()
    if not is_there:
        raise OutOfReach


def _attribute(column: str, attributes: tuple[str, ...]) -> str:
    return next(name for name in attributes if name == column or name == column.replace("_code", "_id"))


async def _row_behind(change: OrganisationChange, kind: Kind) -> Any | None:
    kept = KEPT[kind.model]
    found = kind.model.filter(**{name: change.after[name] for name in kept.key})
    row = await found.select_related(*kind.joined).first()
    return row if row is not None and key_in_words(as_kept(row), kept=kept) == change.key else None


async def _is_within(kind: Kind, row: Any, *, reach: Reach) -> bool:
    return await kind.model.filter(within(kind, reach), pk=row.pk).exists()


async def _require_second(row: Recusal, *, by: Viewer, house: House) -> None:
    """Whoever lifts a recusal lets somebody see more: two people must ask for it, one after the other."""
    if row.removal_asked_by not in ("", by.actor):
        await Recusal.filter(id=row.id).update(removal_asked_by="")
        return
    at = house.clock.now()
    async with in_transaction():
        await Recusal.filter(id=row.id).update(removal_asked_by=by.actor)
        await record("recusal.ask-removal", by=by.actor, at=at, object_id=f"recusal:{row.id}")
    raise NeedsSecond


async def _tell(house: House) -> None:
    await house.coordination.wake("organisation")
    await house.organisation.refresh()


__all__ = ["Values", "add_row", "change_row", "undo"]
