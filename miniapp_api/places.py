"""What anybody may look up: a code on a wall, the areas, what is published for a place."""

from typing import Final

from disclosures.listing import CursorWrong, Published, published_for
from disclosures.questions import questions_for
from intake.errors import CodeRetired
from miniapp_api import shapes
from miniapp_api.draft_shapes import PlaceBelow, PlacesBelow
from miniapp_api.drafts import today
from miniapp_api.errors import EntryUnknown, RegionUnknown
from miniapp_api.operations import EVERYBODY, Call, operation
from models.area import Area
from models.choices import EntryStatus, Purpose
from models.region import Region
from organisation.places import place_in_words
from organisation.resolving import entry_behind
from routing.table import RoutingTable

MINI_PROGRAM: Final = "https://servicewechat.com/"
"""What every request of a mini-program says it comes from."""
ASKED: Final = frozenset({Purpose.REPORT, Purpose.SUGGEST})


@operation("GET", "/entries/{code}", who=EVERYBODY, answer=shapes.Entry, refuses=(EntryUnknown, CodeRetired))
async def show_entry(call: Call) -> shapes.Entry:
    """`code` may be all of `options.q` or `options.scene`; a retired code leads on to the one that replaced it."""
    entry = await entry_behind(call.part("code"))
    if entry is None:
        raise EntryUnknown
    table = call.house.organisation.table
    place = place_in_words(table, region_code=entry.region_id, purpose=entry.purpose)
    if entry.status is not EntryStatus.ACTIVE or place is None:
        raise CodeRetired
    if call.request.headers.get("Referer", "").startswith(MINI_PROGRAM):
        # who comes by the landing page was counted there
        call.house.scans.add(entry.code)
    return shapes.Entry(
        code=entry.code,
        purpose=str(entry.purpose),
        area=area_of(table, entry.area_id),
        region=place_of(table, entry.region_id),
        telephone=place.telephone,
        questions=list(await questions_for(place.codes)) if entry.purpose in ASKED else [],
    )


@operation(
    "GET",
    "/regions/{code}/children",
    who=EVERYBODY,
    answer=PlacesBelow,
    refuses=(RegionUnknown,),
)
async def list_children(call: Call) -> PlacesBelow:
    """For picking a place without a map, from the county down to the group."""
    if not call.house.organisation.table.path(call.part("code")):
        raise RegionUnknown
    found = await Region.filter(parent_id=call.part("code"), is_active=True).order_by("code")
    below = [PlaceBelow(code=one.code, name=one.name, level=str(one.level)) for one in found]
    return PlacesBelow(items=below)


@operation("GET", "/areas", who=EVERYBODY, answer=shapes.Areas)
async def list_areas(call: Call) -> shapes.Areas:
    found = await Area.filter(is_active=True).order_by("sort", "code")
    return shapes.Areas(items=[shapes.Named(code=area.code, name=area.name) for area in found])


@operation(
    "GET",
    "/regions/{code}/disclosures",
    who=EVERYBODY,
    query=shapes.DisclosureQuery,
    answer=shapes.Disclosures,
    refuses=(RegionUnknown, CursorWrong),
)
async def list_disclosures(call: Call) -> shapes.Disclosures:
    asked = call.asked(shapes.DisclosureQuery)
    path = call.house.organisation.table.path(call.part("code"))
    if not path:
        raise RegionUnknown
    page = await published_for(
        path,
        area=asked.area,
        kind=str(asked.kind),
        limit=asked.limit,
        cursor=asked.cursor,
        today=today(call.house),
    )
    return shapes.Disclosures(items=[_item(item) for item in page.items], next_cursor=page.next_cursor)


def _item(item: Published) -> shapes.DisclosureItem:
    return shapes.DisclosureItem(
        code=item.code,
        kind=item.kind,
        title=item.title,
        amount=item.amount,
        date=item.date,
        text=item.text,
        beneficiaries=[shapes.Beneficiary(name=name, amount=amount) for name, amount in item.beneficiaries],
        area=shapes.Named(code=item.area_id, name=item.area_name),
        region=shapes.Named(code=item.region_id, name=item.region_name),
    )


def area_of(table: RoutingTable, code: str) -> shapes.Named:
    return shapes.Named(code=code, name=table.areas.get(code, ""))


def place_of(table: RoutingTable, code: str) -> shapes.Place:
    """`path` runs from the city down to the place itself; empty for a place no longer active."""
    names = table.names_of(code)
    return shapes.Place(code=code, name=names[-1] if names else "", path=list(names))
