"""What a liaison photographed on a wall is kept; a square that is not ours is a report, once a day and village."""

from collections.abc import Callable, Sequence
from datetime import datetime, time
from typing import Final

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from clients.database import rows
from intake.draft import Draft
from intake.submit import submit
from models.choices import EntryStatus, Purpose, SightingKind
from models.entry_code import EntryCode
from models.fields import to_millis
from models.poster_round import PosterRound
from organisation.house import House
from organisation.rounds import Seen, note_seen

# two photos of one moment: the second waits, and is then not the first
LOCK: Final = "SELECT code FROM region WHERE code = $1 FOR NO KEY UPDATE"
FOUND: Final = """SELECT COUNT(*) AS times FROM poster_sighting
  WHERE village_id = $1 AND kind = $2 AND seen_at >= $3"""


async def see(
    round: PosterRound, squares: Sequence[str], *, draft_of: Callable[[EntryCode], Draft], house: House
) -> Seen | None:
    """As `note_seen`; raises what `submit` raises, and nothing is kept then."""
    async with in_transaction():
        await rows(LOCK, round.liaison.village_id)
        seen = await note_seen(round, squares, house=house)
        is_foreign = seen is not None and seen.kind is SightingKind.FOREIGN
        if is_foreign and await _is_first(round.liaison.village_id, house=house):
            entry = await _near(round.liaison.village_id, house=house)
            if entry is not None:
                await submit(draft_of(entry), house=house)
    if is_foreign:
        await house.coordination.wake("outbox")
    return seen


async def _is_first(village: str, *, house: House) -> bool:
    today = house.clock.now().astimezone(house.timezone).date()
    since = to_millis(datetime.combine(today, time(), tzinfo=house.timezone))
    return bool((await rows(FOUND, village, SightingKind.FOREIGN.value, since))[0]["times"] == 1)


async def _near(village: str, *, house: House) -> EntryCode | None:
    """One of ours that it may have been pasted over: of the village, else of a group, else of the township.

    None where none is in use. Never one about discipline staff: of that the township would not hear.
    """
    township = house.organisation.table.township_of(village)
    places = Q(region_id__in=[village, township]) | Q(region__parent_id=village)
    found = EntryCode.filter(places, status=EntryStatus.ACTIVE).exclude(purpose=Purpose.CONDUCT)
    entries = await found.order_by("area__sort", "area_id", "code")

    def distance(entry: EntryCode) -> tuple[bool, int]:
        near = {village: 0, township: 2}
        return entry.purpose is not Purpose.REPORT, near.get(entry.region_id, 1)

    return min(entries, key=distance, default=None)
