"""案卷 printed for whoever sees the report; with the reporter's name only for a reason, which is a look like others."""

from aiohttp import web

from access.reports import find_report, open_report
from access.viewer import Viewer
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.see_identity import see_identity
from console import clocks
from console.callers import Caller, allowed
from console.case_file import texts
from console.case_file.entries import entries_of
from console.case_file.photos import photos_of
from console.case_file.printing import AT_ONCE, CaseFile, printed
from console.forms import read_form
from console.reading import OpenedReport, read_report
from console.records import Words
from console.reports import report_page, viewer_of
from console.sheets import send_file
from dossier.identity import Identity
from organisation.house import HOUSE, House
from vault.log import record

ACTION = "print"
PDF = "application/pdf"


@allowed(Caller.READER)
async def print_case(request: web.Request) -> web.StreamResponse:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    number, form = request.match_info["number"], await read_form(request)
    # a leader elsewhere who may approve a proposal reads the page, and takes no paper away
    await find_report(viewer, number=number)
    identity = None
    if form.get("with_identity"):
        try:
            identity = await see_identity(number, reason=form.get("reason", ""), by=viewer, house=house)
        except (FieldWrong, TransitionNotAllowed) as refused:
            return await report_page(request, refused=refused, action=ACTION, form=form)
    at = house.clock.now()
    report = await open_report(viewer, number=number, at=at)
    it = await read_report(report, viewer=viewer, house=house)
    data = {"identity": identity is not None}
    await record("report.print", by=viewer.actor, at=at, report_id=report.id, data=data)
    async with AT_ONCE:
        photos = await photos_of(it, viewer=viewer, house=house)
        file = CaseFile(
            number=report.number,
            body=viewer.body_name,
            cover=_cover(it, identity=identity, viewer=viewer, house=house),
            note=texts.NAMED if identity else texts.UNNAMED,
            entries=entries_of(it, photos=photos),
            documents=[line for line in it.records if line.document],
        )
        made = await printed(file, moment=lambda when: clocks.moment(when, timezone=house.timezone))
    return await send_file(request, made, name=f"{report.number}.pdf", content_type=PDF)


def _cover(it: OpenedReport, *, identity: Identity | None, viewer: Viewer, house: House) -> Words:
    report, subject = it.report, it.subject
    about = [subject.name, subject.unit, subject.post] if subject else []
    now = clocks.moment(house.clock.now(), timezone=house.timezone)
    said = {
        texts.NUMBER: report.number,
        texts.PLACE: " ".join(it.place),
        texts.AREA: it.area,
        texts.LEVEL: report.level.label,
        texts.SUBJECT: texts.JOIN.join(part for part in about if part),
        texts.KIND: report.kind.label if report.kind else "",
        texts.STATUS: report.status.label,
        texts.DISPOSITION: report.disposition.label if report.disposition else "",
        texts.CHANNEL: report.channel.label,
        texts.SUBMITTED: clocks.moment(report.submitted_at, timezone=house.timezone),
        texts.REPORTER: texts.IS_NAMED if report.is_named else texts.IS_ANONYMOUS,
        texts.NAME: identity.name if identity else "",
        texts.PHONE: identity.phone if identity else "",
        texts.PRINTED: texts.PRINTED_BY.format(who=viewer.name, at=now),
    }
    return [(label, words) for label, words in said.items() if words]
