"""What happens to cases by itself when its time has come, in one of all processes."""

import asyncio

from casework.climbing import climb_due
from casework.closing import close_due
from casework.restore import restore_due
from casework.resume import resume_due
from delivery.periodic import tick
from organisation.house import House

EVERY_SECONDS = 300
LOOK_SECONDS = 30


async def run_timed_work(*, house: House) -> None:
    """Until cancelled; a failure ends it, to be begun again."""
    while True:
        if await tick("casework", every_seconds=EVERY_SECONDS, at=house.clock.now()):
            await do_due(house=house)
        await asyncio.sleep(LOOK_SECONDS)


async def do_due(*, house: House) -> None:
    await resume_due(house=house)
    await close_due(house=house)
    await climb_due(house=house)
    await restore_due(house=house)
