"""巡查: the page on which a liaison photographs posters; no script, no account, a link that lasts half a day."""

from functools import partial
from typing import Final

from aiohttp import web

from intake.sighting import see
from intake.uploads import MULTIPART, UploadBroken, read_upload
from models.choices import SightingKind
from models.errors import DomainError
from models.poster_round import PosterRound
from organisation.entry_codes import grouped
from organisation.house import HOUSE, House
from organisation.rounds import Seen, round_of
from qrcodes import pages, texts
from qrcodes.doubts import draft_of
from qrcodes.photographs import read_squares

REFUSED: Final = {"file-too-large": 413, "upload-too-large": 413, "uploads-crowded": 503}


async def show_round(request: web.Request) -> web.Response:
    house = request.app[HOUSE]
    found = await round_of(request.match_info["token"], house=house)
    return _over() if found is None else _page(found, house=house)


async def take_photo(request: web.Request) -> web.Response:
    """Twenty seconds on a slow line for a photo, and what it shows at once."""
    house = request.app[HOUSE]
    found = await round_of(request.match_info["token"], house=house)
    if found is None:
        return _over()
    try:
        content = await _photo(request)
    except DomainError as refused:
        return _page(found, house=house, refused=refused)
    place = "".join(house.organisation.table.names_of(found.liaison.village_id)[2:])
    draft = partial(draft_of, text=texts.FOREIGN.format(place=place), house=house)
    seen = await see(found, await read_squares(content), draft_of=draft, house=house)
    return _page(found, house=house, seen=seen, is_asked=True)


async def _photo(request: web.Request) -> bytes:
    """Empty where none was chosen. Raises why it is not read."""
    if request.content_type != MULTIPART:
        raise UploadBroken
    uploaded = await read_upload(request, files=("photo",))
    return uploaded.files.get("photo", [b""])[0]


def _page(
    found: PosterRound,
    *,
    house: House,
    seen: Seen | None = None,
    is_asked: bool = False,
    refused: DomainError | None = None,
) -> web.Response:
    table = house.organisation.table
    name = texts.SEEN_NOTHING if seen is None else texts.SEEN[seen.kind]
    said = name if is_asked else ""
    entry = seen.entry if seen else None
    return pages.render(
        "round.html",
        place="".join(table.names_of(found.liaison.village_id)[-2:]),
        status=REFUSED.get(refused.key, 400) if refused else 200,
        said=refused.message if refused else said,
        is_good=seen is not None and seen.kind is SightingKind.GOOD and not seen.is_elsewhere,
        is_elsewhere=seen is not None and seen.is_elsewhere,
        code=grouped(entry.code) if entry else "",
        others=seen.others if seen else 0,
        what=texts.AREA.format(area=entry.area.name) if entry else "",
        where="".join(table.names_of(entry.region_id)[2:]) if entry else "",
        replaced_by=grouped(entry.replaced_by_id) if entry and entry.replaced_by_id else "",
        day=house.clock.now().astimezone(house.timezone).date(),
    )


def _over() -> web.Response:
    title, advice = texts.ROUND_OVER
    return pages.render("round_over.html", status=404, title=title, advice=advice)
