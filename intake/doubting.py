"""A poster looks wrong to somebody: the first who says so on a day files a report, the others are counted."""

from typing import Final

from tortoise.transactions import in_transaction

from clients.database import changed, rows
from intake.draft import Draft
from intake.submit import submit
from organisation.house import House

COUNT: Final = """INSERT INTO poster_doubt (entry_id, day, times) VALUES ($1, $2, 1)
  ON CONFLICT (entry_id, day) DO UPDATE SET times = poster_doubt.times + 1"""
COUNTED: Final = "SELECT times FROM poster_doubt WHERE entry_id = $1 AND day = $2"


async def doubt(draft: Draft, *, house: House) -> None:
    """Raises what `submit` raises; nothing is counted then."""
    day = house.clock.now().astimezone(house.timezone).date().isoformat()
    async with in_transaction():
        # whoever taps at the same moment waits here: the row is locked until the report is stored
        await changed(COUNT, draft.entry.code, day)
        if (await rows(COUNTED, draft.entry.code, day))[0]["times"] == 1:
            await submit(draft, house=house)
    await house.coordination.wake("outbox")
