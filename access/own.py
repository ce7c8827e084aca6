"""What a reporter may read: their own reports and files, and with a receipt the one report it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from access.attachments import AttachmentNotFound
from access.reports import ReportNotFound
from clients.database import rows
from clients.finding import Columns, find_one
from models.attachment import Attachment
from models.choices import Speaker
from models.message import Message
from models.report import Report

# what is longer than the column cannot be there; the ORM would raise instead of finding nothing
LONGEST_NUMBER = 16
LONGEST_ID = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How much hangs on a person: reports, those with their name, files not filed yet."""

    reports: int
    named: int
    unfiled: int


async def reports_of(person_index: str, *, limit: int = 20, after: str = "") -> Sequence[Report]:
    """Newest first; `after` is the number of the last one already shown."""
    report, first, following = _mine()
    # what is longer than the column cannot be there
    if len(after) > LONGEST_NUMBER:
        return []
    found = await (rows(following, person_index, limit, after) if after else rows(first, person_index, limit))
    return [report.read(row) for row in found]


@cache
def _mine() -> tuple[Columns[Report], str, str]:
    """The columns, a first page and one that goes on; behind somebody else's number nothing goes on."""
    report = Columns(Report, alias="r")
    first = f"""SELECT {report.sql} FROM report r WHERE r.reporter_index = $1
      ORDER BY r.submitted_at DESC, r.number DESC LIMIT $2"""
    earlier = """AND (r.submitted_at, r.number) <
      (SELECT l.submitted_at, l.number FROM report l WHERE l.number = $3 AND l.reporter_index = $1) ORDER"""
    return report, first, first.replace("ORDER", earlier)


async def own_report(*, number: str, person_index: str, receipt_report_id: str | None = None) -> Report:
    """Raises `ReportNotFound` when it is somebody else's."""
    report = await find_one(Report, "number", number) if len(number) <= LONGEST_NUMBER else None
    if report is None or not _is_own(report, person_index, receipt_report_id):
        raise ReportNotFound
    return report


async def own_attachment(
    *, attachment_id: str, person_index: str, receipt_report_id: str | None = None
) -> Attachment:
    """Filed with a report of theirs, or sent and not filed; raises `AttachmentNotFound`."""
    found = await Attachment.get_or_none(id=attachment_id) if len(attachment_id) <= LONGEST_ID else None
    if found is None:
        raise AttachmentNotFound
    if (
        found.message_id is not None
        and await Message.filter(id=found.message_id, speaker=Speaker.LIAISON).exists()
    ):
        raise AttachmentNotFound
    if found.report_id is None:
        is_own = found.session_index == person_index
    else:
        is_own = _is_own(await Report.get(id=found.report_id), person_index, receipt_report_id)
    if not is_own:
        raise AttachmentNotFound
    return found


def _is_own(report: Report, person_index: str, receipt_report_id: str | None) -> bool:
    """A receipt opens its one report, whoever holds it."""
    if receipt_report_id is None:
        return report.reporter_index == person_index
    return report.id == receipt_report_id


async def report_by_receipt(receipt_index: str) -> Report | None:
    return await Report.get_or_none(receipt_index=receipt_index)


async def report_of_receipt(report_id: str) -> Report:
    """The one that a session opened by a receipt sees."""
    return await Report.get(id=report_id)


async def held_by(person_index: str) -> Held:
    mine = Report.filter(reporter_index=person_index)
    return Held(
        reports=await mine.count(),
        named=await mine.filter(is_named=True).count(),
        unfiled=await Attachment.filter(session_index=person_index, report_id__isnull=True).count(),
    )
