"""Photos and voices of the caller: sent, and shown again."""

from aiohttp import web

from access.own import own_report
from access.reports import ReportNotFound
from intake.attachments import Cleaned, clean, keep, read_attachment
from miniapp_api import shapes
from miniapp_api.errors import AttachmentNotFound
from miniapp_api.limits import spend
from miniapp_api.operations import SIGNED_IN, Call, operation
from miniapp_api.problems import HEADERS
from models.attachment import Attachment
from models.report import Report

CAREFUL = {"Content-Disposition": "inline", "Content-Security-Policy": "sandbox; default-src 'none'"}


async def clean_file(call: Call) -> Cleaned:
    return await clean(call.file)


@operation(
    "POST",
    "/attachments",
    who=SIGNED_IN,
    answer=shapes.StoredAttachment,
    status=201,
    takes_file=True,
    creates=True,
    prepare=clean_file,
)
async def upload(call: Call) -> shapes.StoredAttachment:
    await spend(call.session, house=call.house)
    kept = await keep(call.prepared, house=call.house, session_index=call.session.person_index)
    return shapes.StoredAttachment(id=kept.id)


@operation("GET", "/attachments/{id}", who=SIGNED_IN, answer=None)
async def show(call: Call) -> web.Response:
    attachment = await _own(call)
    content = await read_attachment(attachment, house=call.house)
    return web.Response(body=content, content_type=attachment.content_type, headers=HEADERS | CAREFUL)


async def _own(call: Call) -> Attachment:
    session, wanted = call.session, call.part("id")
    found = await Attachment.get_or_none(id=wanted) if wanted.isascii() and wanted.isprintable() else None
    if found is None:
        raise AttachmentNotFound
    if found.report_id is None:
        if found.session_index != session.person_index:
            raise AttachmentNotFound
        return found
    report = await Report.get(id=found.report_id)
    try:
        await own_report(
            number=report.number, person_index=session.person_index, receipt_report_id=session.report_id
        )
    except ReportNotFound:
        raise AttachmentNotFound from None
    return found
