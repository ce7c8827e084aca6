"""“海报不对”: one tap on the page of a code, by somebody who compared it with the poster."""

from aiohttp import web

from intake.doubting import doubt
from intake.draft import Draft
from models.choices import Channel, Level
from models.entry_code import EntryCode
from models.fields import new_id
from models.poster_doubt import MOST_A_DAY
from organisation.entry_codes import grouped, is_valid
from organisation.house import HOUSE, House
from qrcodes import pages, texts
from qrcodes.entries import entry_of
from qrcodes.landing import place_of, problem


async def say_wrong(request: web.Request) -> web.Response:
    """The same thanks for the first and for everybody after: nobody learns who was here before."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise web.HTTPForbidden(headers=pages.HEADERS)
    code, entry = await entry_of(request)
    if entry is None:
        return problem("unknown" if is_valid(code) else "mistyped", status=404)
    place = place_of(request, entry)
    if not entry.is_active or place is None:
        return problem("retired", status=410, place=place, replacement=entry.replaced_by)
    house = request.app[HOUSE]
    draft = draft_of(
        await EntryCode.get(code=code), text=texts.DOUBTED.format(code=grouped(code)), house=house
    )
    await doubt(draft, last_words=texts.DOUBTED_LAST.format(most=MOST_A_DAY), house=house)
    return pages.render("doubted.html", code=code, place=place)


def draft_of(entry: EntryCode, *, text: str, house: House) -> Draft:
    """About no person, and kept from the liaison, who may have hung the poster; a handler decides whom to send.

    `text` is ours, and no name can stand in it: so `has_words` is False.
    """
    return Draft(
        entry=entry,
        level=Level.NONE.value,
        text=text,
        channel=Channel.WEB,
        # nobody comes back for it: an index of nobody
        person_index=house.vault.index("session", new_id()),
        has_words=False,
        avoid=frozenset({"liaison"}),
    )
