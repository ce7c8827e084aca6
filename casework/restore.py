"""恢复: what stood aside because it came in a flood goes back to the inbox, and its alerts go out."""

from collections.abc import Sequence

from tortoise.transactions import in_transaction

from access.quarantine import ALL_ASIDE, AsideFilter, lock_aside
from access.viewer import Viewer
from dossier.quarantine import AT_ONCE, bring_back, over_by
from organisation.house import House


async def restore(
    numbers: Sequence[str] = (), *, by: Viewer, house: House, wanted: AsideFilter = ALL_ASIDE
) -> int:
    """Those of `numbers`, or all that this person sees and `wanted` leaves; answers how many came back."""
    restored = 0
    while True:
        at = house.clock.now()
        async with in_transaction():
            ids = await lock_aside(by, numbers=numbers, wanted=wanted, limit=AT_ONCE)
            restored += await bring_back(ids, by=by.actor, at=at)
        if len(ids) < AT_ONCE:
            break
    await house.coordination.wake("outbox")
    return restored


async def restore_due(*, house: House) -> int:
    """What nobody brought back within its time comes back by itself."""
    restored = 0
    while True:
        at = house.clock.now()
        async with in_transaction():
            ids = await over_by(at)
            restored += await bring_back(ids, by="system", at=at)
        if len(ids) < AT_ONCE:
            break
    if restored:
        await house.coordination.wake("outbox")
    return restored
