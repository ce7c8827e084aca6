"""What a door needs only for a while is removed when its time is over; reports and the log never are."""

import asyncio
from datetime import timedelta
from typing import Final

from clients.database import changed
from delivery.periodic import tick
from intake.attachments import discard_forgotten
from intake.sweeping import sweep
from models.fields import to_millis
from organisation.house import House

EVERY_SECONDS = 600
LOOK_SECONDS = 60
# WeChat repeats a push within half a minute, a phone its request within a day
KEPT: Final[dict[str, timedelta]] = {
    "DELETE FROM inbox_message WHERE received_at < $1 AND sealed_body IS NULL": timedelta(days=3),
    "DELETE FROM idempotency_key WHERE created_at < $1": timedelta(days=2),
    "DELETE FROM api_draft WHERE changed_at < $1": timedelta(days=3),
    "DELETE FROM api_session WHERE expires_at < $1": timedelta(days=1),
    "DELETE FROM staff_session WHERE expires_at < $1": timedelta(days=1),
}


async def run_tidying(*, house: House) -> None:
    """Tidies every ten minutes in one of all processes, until cancelled; a failure ends it, to be begun again."""
    while True:
        if await tick("tidying", every_seconds=EVERY_SECONDS, at=house.clock.now()):
            await tidy(house=house)
        await asyncio.sleep(LOOK_SECONDS)


async def tidy(*, house: House) -> int:
    """Answers how many rows went."""
    at = house.clock.now()
    unfiled = await discard_forgotten(house=house)
    await sweep(turn=int(at.timestamp()) // EVERY_SECONDS, house=house)
    return unfiled + sum([await changed(statement, to_millis(at - kept)) for statement, kept in KEPT.items()])
