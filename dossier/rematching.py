"""Reports matched again: after the organisation changed, or after the reporter said more.

An account changed at some version sees a report only once the report was matched at that version or later
(`access.predicate`), so whoever is added, renamed or newly recused is never shown what they must not see.
"""

import asyncio
from datetime import datetime

from tortoise.transactions import in_transaction

from clients.database import rows
from dossier.bars import lift_withdrawn
from dossier.facts import facts_of
from dossier.rows import report_key
from dossier.rulings import bar_found, decide_again, hand_over
from dossier.unchanged import settle_unchanged
from models.choices import BarCause, Role, Status
from models.report import Report
from organisation.house import House
from routing.decide import explain_recused
from routing.table import RoutingTable
from vault.keys import DataKey
from vault.log import record

AT_ONCE = 100
TOGETHER = 10
PAUSE_SECONDS = 1.0
DUE = f"""SELECT id, status, owner_id FROM report WHERE matched_version < $1
    ORDER BY CASE WHEN status IN ('closed', 'declined') THEN 1 ELSE 0 END, matched_version, id LIMIT {AT_ONCE}"""
OPEN = (Status.RECEIVED, Status.ACCEPTED, Status.HANDLING, Status.CONCLUDED, Status.FED_BACK)


async def run_rematching(*, house: House) -> None:
    """Keeps every report matched against the current organisation; a failure ends it, to be begun again."""
    clock = asyncio.get_running_loop().time
    while True:
        await house.organisation.refresh()
        began = clock()
        is_done = await rematch_due(house=house) < AT_ONCE
        # however many wait, deliveries have half of the time for themselves
        await asyncio.sleep(PAUSE_SECONDS if is_done else clock() - began)


async def rematch_due(*, house: House) -> int:
    """Matches up to `AT_ONCE` reports older than the organisation, open ones first; answers how many."""
    table = house.organisation.table
    due = await rows(DUE, table.version)
    left = [row["id"] for row in due if row["status"] in OPEN and is_deserted(row["owner_id"], table)]
    others = [row["id"] for row in due if row["id"] not in left]
    for start in range(0, len(others), TOGETHER):
        left += await settle_unchanged(others[start : start + TOGETHER], house=house)
    for report_id in left:
        async with in_transaction():
            await rematch(report_id, house=house, at=house.clock.now())
    if due:
        await house.coordination.wake("outbox")
    return len(due)


async def rematch(report_id: str, *, house: House, at: datetime) -> None:
    """Bars whoever is in conflict now, lifts withdrawn recusals, moves an open report whose body must let go of it.

    Call inside a transaction.
    """
    await rows("SELECT id FROM report WHERE id = $1 FOR UPDATE", report_id)
    # after the lock: whoever matched it before us must not have known a newer organisation than we do
    await house.organisation.refresh()
    report = await Report.get(id=report_id)
    table = house.organisation.table
    key = report_key(report, house=house)
    conflicts = explain_recused(await facts_of(report, key=key, but={BarCause.RECUSAL}), table)
    lifted = await lift_withdrawn(report, key=key, conflicts=conflicts, at=at)
    if lifted:
        await record("report.unbar", by="system", at=at, report_id=report.id, data={"count": lifted})
    barred = await bar_found(report, conflicts=conflicts, key=key, house=house, at=at)
    if barred:
        await record("report.bar", by="system", at=at, report_id=report.id, data={"count": barred})
    is_out = barred and conflicts.why_out(report.owner_id, table) is not None
    if report.status in OPEN and (is_out or is_deserted(report.owner_id, table)):
        await _move(report, key=key, house=house, at=at)
    await Report.filter(id=report.id, matched_version__lt=table.version).update(matched_version=table.version)


def is_deserted(body: str, table: RoutingTable) -> bool:
    """Whether nobody is left to see what lies there: the body was closed, or all who handle and lead have gone.

    One that merely misses somebody keeps what it has: those who are left see it.
    """
    acting = (p for p in table.staff_of(body) if p.is_active and p.role in (Role.HANDLER, Role.LEADER))
    return body not in table.bodies or next(acting, None) is None


async def _move(report: Report, *, key: DataKey, house: House, at: datetime) -> None:
    before = report.owner_id
    ruling = await decide_again(report, key=key, table=house.organisation.table)
    if ruling.body == before and is_deserted(before, house.organisation.table):
        return  # nowhere else either: it waits there for people
    await hand_over(report, ruling=ruling, key=key, cause="matched", house=house, at=at)
    await record(
        "report.move",
        by="system",
        at=at,
        report_id=report.id,
        data={"from": before, "body": report.owner_id, "rule": ruling.decision.rule},
    )
