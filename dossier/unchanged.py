"""Reports that the newest organisation changes nothing for: most of them, so looked at many at a time."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence

from tortoise.transactions import in_transaction

from clients.database import rows, text_list
from dossier.bars import everyone_in, opened, withdrawn_of
from dossier.facts import HEARD, facts_of
from dossier.rows import report_key
from models.choices import BarCause
from models.message import Message
from models.report import Report
from models.report_bar import ReportBar
from organisation.house import House
from routing.decide import explain_recused
from routing.table import RoutingTable

LOCK = "SELECT id FROM report WHERE id in_list($1) ORDER BY id FOR UPDATE SKIP LOCKED"
SETTLE = "UPDATE report SET matched_version = $2 WHERE id in_list($1) AND matched_version < $2"


async def settle_unchanged(ids: Sequence[str], *, house: House) -> list[str]:
    """Marks as matched those that stay as they are; answers the others, without those somebody works on just now."""
    async with in_transaction():
        locked = [row["id"] for row in await rows(LOCK, text_list(ids))]
        # after the lock: nobody may say more, or match them again, until we are through
        await house.organisation.refresh()
        table = house.organisation.table
        said: dict[str, list[Message]] = defaultdict(list)
        for message in await Message.filter(report_id__in=locked, speaker__in=HEARD).order_by(
            "said_at", "id"
        ):
            said[message.report_id].append(message)
        bars: dict[str, list[ReportBar]] = defaultdict(list)
        for bar in await ReportBar.filter(report_id__in=locked).order_by("since_at", "id"):
            bars[bar.report_id].append(bar)
        same = []
        for report in await Report.filter(id__in=locked):
            if await _is_same(report, said=said[report.id], barred=bars[report.id], table=table, house=house):
                same.append(report.id)
            # others have their turn between two reports
            await asyncio.sleep(0)
        await rows(SETTLE, text_list(same), table.version)
    return [each for each in locked if each not in same]


async def _is_same(
    report: Report, *, said: list[Message], barred: list[ReportBar], table: RoutingTable, house: House
) -> bool:
    key = report_key(report, house=house)
    bars = opened(barred, key=key)
    facts = await facts_of(report, key=key, but={BarCause.RECUSAL}, said=said, bars=bars)
    conflicts = explain_recused(facts, table)
    known = {bar.who for bar in bars if not bar.is_lifted}
    return everyone_in(conflicts).keys() <= known and not withdrawn_of(bars, conflicts=conflicts)
