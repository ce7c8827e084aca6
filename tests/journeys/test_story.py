"""A villager scans, tells and gets a receipt; exactly the right people see it; staff answer; the villager reads it."""

import asyncio
import csv
import io
import time
from typing import Any

import pytest
from PIL import Image

from tests.conftest import SAMPLE
from tests.journeys.people import STAFF, Camera, Office, Phone, found
from tests.journeys.system import System

VILLAGE = "990121101201"
GPS_IFD = 0x8825
REPLY = "您好，路灯已经报修，三天内装好。"
# the form keeps a reply back for two minutes, unless told not to
HELD_SECONDS = 121
LATER_REPLY = "路灯装好了，请您晚上看看亮不亮，还有问题就直接告诉我们。"


def chief() -> dict[str, str]:
    liaisons = csv.DictReader((SAMPLE / "liaisons.csv").read_text("utf-8-sig").splitlines())
    return next(each for each in liaisons if (each["village_code"], each["role"]) == (VILLAGE, "chief"))


async def bind(system: System, person: dict[str, str]) -> str:
    """Through the chat, as in life; answers the openid."""
    phone = system.standin.add_person()
    await system.standin.follow(phone.openid)
    system.rotate()
    push = await system.standin.say(phone.openid, f"绑定 {person['phone']} {person['bind_code']}")
    assert push.reply and "绑定成功" in push.reply["Content"], push
    return str(phone.openid)


def alerts(system: System, openid: str) -> list[dict[str, str]]:
    """The template messages somebody's phone shows, each by its printed labels."""
    chat = system.standin.people.get(openid).chat
    shown = [bubble.content for bubble in chat if bubble.kind == "template"]
    return [{each["label"]: each["value"] for each in content["fields"]} for content in shown]


async def within_20_seconds(system: System, openid: str, *, count: int) -> list[dict[str, str]]:
    until = time.monotonic() + 20
    while time.monotonic() < until and len(alerts(system, openid)) < count:
        await asyncio.sleep(0.1)
    assert len(alerts(system, openid)) == count
    return alerts(system, openid)


@pytest.mark.timeout(300)
async def test_from_the_poster_to_the_answer(system: System, browser: Any) -> None:
    camera = Camera(system)
    codes = await system.codes(region=VILLAGE)
    system.standin.posters = [
        {"code": each["code"], "label": f"柳溪头村 · {each['area_code']}", "url": each["url"]}
        for each in codes
    ]
    chief_openid = await bind(system, chief())
    handler_openid = await bind(system, STAFF["hetang-1"])
    other_openid = await bind(system, STAFF["shigu-1"])

    phone = await Phone.new(browser, system)
    await camera.take(phone.page, "1-before")
    code = next(each["code"] for each in codes if each["area_code"] == "civil")
    here = await phone.scan_and_follow(code)
    assert "柳溪头村" in here and "民政" in here and "可以匿名" in here
    await camera.take(phone.page, "2-scanned")
    assert "一共1条" in await phone.say("村口的路灯坏了半年没人修，老人晚上摔过跤")
    assert "一共2条" in await phone.send_sample_photo()
    assert "6 不针对个人" in await phone.say("1")
    assert "1 匿名提交" in await phone.say("不针对个人")
    filed = await phone.say("1")
    number = found(r"编号：(\w{10})\b", filed)
    receipt = found(r"回执码：(\d{4} \d{4} \d{4} \d{4})", filed)
    await camera.take(phone.page, "3-filed")

    (alert,) = await within_20_seconds(system, chief_openid, count=1)
    assert set(alert) == {"地点", "领域", "时间"}
    assert "柳溪头村" in alert["地点"] and alert["领域"] == "民政"
    assert await within_20_seconds(system, handler_openid, count=1) == [alert]

    office = await Office.signed_in(browser, system, "hetang-1")
    assert [await office.numbers(at=address) for address in system.web] == [[number]] * len(system.web)
    await camera.take(office.page, "4-inbox")
    assert await office.open(number) == 200
    photo = await office.photo_bytes()
    assert b"Exif" not in photo and not Image.open(io.BytesIO(photo)).getexif().get_ifd(GPS_IFD)
    assert "村口的路灯坏了半年没人修" in await office.page.inner_text("main")
    await camera.take(office.page, "5-report")
    await camera.take(office.page, "5-report-whole", whole=True)
    for username in ("shigu-1", "lc-letters-1", "operator"):
        stranger = await Office.signed_in(browser, system, username)
        assert number not in await stranger.numbers()
        assert [await stranger.open(number, at=address) for address in system.web] == [404] * len(system.web)
        assert "路灯" not in await stranger.page.inner_text("body")
        await camera.take(stranger.page, f"6-{username}")

    await about_a_village_cadre(system, code=code, handler_openid=handler_openid)
    assert alerts(system, chief_openid) == [alert]
    assert alerts(system, other_openid) == []

    await office.open(number)
    await office.accept("livelihood")
    await office.reply(REPLY)
    system.standin.clock.advance(HELD_SECONDS)
    await phone.receives("custom", holding=REPLY)
    await camera.take(phone.page, "7-answered")
    await camera.take(office.page, "7-replied", whole=True)
    assert "回执码" in await phone.say("查询")
    progress = await phone.say(receipt)
    assert number in progress and "已受理" in progress and REPLY in progress

    system.standin.clock.advance(49 * 3600)
    later = await Office.signed_in(browser, system, "hetang-1")
    await later.open(number)
    await later.reply(LATER_REPLY)
    system.standin.clock.advance(HELD_SECONDS)
    notice = await phone.receives("template", holding=number)
    assert LATER_REPLY not in notice and "路灯" not in notice
    await phone.say("查询")
    assert LATER_REPLY in await phone.say(receipt)
    await camera.take(phone.page, "8-after-two-days")
    await camera.take(later.page, "8-after-two-days-office", whole=True)
    assert len(alerts(system, chief_openid)) == 1
    assert phone.page.troubles == [] == office.page.troubles == later.page.troubles
    nothing_said_stands_in_the_logs(system, receipt=receipt, openids=[phone.openid, chief_openid])


async def about_a_village_cadre(system: System, *, code: str, handler_openid: str) -> None:
    """A second villager's report about a person: the township is told, the liaison is not."""
    person = system.standin.add_person()
    system.rotate()
    await system.standin.scan(person.openid, code)
    for words in ("低保名单里有村干部的亲戚", "提交", "村干部", "匿名提交"):
        system.rotate()
        push = await system.standin.say(person.openid, words)
    assert push.reply and "回执码：" in push.reply["Content"], push
    await within_20_seconds(system, handler_openid, count=2)
    # the liaison's alert would have been written in the same transaction and carried beside this one
    await asyncio.sleep(2)


def nothing_said_stands_in_the_logs(system: System, *, receipt: str, openids: list[str]) -> None:
    logs = system.logs()
    secrets = ["路灯", "低保", REPLY[:6], receipt, receipt.replace(" ", ""), "mashang-demo-1", *openids]
    assert [secret for secret in secrets if secret in logs] == []
