"""扫码后的页面: what opens when a poster is scanned with anything but the official account."""

from aiohttp import web

from organisation import entry_codes
from organisation.house import HOUSE
from organisation.places import PlaceInWords, place_in_words
from qrcodes import pages, symbol, texts
from qrcodes.composing import PIECES, composed
from qrcodes.entries import Entry, entry_of
from qrcodes.mini_codes import MINI_CODES
from qrcodes.wechat_codes import WECHAT_CODES


async def show(request: web.Request) -> web.Response:
    """One entry's page; 404 for an unknown or mistyped code, 410 for a retired one or a place given up."""
    code, entry = await entry_of(request)
    if entry is None:
        return problem("unknown" if entry_codes.is_valid(code) else "mistyped", status=404)
    house, pieces = request.app[HOUSE], request.app[PIECES]
    table = house.organisation.table
    place = pieces.place(entry, table=table)
    if not entry.is_active or place is None:
        words = place.words if place else None
        return problem("retired", status=410, place=words, replacement=entry.replaced_by)
    house.scans.add(code)
    codes, mini = request.app.get(WECHAT_CODES), request.app.get(MINI_CODES)
    html = composed(
        entry,
        place=place,
        published=await pieces.published(entry, place=place, table=table),
        has_wechat_code=codes is not None and codes.may_be_had(entry),
        has_mini_code=mini is not None and mini.may_be_had(code),
    )
    return pages.page_of(html)


async def find(request: web.Request) -> web.Response:
    """Where the letters of a code are typed in; what was typed leads to the code's own page."""
    typed = request.query.get("code", "")
    if not typed.strip():
        return pages.render("find.html", wrong="", typed="")
    code = entry_codes.find_in(typed)
    if code is None:
        wrong = texts.PROBLEMS["mistyped"].advice
        return pages.render("find.html", status=404, wrong=wrong, typed=typed[: pages.LONGEST_TYPED])
    raise web.HTTPSeeOther(f"/s/{code}", headers=pages.HEADERS)


async def show_wechat_code(request: web.Request) -> web.Response:
    """The picture to press on; 404 while WeChat cannot be had (the page then says how to type the code)."""
    _, entry = await entry_of(request)
    codes = request.app.get(WECHAT_CODES)
    text = await codes.text_for(entry) if codes and entry and entry.is_active else None
    if text is None:
        raise web.HTTPNotFound(headers=pages.HEADERS)
    return web.Response(body=symbol.png(text), content_type="image/png", headers=pages.HEADERS)


async def show_mini_code(request: web.Request) -> web.Response:
    """As `show_wechat_code`, for the mini-program."""
    _, entry = await entry_of(request)
    codes = request.app.get(MINI_CODES)
    picture = await codes.picture_for(entry.code) if codes and entry and entry.is_active else None
    if picture is None:
        raise web.HTTPNotFound(headers=pages.HEADERS)
    return web.Response(body=picture, content_type="image/jpeg", headers=pages.HEADERS)


async def show_stylesheet(_request: web.Request) -> web.Response:
    headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
    return web.Response(text=pages.STYLESHEET, content_type="text/css", charset="utf-8", headers=headers)


def place_of(request: web.Request, entry: Entry) -> PlaceInWords | None:
    table = request.app[HOUSE].organisation.table
    return place_in_words(table, region_code=entry.region_code, purpose=entry.purpose)


def problem(
    name: str, *, status: int, place: PlaceInWords | None = None, replacement: str | None = None
) -> web.Response:
    title, advice = texts.PROBLEMS[name]
    return pages.render(
        "problem.html", status=status, title=title, advice=advice, place=place, replacement=replacement
    )
