"""What stood aside because it came in a flood comes back to its inbox: clocks have gone on meanwhile, and go on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from clients.database import changed, rows, text_list
from delivery.outbox import drop_held, release_held
from models.choices import Status
from models.fields import to_millis
from models.report import Report
from vault.log import record_each

AT_ONCE: Final = 500
OVER: Final = f"""SELECT id FROM report WHERE quarantined_until <= $1
  ORDER BY quarantined_until, id LIMIT {AT_ONCE} FOR UPDATE SKIP LOCKED"""
STILL: Final = "SELECT id, status FROM report WHERE id in_list($1) AND quarantined_until > 0"
BACK: Final = "UPDATE report SET quarantined_until = NULL WHERE id in_list($1)"


async def over_by(at: datetime) -> list[str]:
    """Ids of up to `AT_ONCE` that have stood aside long enough, locked; call inside a transaction."""
    return [row["id"] for row in await rows(OVER, to_millis(at))]


async def bring_back(ids: Sequence[str], *, by: str, at: datetime) -> int:
    """Call inside a transaction that holds the rows; wake "outbox" after the commit. Answers how many came back.

    What somebody worked on meanwhile has come back by that, and nobody need be told that it came in.
    """
    still = {row["id"]: row["status"] for row in await rows(STILL, text_list(ids))}
    waiting = [id for id, status in still.items() if status == Status.RECEIVED]
    await changed(BACK, text_list(still))
    await drop_held([id for id in still if id not in set(waiting)], at=at)
    await release_held(waiting, at=at)
    await record_each("report.restore", by=by, at=at, report_ids=waiting)
    return len(waiting)


async def leave_quarantine(report: Report, *, at: datetime) -> None:
    """It moves to other hands, who are told anew. Call inside the transaction that moves it."""
    if report.quarantined_until is not None:
        report.quarantined_until = None
        await report.save(update_fields=["quarantined_until"])
        await drop_held([report.id], at=at)
