"""Ends the codes that were replaced, once their time is over."""

import asyncio
from typing import Final

from organisation.codes.retire import retire_overdue
from organisation.house import House

LOOK_SECONDS: Final = 600


async def run_ending(*, house: House) -> None:
    """Until cancelled; several processes at once do no harm. A failure ends it, to be begun again."""
    while True:
        await retire_overdue(at=house.clock.now())
        await asyncio.sleep(LOOK_SECONDS)
