"""A poster can be scanned, read and printed."""

import resource
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from models.choices import Purpose
from organisation.entry_codes import with_check
from press.errors import GlyphMissing
from qrcodes import symbol
from qrcodes.drawing import draw_pictures, draw_posters, held
from qrcodes.errors import AlreadyPrinting, SizeUnknown
from qrcodes.printing.layouts import LAYOUTS, Poster
from qrcodes.unfinished import Unfinished
from qrcodes.verification import words_of

CODE = with_check("ABCDEFGHJK")
POSTER = Poster(
    code=CODE,
    link=f"https://jiandu.example.cn/s/{CODE}",
    purpose=Purpose.REPORT,
    area="民政",
    place=("青山市", "云岭县", "石桥镇", "桃花村"),
    telephone="0871-6123456",
)


def rendered(path: Path, *, page: int = 0, scale: float = 2) -> Image.Image:
    with pypdfium2.PdfDocument(path) as document:
        return document[page].render(scale=scale).to_pil().convert("L")


def words(path: Path, *, page: int = 0) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return document[page].get_textpage().get_text_bounded()


@pytest.mark.parametrize("size", ["A3", "A4", "A5", "A6"])
def test_another_decoder_reads_the_link_off_the_page(tmp_path: Path, size: str) -> None:
    assert draw_posters([POSTER], tmp_path / "p.pdf", size=size) == 1
    assert {found.text for found in zxingcpp.read_barcodes(rendered(tmp_path / "p.pdf"))} == {POSTER.link}


def test_still_read_with_a_stain_on_it(tmp_path: Path) -> None:
    draw_posters([POSTER], tmp_path / "p.pdf")
    page = rendered(tmp_path / "p.pdf")
    middle, level = page.width // 2, int(page.height * 91 / 210)
    half = int(page.width * 12 / 148)
    ImageDraw.Draw(page).ellipse((middle - half, level - half, middle + half, level + half), fill=128)
    assert {found.text for found in zxingcpp.read_barcodes(page)} == {POSTER.link}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_says_in_words_what_where_and_how(tmp_path: Path, purpose: Purpose) -> None:
    draw_posters([replace(POSTER, purpose=purpose)], tmp_path / "p.pdf")
    text = words(tmp_path / "p.pdf")
    for expected in (
        "民政领域",
        *POSTER.place,
        *words_of(CODE),
        "可以匿名",
        "0871-6123456",
        "12388",
    ):
        assert expected in text
    assert f"{CODE[:4]} {CODE[4:8]} {CODE[8:]}" in " ".join(text.split())


def test_the_font_travels_with_the_file(tmp_path: Path) -> None:
    draw_posters([POSTER], tmp_path / "p.pdf")
    content = (tmp_path / "p.pdf").read_bytes()
    assert b"/FontFile3" in content
    assert len(content) < 200_000


def test_many_posters_are_many_pages_each_with_its_own_link(tmp_path: Path) -> None:
    posters = [
        replace(POSTER, link=f"https://jiandu.example.cn/s/{n}", place=(*POSTER.place, f"第{n}组"))
        for n in range(5)
    ]
    done: list[int] = []
    assert draw_posters(posters, tmp_path / "p.pdf", progress=done.append) == 5
    assert done == [1, 2, 3, 4, 5]
    for number in range(5):
        found = zxingcpp.read_barcodes(rendered(tmp_path / "p.pdf", page=number))
        assert {code.text for code in found} == {f"https://jiandu.example.cn/s/{number}"}


def test_long_names_stay_on_the_page(tmp_path: Path) -> None:
    long = replace(
        POSTER,
        area="巩固拓展脱贫攻坚成果同乡村振兴有效衔接",
        place=(
            "恩施土家族苗族自治州",
            "双江拉祜族佤族布朗族傣族自治县",
            "帮丙乡",
            "大石板易地扶贫搬迁安置社区",
            "第十二村民小组",
        ),
    )
    draw_posters([long], tmp_path / "p.pdf")
    page = rendered(tmp_path / "p.pdf")
    corner = page.getpixel((0, 0))
    for edge in (2, page.width - 3):
        assert {page.getpixel((edge, y)) for y in range(int(page.height * 0.2))} == {corner}
    for name in long.place:
        assert name in words(tmp_path / "p.pdf")


def test_rare_characters_that_the_font_has_are_drawn(tmp_path: Path) -> None:
    draw_posters([replace(POSTER, place=("青山市", "云岭县", "㙍镇", "䶮村", "㙟口组"))], tmp_path / "p.pdf")
    assert "䶮村" in words(tmp_path / "p.pdf")
    assert "㙟口组" in words(tmp_path / "p.pdf")


def test_a_character_the_font_lacks_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "p.pdf"
    with pytest.raises(GlyphMissing) as caught:
        draw_posters([POSTER, replace(POSTER, place=("青山市", "云岭县", "石桥镇", "𠮷村"))], out)
    assert "𠮷" in caught.value.message
    assert "U+20BB7" in caught.value.message
    assert not list(tmp_path.iterdir())


def posters_of_a_village(count: int, *, village: str = "桃花村") -> list[Poster]:
    heads = [f"ABCDEFGH{village.encode()[2] % 8 + 2}{n}" for n in "23456789"[:count]]
    return [
        replace(
            POSTER,
            code=with_check(head),
            link=f"https://jiandu.example.cn/s/{with_check(head)}",
            area=f"第{n}领域",
            place=(*POSTER.place[:3], village),
        )
        for n, head in enumerate(heads)
    ]


@pytest.mark.parametrize(("size", "sheets"), [("areas", 3), ("stickers", 1), ("A6", 9)])
def test_several_codes_on_a_sheet_are_all_read(tmp_path: Path, size: str, sheets: int) -> None:
    posters = [*posters_of_a_village(7), *posters_of_a_village(2, village="柳树村")]
    posters = [replace(poster, header="云岭县纪委监委") for poster in posters]
    assert draw_posters(posters, tmp_path / "p.pdf", size=size) == 9
    with pypdfium2.PdfDocument(tmp_path / "p.pdf") as document:
        assert len(document) == sheets
    pages = [rendered(tmp_path / "p.pdf", page=page, scale=150 / 72) for page in range(sheets)]
    found = {code.text for page in pages for code in zxingcpp.read_barcodes(page)}
    assert found == {poster.link for poster in posters}
    said = "".join(words(tmp_path / "p.pdf", page=page) for page in range(sheets))
    for poster in posters:
        assert "".join(said.split()).count(poster.code) >= (size != "areas")
        assert all(word in said for word in words_of(poster.code))
    for expected in ("云岭县纪委监委", "码上", "可以匿名", "柳树村", "都可以反映", "0871-6123456"):
        assert expected in said


@pytest.mark.parametrize("size", list(LAYOUTS))
def test_pictures_show_what_the_print_shows(tmp_path: Path, size: str) -> None:
    posters = posters_of_a_village(2)
    assert draw_pictures(posters, tmp_path / "png", size=size) == 2
    pictures = sorted((tmp_path / "png").iterdir())
    assert all(picture.name.startswith("桃花村-") for picture in pictures)
    found = {code.text for picture in pictures for code in zxingcpp.read_barcodes(Image.open(picture))}
    assert found == {poster.link for poster in posters}


def test_a_county_has_its_own_header_and_colour(tmp_path: Path) -> None:
    draw_posters([replace(POSTER, header="云岭县纪委监委", colour=(0, 80, 60))], tmp_path / "p.pdf")
    assert "云岭县纪委监委" in words(tmp_path / "p.pdf")
    with pypdfium2.PdfDocument(tmp_path / "p.pdf") as document:
        assert document[0].render().to_pil().getpixel((2, 2)) == (0, 80, 60)


def test_a_full_disk_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "p.pdf"
    draw_posters([POSTER], out)
    before, limits = out.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(OSError) as caught:
            draw_posters(posters_of_a_village(8) * 20, out)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.filename == str(out)
    assert [file.name for file in tmp_path.iterdir()] == ["p.pdf"]
    assert out.read_bytes() == before


def test_a_disk_that_fills_up_within_one_big_file_keeps_the_parts_that_are_whole(tmp_path: Path) -> None:
    out, limits, heard = tmp_path / "p.pdf", resource.getrlimit(resource.RLIMIT_FSIZE), list[int]()
    parts = [posters_of_a_village(5), posters_of_a_village(5, village="柳树村")]

    def print_all() -> None:
        with Unfinished(out, size="A5") as file:
            for part in parts:
                file.add(part, progress=heard.append)
            file.finish()

    with Unfinished(tmp_path / "q.pdf", size="A5") as file:
        file.add(parts[0], progress=heard.append)
    room = (tmp_path / ".q.pdf.part").stat().st_size + 4000
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1]))
    try:
        with pytest.raises(OSError) as caught:
            print_all()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.filename == str(out) and not out.exists()
    with (tmp_path / ".p.pdf.parts").open("a") as list_of_parts:
        list_of_parts.write('{"mark": "cut of')
    heard.clear()
    print_all()
    assert heard == [5, 1, 2, 3, 4, 5], "the first part was taken over"
    with pypdfium2.PdfDocument(out) as document:
        assert len(document) == 10
    assert "柳树村" in words(out, page=9) and "桃花村" in words(out)
    parts[0] = parts[0][1:]
    heard.clear()
    print_all()
    assert heard == [1, 2, 3, 4, 1, 2, 3, 4, 5] and not list(tmp_path.glob(".p.pdf*"))


def test_two_jobs_do_not_write_to_one_place(tmp_path: Path) -> None:
    with held(tmp_path / "p.pdf"):
        with pytest.raises(AlreadyPrinting), held(tmp_path / "p.pdf"):
            pass
        with held(tmp_path / "q.pdf"):
            pass
    with held(tmp_path / "p.pdf"):
        pass
    assert not list(tmp_path.iterdir())


def test_an_unknown_size_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SizeUnknown):
        draw_posters([POSTER], tmp_path / "p.pdf", size="B5")


@pytest.mark.parametrize(
    "text", ["http://weixin.qq.com/q/02zRx9Q1kNfB51vJ9Fxx1K", "A", "https://h/s/" + "9" * 80]
)
def test_the_picture_for_phones_is_read_by_another_decoder(tmp_path: Path, text: str) -> None:
    (tmp_path / "c.png").write_bytes(symbol.png(text))
    assert [found.text for found in zxingcpp.read_barcodes(Image.open(tmp_path / "c.png").convert("L"))] == [
        text
    ]
