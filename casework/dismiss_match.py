"""排除疑似: somebody the matcher kept away is not meant, and from then on sees what their role allows."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from casework.words import reason_of
from dossier.bars import dismiss, standing_matches
from dossier.facts import facts_of
from dossier.requests import pending_requests
from dossier.rows import report_key
from dossier.rulings import bar_found
from organisation.house import House
from routing.decide import explain_recused
from vault.log import record


async def dismiss_match(number: str, *, who: str, by: Viewer, house: House, reason: str = "") -> None:
    """`who` is the id of a standing match; nobody is told. A recusal is no match and stays.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    reason = reason_of(reason or texts.NOT_MEANT)
    await house.organisation.refresh()
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("dismiss-match", status=report.status, role=by.role)
        if await pending_requests(report):
            # who is asked to keep away need not be who is reported: a leader looks at that first
            raise TransitionNotAllowed(texts.ANSWER_REQUEST_FIRST)
        key = report_key(report, house=house)
        bar = next((bar for bar in await standing_matches(report, key=key) if bar.id == who), None)
        if bar is None:
            raise FieldWrong("who", texts.MATCH_GONE)
        await dismiss(bar, report=report, key=key, reason=reason, by_id=by.staff_id, at=at)
        # a recusal registered since stood behind the match: it bars them in its own right
        conflicts = explain_recused(await facts_of(report, key=key), house.organisation.table)
        await bar_found(report, conflicts=conflicts, key=key, house=house, at=at)
        # the id of the bar, not of the person: the log must not say who may be the one reported
        await record("report.dismiss-match", by=by.actor, at=at, report_id=report.id, object_id=bar.id)
