"""季度反馈: what was concluded in a quarter, as a page and a sheet; the cases room gives it to the letters room."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from access.quarters import (
    ConcludedRow,
    count_concluded,
    is_told_quarters,
    list_concluded,
    may_give_quarters,
)
from access.viewer import Viewer
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.give_quarter import give_quarter, given_quarters
from console import texts
from console.callers import Caller, allowed
from console.errors import status_of
from console.forms import read_form, read_query
from console.pages import page
from console.reports import KINDS, viewer_of
from console.sheets import MOST, Sheet, local
from models.choices import Kind, Status
from models.errors import DomainError
from models.quarterly_feedback import QuarterlyFeedback
from organisation.house import HOUSE, House
from organisation.quarters import Quarter, quarter_at, read_quarter
from vault.log import record

AT_ONCE = 2000
OFFERED = 8
ADDRESS = "/console/quarters"
Given = Mapping[str, QuarterlyFeedback]


@allowed(Caller.QUARTER_READER)
async def show_quarter(request: web.Request) -> web.StreamResponse:
    query = read_query(request)
    return await _page(request, wanted=query.get("quarter", ""), cursor=query.get("cursor", ""))


@allowed(Caller.QUARTER_READER)
async def mark_given(request: web.Request) -> web.StreamResponse:
    viewer, house, form = viewer_of(request), request.config_dict[HOUSE], await read_form(request)
    if not may_give_quarters(viewer):
        raise web.HTTPNotFound
    wanted = form.get("quarter", "")
    try:
        await give_quarter(wanted, by=viewer, house=house)
    except (FieldWrong, TransitionNotAllowed) as refused:
        return await _page(request, wanted=wanted, refused=refused)
    raise web.HTTPSeeOther(f"{ADDRESS}?quarter={wanted}")


@allowed(Caller.QUARTER_READER)
async def export_quarter(request: web.Request) -> web.StreamResponse:
    viewer, house, form = viewer_of(request), request.config_dict[HOUSE], await read_form(request)
    offered = _offered(viewer, given=await given_quarters(viewer.county_code), house=house)
    quarter = next((each for each in offered if str(each) == form.get("quarter", "")), None)
    if quarter is None:
        raise web.HTTPNotFound
    since, until = quarter.begins_at(timezone=house.timezone), quarter.ends_at(timezone=house.timezone)
    sheet = Sheet(texts.QUARTER_SHEET, head=in_words(quarter), columns=texts.QUARTER_COLUMNS)
    cursor = ""
    while sheet.count < MOST:
        found = await list_concluded(viewer, since=since, until=until, cursor=cursor, limit=AT_ONCE)
        await sheet.append(_columns(row, house=house) for row in found.rows)
        cursor = found.next_cursor or ""
        if not cursor:
            break
    data = {"rows": sheet.count, "quarter": str(quarter)}
    await record("quarter.export", by=viewer.actor, at=house.clock.now(), data=data)
    return await sheet.send(request, name=f"quarter-{quarter}")


async def _page(
    request: web.Request, *, wanted: str, cursor: str = "", refused: DomainError | None = None
) -> web.Response:
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    at, given = house.clock.now(), await given_quarters(viewer.county_code)
    offered = _offered(viewer, given=given, house=house)
    now = quarter_at(at, timezone=house.timezone)
    # what is over is what one comes for
    usual = next((each for each in offered if each < now), None)
    quarter = read_quarter(wanted) if wanted else usual
    if quarter is None or quarter not in offered:
        if wanted:
            raise web.HTTPNotFound
        return page(request, "quarters.html", quarter=None, quarters=[], conflict="")
    since, until = quarter.begins_at(timezone=house.timezone), quarter.ends_at(timezone=house.timezone)
    counts = await count_concluded(viewer, since=since, until=until)
    found = await list_concluded(viewer, since=since, until=until, cursor=cursor)
    await record("quarter.read", by=viewer.actor, at=at, data={"quarter": str(quarter)})
    mark = given.get(str(quarter))
    return page(
        request,
        "quarters.html",
        status=status_of(refused) if refused else 200,
        quarter=str(quarter),
        title=in_words(quarter),
        quarters=[(str(each), in_words(each)) for each in offered],
        found=found,
        counts=[(words, counts[kind]) for kind, words in [*KINDS, ("", texts.NO_KIND)] if counts.get(kind)],
        total=sum(counts.values()),
        given=mark,
        may_give=may_give_quarters(viewer) and mark is None and until <= at,
        is_over=until <= at,
        conflict=refused.message if refused else "",
    )


def _offered(viewer: Viewer, *, given: Given, house: House) -> Sequence[Quarter]:
    """The latest first: those given to the letters room, for everybody else the last two years."""
    if is_told_quarters(viewer):
        return [quarter for each in given if (quarter := read_quarter(each)) is not None]
    quarters = [quarter_at(house.clock.now(), timezone=house.timezone)]
    while len(quarters) < OFFERED:
        quarters.append(quarters[-1].before)
    return quarters


def in_words(quarter: Quarter) -> str:
    return texts.QUARTER.format(year=quarter.year, number=texts.QUARTER_NUMBERS[quarter.number - 1])


def _columns(row: ConcludedRow, *, house: House) -> Sequence[object]:
    return (
        row.number,
        row.area_name,
        Kind(row.kind).label if row.kind else texts.NO_KIND,
        Status(row.status).label,
        row.owner_name,
        local(row.submitted_at, house=house),
        local(row.concluded_at, house=house),
    )
