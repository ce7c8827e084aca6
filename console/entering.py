"""Letters, visits and calls, entered by staff: a form with a scan, and the receipt to print for the person."""

from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web

from access.viewer import Viewer
from console import texts
from console.callers import Caller, allowed
from console.drafting import SPENT, draft_here
from console.forms import Form, read_files, read_form
from console.pages import page
from console.passed_on import PARTNERS
from console.reports import viewer_of
from console.senders import sender_of, sender_wrong
from intake.draft import Identity
from intake.errors import AreaWithoutCode, DraftEmpty, EnteredBefore, OutsideJurisdiction
from intake.paper import BY_STAFF, Paper, Sender, enter
from intake.photos import AttachmentRefused
from models.choices import BodyLevel, Channel, Level, RegionLevel
from models.errors import DomainError
from organisation.house import HOUSE, House
from organisation.receipts import grouped
from routing.facts import Subject
from routing.table import RoutingTable

MOST_SCANS = 9
TEXT_LIMIT = 5000
Places = Sequence[tuple[str, Sequence[tuple[str, str]]]]
FIELD_OF: Mapping[type[DomainError], str] = {
    DraftEmpty: "text",
    AreaWithoutCode: "area",
    AttachmentRefused: "scan",
}


@allowed(Caller.ENTERING)
async def show_entering(request: web.Request) -> web.StreamResponse:
    return _form(request, await draft_here("enter", request=request))


@allowed(Caller.ENTERING, files=("scan", MOST_SCANS))
async def enter_paper(request: web.Request) -> web.StreamResponse:
    viewer, house, form = viewer_of(request), request.config_dict[HOUSE], await read_form(request)
    wrong = _wrong(form, viewer=viewer, table=house.organisation.table)
    at, is_referred = house.clock.now(), form.get("channel") == Channel.REFERRED
    wrong |= sender_wrong(form, at=at, house=house) if is_referred else {}
    if wrong:
        return _form(request, form, wrong=wrong)
    sender = sender_of(form, at=at, house=house) if is_referred else None
    paper = _paper(form, scans=await read_files(request), sender=sender)
    try:
        filed = await enter(paper, by=viewer, house=house)
    except OutsideJurisdiction as refused:
        # of what is for others nothing is stored
        request[SPENT] = True
        return _form(request, form, conflict=refused.message, status=422)
    except EnteredBefore as refused:
        request[SPENT] = True
        return _form(request, {}, conflict=refused.message, status=409)
    except (AreaWithoutCode, AttachmentRefused, DraftEmpty) as refused:
        field = next(name for kind, name in FIELD_OF.items() if isinstance(refused, kind))
        return _form(request, form, wrong={field: refused.message})
    await house.coordination.wake("outbox")
    return _receipt(request, number=filed.number, receipt=filed.receipt, paper=paper, house=house)


def _wrong(form: Form, *, viewer: Viewer, table: RoutingTable) -> dict[str, str]:
    places = {code for _, villages in places_of(viewer, table=table) for code, _ in villages}
    known = {
        "channel": {str(each) for each in BY_STAFF},
        "region": places,
        "area": set(table.areas),
        "level": {str(each) for each in Level},
    }
    wrong = {
        name: texts.ENTER_WRONG[name] for name, values in known.items() if form.get(name, "") not in values
    }
    if len(form.get("text", "")) > TEXT_LIMIT:
        wrong["text"] = texts.ENTER_LONG
    return wrong


def _paper(form: Form, *, scans: Sequence[bytes], sender: Sender | None) -> Paper:
    def word(name: str) -> str:
        return form.get(name, "").strip()[:64]

    subject = Subject(name=word("subject_name"), post=word("subject_post"), unit=word("subject_unit"))
    return Paper(
        channel=Channel(form["channel"]),
        region=form["region"],
        area=form["area"],
        level=form["level"],
        text=form.get("text", "").replace("\r\n", "\n").strip(),
        identity=Identity(name=word("name"), phone=word("phone")) if word("name") else None,
        subject=subject if subject != Subject() else None,
        avoid=frozenset(what for what in ("township", "liaison") if form.get(f"avoid_{what}")),
        scans=scans,
        sender=sender,
    )


def places_of(viewer: Viewer, *, table: RoutingTable) -> Places:
    """Villages under their townships: a township's own, else the county's."""
    own = table.bodies[viewer.body_code].region_code if viewer.body_level == BodyLevel.TOWNSHIP else ""
    villages: dict[str, list[tuple[str, str]]] = {}
    for node in sorted(table.tree.nodes.values(), key=lambda node: node.code):
        if node.level == RegionLevel.VILLAGE and table.county_of(node.code) == viewer.county_code:
            township = table.township_of(node.code) or ""
            if own in ("", township):
                villages.setdefault(township, []).append((node.code, node.name))
    return [("".join(table.names_of(code)[-1:]), kept) for code, kept in villages.items()]


def _form(
    request: web.Request,
    form: Form,
    *,
    wrong: Mapping[str, str] | None = None,
    conflict: str = "",
    status: int = 200,
) -> web.Response:
    viewer, table = viewer_of(request), request.config_dict[HOUSE].organisation.table
    shown: dict[str, Any] = {
        "typed": form,
        "wrong": wrong or {},
        "conflict": conflict,
        "channels": [(str(each), each.label) for each in BY_STAFF],
        "places": places_of(viewer, table=table),
        "areas": sorted(table.areas.items()),
        "levels": [(str(each), each.label) for each in Level],
        "partners": PARTNERS,
        "limit": TEXT_LIMIT,
    }
    return page(request, "enter.html", status=422 if wrong else status, **shown)


def _receipt(request: web.Request, *, number: str, receipt: str, paper: Paper, house: House) -> web.Response:
    """On this one page and no other: nobody can have it printed again."""
    body = house.organisation.table.bodies[viewer_of(request).body_code]
    return page(
        request,
        "entered.html",
        number=number,
        receipt=grouped(receipt),
        at=house.clock.now(),
        paper=paper,
        body=body.name,
        telephone=body.phone,
        address=f"{house.public_url}/m/",
    )
