"""A poster looks wrong to somebody: the first who says so on a day files a report, the others are counted."""

from dataclasses import replace
from typing import Final

from tortoise.transactions import in_transaction

from clients.database import changed, rows
from intake.draft import Draft
from intake.submit import submit
from models.poster_doubt import MOST_A_DAY
from organisation.house import House

COUNT: Final = """INSERT INTO poster_doubt (entry_id, day, township, times) VALUES ($1, $2, $3, 1)
  ON CONFLICT (entry_id, day) DO UPDATE SET times = poster_doubt.times + 1"""
COUNTED: Final = "SELECT times FROM poster_doubt WHERE entry_id = $1 AND day = $2"
# whoever else has a first doubt in this township waits until this one is stored
LOCK: Final = "SELECT code FROM region WHERE code = $1 FOR NO KEY UPDATE"
DOUBTED: Final = "SELECT COUNT(*) AS codes FROM poster_doubt WHERE township = $1 AND day = $2"


async def doubt(draft: Draft, *, last_words: str, house: House) -> None:
    """`last_words` are added to the last report that a township gets on a day.

    Raises what `submit` raises; nothing is counted then.
    """
    day = house.clock.now().astimezone(house.timezone).date().isoformat()
    region = draft.entry.region_id
    township = house.organisation.table.township_of(region) or region
    async with in_transaction():
        # whoever taps at the same moment waits here: the row is locked until the report is stored
        await changed(COUNT, draft.entry.code, day, township)
        if (await rows(COUNTED, draft.entry.code, day))[0]["times"] == 1:
            await rows(LOCK, township)
            codes = (await rows(DOUBTED, township, day))[0]["codes"]
            if codes < MOST_A_DAY:
                await submit(draft, house=house)
            elif codes == MOST_A_DAY:
                await submit(replace(draft, text=draft.text + last_words), house=house)
    await house.coordination.wake("outbox")
