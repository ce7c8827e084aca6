"""A liaison photographs posters; the code is read from the photo, place and moment are noted, the photo is not kept."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image, ImageFilter

from models.choices import Level, SightingKind
from models.entry_code import EntryCode
from models.event import Event
from models.liaison import Liaison
from models.outbox import OutboxNotice
from models.poster_sighting import PosterSighting
from models.report import Report
from models.staff import Staff
from organisation.house import HOUSE, House
from organisation.liveness import liveness_of
from organisation.rounds import begin_round, round_of
from qrcodes import symbol
from qrcodes.drawing import Poster, draw_posters
from qrcodes.photographs import read_squares
from qrcodes.routes import add_routes
from tests.bot.chatting import Villager, a_turnstile
from tests.factories import (
    COUNTY,
    EAST,
    WEST_VILLAGE,
    bind_liaison,
    bind_staff,
    make_entry,
    make_organisation,
)
from tests.no_disk import no_temporary_files
from tests.qrcodes.test_poster_doubts import words_in

OPENID = "o-liaison"


@pytest.fixture
async def liaison(house: House) -> Liaison:
    await make_organisation(house)
    found = await Liaison.get(phone="13900000001")
    await bind_liaison(house, found, openid=OPENID)
    return found


@pytest.fixture
async def phone(house: House, liaison: Liaison) -> AsyncIterator[TestClient[Any, Any]]:
    app = web.Application()
    app[HOUSE] = house
    add_routes(app)
    async with TestClient(TestServer(app)) as made:
        yield made


async def link_of(house: House, liaison: Liaison) -> str:
    return f"/s/round/{await begin_round(liaison, at=house.clock.now(), house=house)}"


def photograph(poster: Poster, folder: Path) -> bytes:
    """Held askew, a little out of focus, darker on one side, turned by the camera: as phones give it."""
    draw_posters([poster], folder / "p.pdf")
    with pypdfium2.PdfDocument(folder / "p.pdf") as document:
        page = document[0].render(scale=2.2).to_pil().convert("RGB")
    page = page.rotate(7, expand=True, fillcolor=(120, 116, 104)).filter(ImageFilter.GaussianBlur(1.2))
    shade = Image.linear_gradient("L").resize(page.size).point(lambda value: 140 + value * 115 // 255)
    page = Image.composite(page, Image.new("RGB", page.size, (40, 40, 40)), shade)
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = 6
    page.rotate(90, expand=True).save(out, "JPEG", quality=70, exif=exif)
    return out.getvalue()


def poster_of(entry: EntryCode, *, link: str) -> Poster:
    return Poster(
        code=entry.code, link=link, purpose=entry.purpose, area="教育", place=("云岭市", "青川区", "柳树村")
    )


def square(text: str) -> bytes:
    return symbol.png(text)


async def take(phone: TestClient[Any, Any], path: str, photo: bytes) -> str:
    form = FormData()
    form.add_field("photo", photo, filename="photo", content_type="image/jpeg")
    with no_temporary_files():
        answer = await phone.post(path, data=form)
    assert answer.status == 200, await answer.text()
    return await answer.text()


async def test_a_bound_liaison_is_given_the_link_and_nobody_else(house: House, liaison: Liaison) -> None:
    async with a_turnstile(house) as turnstile:
        answer = await Villager(turnstile, OPENID).say("巡查")
        assert "只给已绑定的联络员" in await Villager(turnstile, "o-villager").say("巡查")
    found = await round_of(answer.rsplit("/s/round/", 1)[1].split()[0], house=house)
    assert found is not None and found.liaison_id == liaison.id


async def test_a_photographed_poster_is_read_and_noted(
    phone: TestClient[Any, Any], house: House, liaison: Liaison, tmp_path: Path
) -> None:
    entry = await make_entry()
    photo = photograph(poster_of(entry, link=f"{house.public_url}/s/{entry.code}"), tmp_path)
    path = await link_of(house, liaison)
    assert 'capture="environment"' in await (await phone.get(path)).text()
    text = await take(phone, path, photo)
    assert "在用，记下了" in text and "东河镇柳树村" in text and "教育领域" in text
    seen = await PosterSighting.get()
    assert (seen.kind, seen.entry_id, seen.village_id) == (SightingKind.GOOD, entry.code, entry.region_id)
    assert abs(seen.seen_at - house.clock.now()) < timedelta(minutes=1)
    assert await Event.filter(action="poster.see", actor=f"liaison:{liaison.id}").count() == 1
    assert not list((tmp_path / "media").glob("**/*.*")), "no photo stays"


async def test_old_codes_and_those_of_other_places_are_said(
    phone: TestClient[Any, Any], house: House, liaison: Liaison
) -> None:
    old, new, elsewhere = await make_entry(), await make_entry(), await make_entry(WEST_VILLAGE)
    await EntryCode.filter(code=old.code).update(status="retired", replaced_by_id=new.code)
    path = await link_of(house, liaison)
    text = await take(phone, path, square(f"{house.public_url}/s/{old.code}"))
    assert "请换贴新海报" in text and new.code[:4] in text
    assert "贴错地方了" in await take(phone, path, square(f"{house.public_url}/s/{elsewhere.code}"))
    await EntryCode.filter(code=new.code).update(account_url="http://weixin.qq.com/q/02abc")
    assert "在用，记下了" in await take(phone, path, square("http://weixin.qq.com/q/02abc"))


async def test_a_code_on_somebody_else_s_address_is_not_ours(
    phone: TestClient[Any, Any], house: House, liaison: Liaison
) -> None:
    entry = await make_entry()
    path = await link_of(house, liaison)
    for false in (f"https://evil.example/s/{entry.code}", f"{house.public_url}.evil.example/s/{entry.code}"):
        assert "不是我们的" in await take(phone, path, square(false))
    assert [(seen.kind, seen.entry_id) for seen in await PosterSighting.all()] == [
        (SightingKind.FOREIGN, None)
    ] * 2


def beside(*texts: str) -> bytes:
    """One photo of several squares."""
    squares = [Image.open(io.BytesIO(square(text))).convert("L") for text in texts]
    photo = Image.new("L", (sum(each.width for each in squares), max(each.height for each in squares)), 255)
    for place, each in enumerate(squares):
        photo.paste(each, (sum(one.width for one in squares[:place]), 0))
    out = io.BytesIO()
    photo.save(out, "PNG")
    return out.getvalue()


async def test_all_codes_of_a_sheet_are_noted_and_one_false_one_spoils_them(
    phone: TestClient[Any, Any], house: House, liaison: Liaison
) -> None:
    codes = [(await make_entry()).code for _ in range(3)]
    links, path = [f"{house.public_url}/s/{code}" for code in codes], await link_of(house, liaison)
    await EntryCode.filter(code=codes[1]).update(status="retired", replaced_by_id=codes[0])
    text = await take(phone, path, beside(*links))
    assert "请换贴新海报" in text and "还有我们的 2 个码" in text
    assert {seen.entry_id for seen in await PosterSighting.all()} == set(codes)
    # the large code pasted over, the small one of the same poster still ours
    assert "不是我们的" in await take(phone, path, beside(links[0], "https://evil.example/"))
    assert await PosterSighting.filter(kind=SightingKind.FOREIGN, text="https://evil.example/").exists()


async def test_a_false_code_is_a_report_to_the_township_once_a_day_for_each_village(
    phone: TestClient[Any, Any], house: House, liaison: Liaison, tmp_path: Path
) -> None:
    staff = await Staff.get(username="t-east-l")
    await bind_staff(house, staff, openid="o-staff")
    path, evil = await link_of(house, liaison), square("https://evil.example/s/ABCD")
    await make_entry(purpose="conduct")
    await take(phone, path, evil)
    assert not await Report.exists(), "no code hangs there of which the township would hear"
    (tmp_path / "clock").write_text(str(24 * 3600))
    await make_entry(EAST)
    entry, path = await make_entry(area="forestry"), await link_of(house, liaison)
    await asyncio.gather(*[take(phone, path, evil) for _ in range(3)])
    report = await Report.get()
    assert (report.owner_id, report.level, report.entry_id) == ("T-EAST", Level.NONE, entry.code)
    words = await words_in(report, house)
    assert "东河镇柳树村" in words and "evil" not in words
    assert await OutboxNotice.filter(staff_id=staff.id).count() == 1
    assert not await OutboxNotice.exists(liaison_id__not_isnull=True), "one of them may have pasted it"
    await take(phone, path, square(f"{house.public_url}/s/{entry.code}"))
    assert await Report.all().count() == 1
    (tmp_path / "clock").write_text(str(48 * 3600))
    await take(phone, await link_of(house, liaison), evil)
    assert await Report.all().count() == 2


async def test_the_county_reads_what_was_found(
    phone: TestClient[Any, Any], house: House, liaison: Liaison
) -> None:
    entry, path = await make_entry(), await link_of(house, liaison)
    await EntryCode.filter(code=entry.code).update(issued_at=house.clock.now() - timedelta(days=60))
    await take(phone, path, square(f"{house.public_url}/s/{entry.code}"))
    await take(phone, path, square("https://evil.example/"))
    at = house.clock.now()
    found = await liveness_of(COUNTY, table=house.organisation.table, today=at.date(), at=at)
    (unscanned,), (foreign,) = found.unscanned, found.foreign
    assert unscanned.code == entry.code and unscanned.seen_at is not None
    assert (foreign.place, foreign.text) == ("东河镇柳树村", "https://evil.example/")
    elsewhere = await liveness_of("990102000000", table=house.organisation.table, today=at.date(), at=at)
    assert not elsewhere.foreign and not elsewhere.unscanned


async def test_what_is_no_picture_of_a_square_is_asked_for_again(
    phone: TestClient[Any, Any], house: House, liaison: Liaison
) -> None:
    path = await link_of(house, liaison)
    blank = io.BytesIO()
    Image.new("L", (400, 400), 255).save(blank, "PNG")
    for photo in (b"", b"GIF89a", b"\xff\xd8\xff\xe0broken", blank.getvalue()):
        assert "没有认出二维码" in await take(phone, path, photo)
    assert (await phone.post(path, data=b"x", headers={"Content-Type": "multipart/form-data"})).status == 400
    assert not await PosterSighting.exists()


async def test_a_link_ends_after_half_a_day_and_with_the_liaison(
    phone: TestClient[Any, Any], house: House, liaison: Liaison, tmp_path: Path
) -> None:
    path = await link_of(house, liaison)
    assert (await phone.get("/s/round/" + "A" * 32)).status == 404
    await Liaison.filter(id=liaison.id).update(is_active=False)
    assert (await phone.get(path)).status == 404
    await Liaison.filter(id=liaison.id).update(is_active=True)
    assert (await phone.get(path)).status == 200
    (tmp_path / "clock").write_text(str(13 * 3600))
    assert (await phone.get(path)).status == 404


async def test_a_bomb_of_a_picture_is_not_unpacked() -> None:
    out = io.BytesIO()
    Image.new("1", (7000, 7000)).save(out, "PNG")
    assert await read_squares(out.getvalue()) == []
