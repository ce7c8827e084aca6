"""One poster per code in use of a place and what lies below it."""

import random
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFilter

from models.choices import EntryStatus
from models.entry_code import EntryCode
from models.event import Event
from models.region import Region
from organisation import entry_codes
from organisation.codes.errors import CodeOver, CodeUnknown
from organisation.codes.replace import replace
from organisation.live import raise_version
from qrcodes.errors import NothingToPrint, RegionUnknown
from qrcodes.posters import Wanted, posters_of, print_posters, regions_of
from qrcodes.printing.layouts import Poster
from qrcodes.reprinting import entries_of, reprint

URL = "https://jiandu.example.cn"
TOWNSHIP = "990121101000"
DOTS = 150
SIDE, LEFT, TOP = 68 * DOTS / 25.4, 40 * DOTS / 25.4, 55 * DOTS / 25.4


async def posters(prefecture: Any, region: str, *, groups: bool = False, **choices: Any) -> list[Poster]:
    table = prefecture.house.organisation.table
    regions = regions_of(table, region, groups=groups)
    wanted = Wanted(public_url=URL, groups=groups, **choices)
    return [poster async for poster in posters_of(wanted, regions, table=table)]


async def codes(prefecture: Any, region: str, **choices: Any) -> list[str]:
    return [poster.code for poster in await posters(prefecture, region, **choices)]


async def printed(house: Any, region: str, out: Path, *, heard: Any = None, **choices: Any) -> int:
    return await print_posters(
        Wanted(public_url=URL, **choices),
        region=region,
        out=out,
        progress=lambda done, total: heard.append((done, total)) if heard is not None else None,
        at=house.clock.now(),
        by="staff:7",
    )


async def test_a_village_gets_one_per_area_in_order_of_areas(prefecture: Any) -> None:
    assert await codes(prefecture, prefecture.village) == [prefecture.school, prefecture.code]
    assert await codes(prefecture, prefecture.village, area="mz") == [prefecture.code]
    assert await codes(prefecture, prefecture.village, purpose="conduct") == [prefecture.conduct]


async def test_a_township_gets_those_of_its_villages_or_of_its_groups(prefecture: Any) -> None:
    expected = [prefecture.school, prefecture.code, prefecture.of_other]
    assert await codes(prefecture, prefecture.township) == expected
    assert await codes(prefecture, prefecture.township, groups=True) == [prefecture.of_group]
    assert await codes(prefecture, prefecture.group) == [prefecture.of_group]


async def test_a_replaced_code_is_printed_no_more(prefecture: Any) -> None:
    new = await replace(prefecture.code, at=prefecture.house.clock.now(), by="system")
    assert await codes(prefecture, prefecture.village) == [prefecture.school, new.code]


async def test_a_poster_says_everything_in_full(prefecture: Any) -> None:
    (poster,) = await posters(prefecture, prefecture.group)
    assert poster.link == f"{URL}/s/{prefecture.of_group}"
    assert poster.place == ("青山市", "云岭县", "石桥镇", "桃花村", "第一村民组")
    assert (poster.area, poster.telephone) == ("民政", "0871-6123456")


async def test_printed_pages_scan_to_their_codes_and_are_events(prefecture: Any, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    out = tmp_path / "new" / "posters.pdf"
    assert await printed(prefecture.house, prefecture.township, out, heard=heard) == 3
    assert heard == [(1, 3), (2, 3), (3, 3)]
    with pypdfium2.PdfDocument(out) as document:
        links = [
            zxingcpp.read_barcodes(page.render(scale=2).to_pil().convert("L"))[0].text for page in document
        ]
    expected = (prefecture.school, prefecture.code, prefecture.of_other)
    assert links == [f"{URL}/s/{code}" for code in expected]
    event = await Event.get(action="entry.print")
    assert (event.actor, event.object_id, event.data["posters"]) == ("staff:7", prefecture.township, 3)


async def test_a_folder_goes_on_where_it_was_stopped(prefecture: Any, tmp_path: Path) -> None:
    out, heard = tmp_path / "all", []
    assert await printed(prefecture.house, "530100000000", out) == 3
    (made,) = out.glob("*.pdf")
    assert made.name == f"{prefecture.township}-云岭县石桥镇-A5.pdf"
    first = made.stat().st_mtime_ns
    assert await printed(prefecture.house, "530100000000", out, heard=heard) == 3
    assert (made.stat().st_mtime_ns, heard) == (first, [(3, 3)])
    await Region.filter(code=prefecture.village).update(name="新桃花村")
    await raise_version(at=prefecture.house.clock.now())
    await printed(prefecture.house, "530100000000", out)
    assert made.stat().st_mtime_ns > first
    assert await printed(prefecture.house, prefecture.village, out, pictures=True) == 2
    assert len(list(out.glob("*/新桃花村-*.png"))) == 2


async def test_a_poster_that_came_off_is_printed_again(prefecture: Any, tmp_path: Path) -> None:
    async def again(*wanted: str) -> int:
        at, out = prefecture.house.clock.now(), tmp_path / "p.pdf"
        how = Wanted(public_url=URL, size="A4")
        return await reprint(await entries_of(wanted), how=how, out=out, at=at, by="system")

    assert await again(prefecture.code.lower(), prefecture.of_other) == 2
    assert await Event.filter(action="entry.reprint").count() == 2
    with pytest.raises(CodeOver):
        await again(prefecture.retired)
    with pytest.raises(CodeUnknown):
        await again(prefecture.unused)


async def test_nothing_to_print_and_unknown_places_are_said(prefecture: Any, tmp_path: Path) -> None:
    with pytest.raises(RegionUnknown, match="region-unknown"):
        await printed(prefecture.house, "999999999999", tmp_path / "p.pdf")
    with pytest.raises(NothingToPrint):
        await printed(prefecture.house, prefecture.village, tmp_path / "p.pdf", purpose="survey")
    assert not list(tmp_path.glob("*.pdf*"))


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_every_code_of_a_township_survives_rain_and_a_crooked_photo(
    sampled: Any, tmp_path: Path
) -> None:
    """A tenth of the square covered anywhere, corner marks too, 5° askew, blurred."""
    out = tmp_path / "t.pdf"
    count = await printed(sampled, TOWNSHIP, out)
    known = await EntryCode.filter(status=EntryStatus.ACTIVE).values_list("code", "region_id")
    places, drawn, found = dict(known), random.Random(5), set()
    with pypdfium2.PdfDocument(out) as document:
        for sheet in document:
            page = spoiled(sheet.render(scale=DOTS / 72).to_pil().convert("L"), drawn)
            (read,) = {square.text for square in zxingcpp.read_barcodes(page)}
            code = entry_codes.find_in(read)
            assert code is not None and read == f"{URL}/s/{code}"
            assert TOWNSHIP in sampled.organisation.table.path(places[code])
            found.add(code)
    assert len(found) == count > 20


def spoiled(page: Image.Image, drawn: random.Random) -> Image.Image:
    patch = SIDE * 0.1**0.5
    x, y = drawn.uniform(0, SIDE - patch), drawn.uniform(0, SIDE - patch)
    corners = (LEFT + x, TOP + y, LEFT + x + patch, TOP + y + patch)
    ImageDraw.Draw(page).rectangle(corners, fill=drawn.choice((0, 128, 255)))
    turned = page.rotate(5, fillcolor=255, expand=True, resample=Image.Resampling.BILINEAR)
    return turned.filter(ImageFilter.GaussianBlur(1.5))
