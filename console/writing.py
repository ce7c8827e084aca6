"""Writing to a reporter: drafts kept on the server, and the text as the reporter will see it, before it goes."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from access.reports import find_report
from casework.careful import warnings_of
from casework.errors import FieldWrong
from casework.save_draft import fill_in_template
from console.actions import LIST
from console.callers import Caller, allowed
from console.drafting import save_posted
from console.forms import read_form
from console.reports import report_page, viewer_of
from delivery.notices import REPLY
from delivery.parts import split_text
from dossier.rows import report_key
from models.choices import Channel
from organisation.house import HOUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """`parts` are the bubbles of a chat, or the one text of a page."""

    is_chat: bool
    parts: Sequence[str]
    warnings: Sequence[str]


@allowed(Caller.READER)
async def keep_reply(request: web.Request) -> web.StreamResponse:
    """By its button, with a template below what was written where one is asked for."""
    number, form = request.match_info["number"], await read_form(request)
    if form.get("template"):
        try:
            await fill_in_template(
                number,
                text=form.get("text", ""),
                template=form["template"],
                by=viewer_of(request),
                house=request.config_dict[HOUSE],
            )
        except FieldWrong as error:
            return await report_page(request, refused=error, action="reply", form=form)
    else:
        await save_posted(request)
    if form.get("quiet"):
        return web.Response(status=204)
    raise web.HTTPSeeOther(f"{LIST}/{number}#reply")


@allowed(Caller.READER)
async def preview_reply(request: web.Request) -> web.StreamResponse:
    number, form = request.match_info["number"], await read_form(request)
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    text = form.get("text", "").replace("\r\n", "\n").strip()
    report = await find_report(viewer, number=number)
    is_chat = report.channel is Channel.CHAT and report.reporter_index is not None
    preview = Preview(
        is_chat=is_chat,
        parts=split_text(REPLY.format(number=report.number) + text) if is_chat else [text],
        warnings=warnings_of(text, report=report, key=report_key(report, house=house), house=house),
    )
    return await report_page(request, action="reply", form=form, preview=preview)
