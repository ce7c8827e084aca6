"""Changes of the organisation by somebody in the console: each is an import of one row (docs/decisions/0010)."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson
from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from access.viewer import Viewer
from organisation.errors import AlreadyThere, EditedMeanwhile, NeedsSecond, OutOfReach, RowNotFound
from organisation.guards import has_second, is_lifting, require_may
from organisation.house import House
from organisation.importing import ImportSummary
from organisation.importing.applying import import_batch
from organisation.importing.records import Batch
from organisation.importing.rows import batch_of_rows
from organisation.kinds import Kind, Values, row_of, row_with_key, within
from organisation.live import hold_version
from organisation.reach import Reach


async def add_row(
    kind: Kind, values: Mapping[str, str], *, reach: Reach, by: Viewer, house: House
) -> ImportSummary:
    """Raises `ImportRefused` with what is wrong in which column, `OutOfReach`, or `AlreadyThere`.

    Nothing is changed then: a row that is there, perhaps out of reach, is never taken over by adding it again.
    """
    async with in_transaction():
        await hold_version()
        batch = whole_batch(kind, values)
        if await _standing(kind, batch) is not None:
            raise AlreadyThere
        summary = await put(kind, batch, stored=None, reach=reach, by=by, house=house)
    await tell(house)
    return summary


async def change_row(
    kind: Kind, key: str, values: Mapping[str, str], *, seen: str = "", reach: Reach, by: Viewer, house: House
) -> ImportSummary:
    """`seen` is what `seen_of` gave when the row was shown. What `kind` holds fixed stays as it is.

    Raises `ImportRefused`, `OutOfReach`, `RowNotFound`, `NeedsSecond`, or `EditedMeanwhile`: nothing is changed then.
    """
    async with in_transaction():
        await hold_version()
        row = await row_of(kind, reach, key=key)
        if row is None:
            raise RowNotFound
        stored = kind.values(row)
        if seen and seen != seen_of(stored):
            raise EditedMeanwhile
        wanted = {**stored, **values, **{column: stored[column] for column in kind.fixed}}
        is_agreed = not is_lifting(row, wanted) or await has_second(row, by=by, house=house)
        if is_agreed:
            batch = whole_batch(kind, wanted)
            summary = await put(kind, batch, stored=row, reach=reach, by=by, house=house)
    if not is_agreed:
        raise NeedsSecond
    await tell(house)
    return summary


def seen_of(values: Values) -> str:
    """Tells one state of a row from another."""
    return sha256(orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).hexdigest()[:32]


def whole_batch(kind: Kind, values: Mapping[str, str]) -> Batch:
    """A column that was not given is empty, so that one that must be there is asked for."""
    columns = [column.name for column in kind.table.columns if not column.kind.is_secret]
    return batch_of_rows(kind.table, [dict.fromkeys(columns, "") | dict(values)])


async def put(
    kind: Kind,
    batch: Batch,
    *,
    stored: Any | None,
    reach: Reach,
    by: Viewer,
    house: House,
    undoes: int | None = None,
) -> ImportSummary:
    """Call inside a transaction that holds the version: the reach is looked at once the row stands."""
    record = next(batch.records(kind.table))
    require_may(kind, record, stored=stored, reach=reach)
    summary = await import_batch(batch, vault=house.vault, clock=house.clock, by=by.actor, undoes=undoes)
    if await row_with_key(kind, record, among=within(kind, reach)) is None:
        raise OutOfReach
    return summary


async def _standing(kind: Kind, batch: Batch) -> Any | None:
    return await row_with_key(kind, next(batch.records(kind.table)), among=Q())


async def tell(house: House) -> None:
    await house.coordination.wake("organisation")
    await house.organisation.refresh()
