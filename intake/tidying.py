"""Files that nobody filed are removed, and so are those whose row has gone; reports and the log never are."""

import asyncio

from delivery.periodic import tick
from intake.attachments import discard_forgotten
from intake.sweeping import sweep
from intake.unfiled import drop_spent
from organisation.house import House

EVERY_SECONDS = 600
LOOK_SECONDS = 60


async def run_tidying(*, house: House) -> None:
    """Tidies every ten minutes in one of all processes, until cancelled; a failure ends it, to be begun again."""
    while True:
        if await tick("tidying", every_seconds=EVERY_SECONDS, at=house.clock.now()):
            await tidy(house=house)
        await asyncio.sleep(LOOK_SECONDS)


async def tidy(*, house: House) -> int:
    """Answers how many rows went."""
    unfiled = await discard_forgotten(house=house) + await drop_spent(house=house)
    await sweep(turn=int(house.clock.now().timestamp()) // EVERY_SECONDS, house=house)
    return unfiled
