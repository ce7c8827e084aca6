"""One poster per code in use of a place and what lies below it."""

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp

from qrcodes.errors import NothingToPrint, RegionUnknown
from qrcodes.posters import posters_for, print_posters

URL = "https://jiandu.example.cn"


async def codes(region: str, **choices: Any) -> list[str]:
    return [poster.code for poster in await posters_for(region, public_url=URL, **choices)]


async def test_a_village_gets_one_per_area_in_order_of_areas(prefecture: Any) -> None:
    assert await codes(prefecture.village) == [prefecture.school, prefecture.code]
    assert await codes(prefecture.village, area_code="mz") == [prefecture.code]
    assert await codes(prefecture.village, purpose="conduct") == [prefecture.conduct]


async def test_a_township_gets_those_of_its_villages_or_of_its_groups(prefecture: Any) -> None:
    assert await codes(prefecture.township) == [prefecture.school, prefecture.code, prefecture.of_other]
    assert await codes(prefecture.township, groups=True) == [prefecture.of_group]
    assert await codes(prefecture.group) == [prefecture.of_group]


async def test_a_poster_says_everything_in_full(prefecture: Any) -> None:
    (poster,) = await posters_for(prefecture.group, public_url=URL)
    assert poster.link == f"{URL}/s/{prefecture.of_group}"
    assert poster.place == ("青山市", "云岭县", "石桥镇", "桃花村", "第一村民组")
    assert (poster.area, poster.telephone) == ("民政", "0871-6123456")


async def test_printed_pages_scan_to_their_codes(prefecture: Any, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    count = await print_posters(
        region=prefecture.township,
        area=None,
        purpose="report",
        out=tmp_path / "new" / "posters.pdf",
        progress=lambda done, total: heard.append((done, total)),
        public_url=URL,
    )
    assert count == 3
    assert heard == [(1, 3), (2, 3), (3, 3)]
    with pypdfium2.PdfDocument(tmp_path / "new" / "posters.pdf") as document:
        links = [
            zxingcpp.read_barcodes(page.render(scale=2).to_pil().convert("L"))[0].text for page in document
        ]
    expected = (prefecture.school, prefecture.code, prefecture.of_other)
    assert links == [f"{URL}/s/{code}" for code in expected]


async def test_nothing_to_print_and_unknown_places_are_said(prefecture: Any, tmp_path: Path) -> None:
    with pytest.raises(RegionUnknown, match="region-unknown"):
        await posters_for("999999999999", public_url=URL)
    with pytest.raises(NothingToPrint):
        await print_posters(
            region=prefecture.village,
            area=None,
            purpose="survey",
            out=tmp_path / "p.pdf",
            progress=lambda _done, _total: None,
            public_url=URL,
        )
    assert not (tmp_path / "p.pdf").exists()
