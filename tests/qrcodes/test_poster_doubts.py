"""One tap says that a poster looks wrong; the township hears of it once a day, and nobody learns who tapped."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from models.choices import Level
from models.entry_code import EntryCode
from models.liaison import Liaison
from models.message import Message
from models.outbox import OutboxNotice
from models.poster_doubt import MOST_A_DAY, PosterDoubt
from models.report import Report
from models.staff import Staff
from organisation.entry_codes import grouped, make
from organisation.house import HOUSE, House
from organisation.liveness import liveness_of
from qrcodes.routes import add_routes
from qrcodes.terms import WORDS
from qrcodes.verification import words_of
from tests.factories import COUNTY, WEST_VILLAGE, bind_liaison, bind_staff, make_entry, make_organisation

Phone = TestClient[web.Request, web.Application]


@pytest.fixture
async def entry(house: House) -> EntryCode:
    await make_organisation(house)
    return await make_entry()


@pytest.fixture
async def phone(
    entry: EntryCode, house: House, aiohttp_client: Callable[[web.Application], Awaitable[Phone]]
) -> Phone:
    app = web.Application()
    app[HOUSE] = house
    add_routes(app)
    return await aiohttp_client(app)


async def tap(phone: Phone, code: str, **headers: str) -> tuple[int, str]:
    answer = await phone.post(f"/s/{code}/wrong", headers=headers)
    return answer.status, await answer.text()


async def words_in(report: Report, house: House) -> str:
    key = house.vault.key(bytes(report.data_key), place=f"report:{report.id}:key")
    message = await Message.get(report_id=report.id)
    return key.open_text(bytes(message.sealed_text), place=f"message:{message.id}:text")


async def test_the_page_shows_the_words_of_the_poster_and_one_button(phone: Phone, entry: EntryCode) -> None:
    text = await (await phone.get(f"/s/{entry.code}")).text()
    assert "　".join(words_of(entry.code)) in text
    assert f'<form action="/s/{entry.code}/wrong" method="post"><button' in text


async def test_the_first_of_a_day_is_a_report_to_the_township(
    phone: Phone, entry: EntryCode, house: House
) -> None:
    for number, staff in enumerate(await Staff.filter(body_id="T-EAST")):
        await bind_staff(house, staff, openid=f"o-staff-{number}")
    await bind_liaison(house, await Liaison.get(phone="13900000001"), openid="o-liaison")
    status, page = await tap(phone, entry.code)
    assert (status, "谢谢" in page) == (200, True)
    report = await Report.get()
    assert (report.owner_id, report.level, report.is_named) == ("T-EAST", Level.NONE, False)
    assert grouped(entry.code) in await words_in(report, house)
    assert await OutboxNotice.filter(staff_id__not_isnull=True).count() == 3
    assert not await OutboxNotice.exists(liaison_id__not_isnull=True), "the liaison may have hung it"


async def test_a_crowd_of_taps_is_one_report_and_a_number(
    phone: Phone, entry: EntryCode, tmp_path: Path
) -> None:
    answers = await asyncio.gather(*[tap(phone, entry.code) for _ in range(6)])
    assert answers[0][0] == 200, answers[0]
    assert set(answers) == {answers[0]}, "nobody sees who was here before"
    assert await Report.all().count() == 1
    assert (await PosterDoubt.get()).times == 6
    (tmp_path / "clock").write_text(str(24 * 3600))
    await tap(phone, entry.code)
    assert await Report.all().count() == 2


async def test_beyond_ten_codes_a_day_a_township_gets_no_new_report_and_the_county_a_number(
    phone: Phone, entry: EntryCode, house: House
) -> None:
    codes = [entry.code] + [(await make_entry()).code for _ in range(MOST_A_DAY + 1)]
    answers = await asyncio.gather(*[tap(phone, code) for code in codes])
    assert {status for status, _ in answers} == {200}
    reports = await Report.all().order_by("submitted_at", "id")
    assert len(reports) == MOST_A_DAY
    words = [await words_in(report, house) for report in reports]
    assert ["只记次数" in said for said in words].count(True) == 1
    assert await PosterDoubt.all().count() == len(codes)
    await tap(phone, (await make_entry(WEST_VILLAGE)).code)
    assert await Report.all().count() == MOST_A_DAY + 1, "another township's walls are another matter"
    at = house.clock.now()
    today = at.astimezone(house.timezone).date()
    table = house.organisation.table
    (doubted,) = (await liveness_of(COUNTY, table=table, today=today, at=at)).doubted
    assert (doubted.place, doubted.day, doubted.codes) == ("东河镇", today, len(codes))
    assert not (await liveness_of("990102000000", table=table, today=today, at=at)).doubted


async def test_no_column_of_a_doubt_could_hold_a_person() -> None:
    assert set(PosterDoubt._meta.fields_map) == {"id", "entry", "entry_id", "day", "township", "times"}


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_a_page_elsewhere_taps_for_nobody(phone: Phone, entry: EntryCode) -> None:
    assert (await tap(phone, entry.code, **{"Sec-Fetch-Site": "cross-site"}))[0] == 403
    assert not await Report.exists()


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_codes_that_open_nothing_file_nothing(phone: Phone, entry: EntryCode) -> None:
    assert (await tap(phone, make()))[0] == 404
    assert (await tap(phone, "A" * 12))[0] == 404
    await EntryCode.filter(code=entry.code).update(status="retired")
    assert (await tap(phone, entry.code))[0] == 410
    assert not await Report.exists()


def test_words_are_two_different_ones_and_stay_what_they_are() -> None:
    codes = [make() for _ in range(3000)]
    told: Any = [words_of(code) for code in codes]
    assert all(len(set(words)) == 2 and set(words) <= set(WORDS) for words in told)
    assert len(set(told)) > 1500, "neighbours on a wall differ"
    assert words_of("ABCDEFGHJKGJ") == ("水鸭", "玉米")


def test_the_words_cannot_be_mixed_up() -> None:
    assert len(WORDS) == len(set(WORDS)) == 64
    assert all(len(word) == 2 for word in WORDS)
