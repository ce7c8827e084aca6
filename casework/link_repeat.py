"""登记重复反映: a report that says the same again is linked to the first, so that both are answered together."""

from tortoise.transactions import in_transaction

from access.reports import ReportNotFound, find_report, lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from dossier.lasting import last_anew
from dossier.repeats import link
from organisation.house import House
from vault.log import record


async def link_repeat(number: str, *, of: str, by: Viewer, house: House) -> None:
    """`of` is the number of a report that they may see, too; neither reporter hears of the other.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    of = of.strip().upper()
    async with in_transaction():
        # always in one order, or two people who link crosswise would wait for each other
        for each in sorted({number, of}):
            await _locked(each, of=of, by=by)
        report, first = await find_report(by, number=number), await find_report(by, number=of)
        next_status("link-repeat", status=report.status, role=by.role)
        root = first.repeat_of or first.id
        if root in (report.id, report.repeat_of):
            raise TransitionNotAllowed(texts.LINKED_ALREADY)
        await link(report, root=root)
        at = house.clock.now()
        # the one that is over is needed for the one that is not
        await last_anew(first, at=at)
        await record("report.link-repeat", by=by.actor, at=at, report_id=report.id, object_id=first.id)


async def _locked(number: str, *, of: str, by: Viewer) -> None:
    try:
        await lock_report(by, number=number)
    except ReportNotFound:
        if number != of:
            raise
        raise FieldWrong("of", texts.FIRST_WRONG) from None
