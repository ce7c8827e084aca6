"""The caller's reports: filed, listed, opened."""

from dataclasses import replace

from aiohttp import web

from access.opening import Opened, open_own
from access.own import own_report, report_of_receipt, reports_of
from access.reports import ReportNotFound
from clients.writes import Write
from intake.attachments import AttachmentUnknown, discard, drop_files
from intake.draft import Draft
from intake.errors import AppealUnknown, CodeRetired, DraftEmpty, OutsideJurisdiction
from intake.floods import is_flooding
from intake.submit import Ruling, facts_of, rule_on, submit
from miniapp_api import shapes
from miniapp_api.drafts import draft_of
from miniapp_api.errors import TooMany
from miniapp_api.limits import spend
from miniapp_api.operations import PERSONS, SIGNED_IN, Call, operation
from miniapp_api.sessions import token_index
from miniapp_api.views import shown, whole
from models.api_session import ApiSession
from models.choices import Status
from models.report import Report
from organisation.house import House
from organisation.tries import far_source_name

DROP_DRAFT = "DELETE FROM api_draft WHERE person_index IN (SELECT person_index FROM given_rows)"


async def draft_and_ruling(call: Call) -> tuple[Draft, Ruling]:
    """A matter that is not ours is refused before anything is stored, and what was uploaded for it destroyed."""
    draft = await draft_of(call.read(shapes.ReportBody), session=call.session, house=call.house)
    try:
        ruling = rule_on(await facts_of(draft), table=call.house.organisation.table)
    except OutsideJurisdiction:
        gone = await discard(draft.attachments, session_index=call.session.person_index)
        await drop_files(gone, house=call.house)
        raise
    source = far_source_name(call.request)
    is_in_flood = await is_flooding(source, channel=str(draft.channel), house=call.house)
    return replace(draft, is_in_flood=is_in_flood), ruling


@operation(
    "POST",
    "/reports",
    who=PERSONS,
    body=shapes.ReportBody,
    answer=shapes.FiledReport,
    status=201,
    creates=True,
    wakes="outbox",
    prepare=draft_and_ruling,
    refuses=(AppealUnknown, AttachmentUnknown, CodeRetired, DraftEmpty, OutsideJurisdiction, TooMany),
)
async def file_report(call: Call) -> shapes.FiledReport:
    await spend(call.session, house=call.house, reports=1)
    draft, ruling = call.prepared
    drop = Write(sql=DROP_DRAFT, columns={"person_index": "text"}, values=[(draft.person_index,)])
    filed = await submit(draft, ruling=ruling, along=[drop], house=call.house)
    return shapes.FiledReport(number=filed.number, receipt=filed.receipt, status=Status(filed.status))


@operation(
    "GET",
    "/reports",
    who=SIGNED_IN,
    query=shapes.PageQuery,
    answer=shapes.Reports,
)
async def list_reports(call: Call) -> shapes.Reports:
    asked, session, house = call.asked(shapes.PageQuery), call.session, call.house
    if session.report_id is not None:
        found = [await report_of_receipt(session.report_id)] if not asked.cursor else []
    else:
        found = list(await reports_of(session.person_index, limit=asked.limit + 1, after=asked.cursor))
    items = found[: asked.limit]
    return shapes.Reports(
        items=[shapes.ReportItem(**shown(report, house=house)) for report in items],
        next_cursor=items[-1].number if len(found) > asked.limit else None,
    )


async def session_and_report(request: web.Request, house: House) -> tuple[ApiSession | None, Opened | None]:
    index, number = token_index(request, house=house), request.match_info["number"]
    found = await open_own(token_index=index, number=_number_in(number))
    return (found.session, found) if found else (None, None)


@operation(
    "GET",
    "/reports/{number}",
    who=SIGNED_IN,
    answer=shapes.OpenedReport,
    refuses=(ReportNotFound,),
    look=session_and_report,
)
async def show_report(call: Call) -> shapes.OpenedReport:
    found: Opened = call.prepared
    if found.report is None:
        raise ReportNotFound
    return await whole(found.report, said=found.said, files=found.files, house=call.house)


async def own_of(call: Call) -> Report:
    """Somebody else's, absent and malformed numbers all look the same."""
    return await own_report(
        number=_number_in(call.part("number")),
        person_index=call.session.person_index,
        receipt_report_id=call.session.report_id,
    )


def _number_in(part: str) -> str:
    """As numbers are kept; empty, which none is, when it is malformed."""
    number = part.strip().upper()
    return number if number.isascii() and number.isalnum() else ""
