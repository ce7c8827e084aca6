"""A burst of false reports from many sources through one code, and who is told of what."""

import asyncio
from collections import Counter

from intake.draft import Draft
from intake.submit import submit
from models.choices import Channel
from models.entry_code import EntryCode
from models.outbox import OutboxNotice
from organisation.house import House

AT_ONCE = 20
WORDS = "我举报村里有人贪污，具体情况我不清楚，你们自己去查。"


async def burst(count: int, *, entry: EntryCode, house: House) -> list[str]:
    """Filed as any other, each by a session of its own; ids in no order."""
    filed: list[str] = []
    numbers = iter(range(count))

    async def one_after_another() -> None:
        for number in numbers:
            draft = Draft(
                entry=entry,
                level="village",
                text=f"{WORDS}第{number}件。",
                channel=Channel.WEB,
                person_index=house.vault.index("session", f"burst {number}"),
            )
            filed.append((await submit(draft, house=house)).report_id)

    await asyncio.gather(*(one_after_another() for _ in range(AT_ONCE)))
    return filed


async def told(*, house: House) -> Counter[tuple[str, int | None]]:
    """What is due to be sent now: report and member of staff, each taken as sent.

    Not by `claim`, which gives one to a recipient at a time: the hour that ten thousand take is not waited for.
    """
    due = OutboxNotice.filter(status="waiting", next_at__lte=house.clock.now())
    gone = Counter(await due.values_list("report_id", "staff_id"))
    await due.update(status="sent")
    return gone
