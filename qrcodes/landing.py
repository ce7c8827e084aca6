"""扫码后的页面: what opens when a poster is scanned with anything but the official account."""

from aiohttp import web

from models.choices import EntryStatus
from models.disclosure import Disclosure
from models.entry_code import EntryCode
from organisation import entry_codes
from organisation.house import HOUSE
from organisation.places import PlaceInWords, place_in_words
from qrcodes import pages, symbol, texts
from qrcodes.wechat_codes import WECHAT_CODES

_LATEST = 5


async def show(request: web.Request) -> web.Response:
    """One entry's page; 404 for an unknown or mistyped code, 410 for a retired one or a place given up."""
    code = entry_codes.normalise(request.match_info["code"])
    if not entry_codes.is_valid(code):
        return _problem("mistyped", status=404)
    entry = await EntryCode.get_or_none(code=code).select_related("area")
    if entry is None:
        return _problem("unknown", status=404)
    place = _place(request, entry)
    if entry.status is not EntryStatus.ACTIVE or place is None:
        return _problem("retired", status=410, place=place, replacement=entry.replaced_by_id)
    return pages.render(
        "landing.html",
        code=code,
        grouped_code=entry_codes.grouped(code),
        words=texts.PURPOSES[entry.purpose],
        area=entry.area.name,
        place=place,
        has_wechat_code=await _wechat_text(request, entry) is not None,
        disclosures=await latest_disclosures(area_code=entry.area_id, region_codes=place.codes),
    )


async def show_wechat_code(request: web.Request) -> web.Response:
    """The picture to press on; 404 while WeChat cannot be had (the page then says how to type the code)."""
    code = entry_codes.normalise(request.match_info["code"])
    is_code = entry_codes.is_valid(code)
    entry = await EntryCode.get_or_none(code=code, status=EntryStatus.ACTIVE) if is_code else None
    text = await _wechat_text(request, entry) if entry else None
    if text is None:
        raise web.HTTPNotFound(headers=pages.HEADERS)
    return web.Response(body=symbol.png(text), content_type="image/png", headers=pages.HEADERS)


async def show_stylesheet(_request: web.Request) -> web.Response:
    headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return web.Response(text=pages.STYLESHEET, content_type="text/css", charset="utf-8", headers=headers)


async def latest_disclosures(*, area_code: str, region_codes: tuple[str, ...]) -> list[Disclosure]:
    """The newest few of an area, published for a place or for anything above it; undated ones last."""
    published = Disclosure.filter(area_id=area_code, region_id__in=list(region_codes), is_active=True)
    # SQLite and PostgreSQL disagree on where an empty date sorts, so the two kinds are asked for apart.
    dated = await published.filter(date__isnull=False).order_by("-date", "code").limit(_LATEST)
    undated = await published.filter(date__isnull=True).order_by("code").limit(_LATEST)
    return [*dated, *undated][:_LATEST]


def _place(request: web.Request, entry: EntryCode) -> PlaceInWords | None:
    table = request.app[HOUSE].organisation.table
    return place_in_words(table, region_code=entry.region_id, purpose=entry.purpose)


async def _wechat_text(request: web.Request, entry: EntryCode) -> str | None:
    codes = request.app.get(WECHAT_CODES)
    return await codes.text_for(entry) if codes else None


def _problem(
    name: str, *, status: int, place: PlaceInWords | None = None, replacement: str | None = None
) -> web.Response:
    title, advice = texts.PROBLEMS[name]
    return pages.render(
        "problem.html", status=status, title=title, advice=advice, place=place, replacement=replacement
    )
