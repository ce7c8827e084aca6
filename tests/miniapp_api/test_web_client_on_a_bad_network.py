"""/m/ on a line that cuts each request and each answer once, with buttons pressed twice: nothing lost or doubled."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from playwright.async_api import Page, expect

from casework.ask import ask
from casework.texts import RECTIFICATION_QUESTIONS
from models.attachment import Attachment
from models.entry_code import EntryCode
from models.liaison import Liaison
from models.liaison_task import LiaisonTask
from models.message import Message
from models.recusal_request import RecusalRequest
from models.report import Report
from models.survey import Survey, SurveyAnswer
from organisation.entry_codes import make
from organisation.house import House
from organisation.liaison_links import make_link
from tests.casework.conftest import viewer
from tests.casework.living import brought_to
from tests.factories import COUNTY, EAST_VILLAGE, bind_liaison, make_entry
from tests.miniapp_api.browsing import picture
from tests.miniapp_api.conftest import Phone
from tests.miniapp_api.dropping import Line, dropping
from tests.miniapp_api.test_liaisons_asked_and_finding import ask as ask_liaison

QUESTIONS = [
    {
        "key": "q1",
        "kind": "single",
        "label": "公开及时吗？",
        "options": ["及时", "不及时"],
        "is_required": True,
    },
    {
        "key": "q2",
        "kind": "several",
        "label": "想看什么？",
        "options": ["低保", "工程"],
        "is_required": False,
    },
    {"key": "q3", "kind": "text", "label": "还想说什么？", "options": [], "is_required": False},
]


@pytest.fixture
def world_name() -> str:
    """What a browser shows does not depend on the database."""
    return "sqlite"


@pytest.fixture
async def line(client: TestClient[Any, Any]) -> AsyncIterator[Line]:
    async with dropping(str(client.make_url("/"))) as opened:
        yield opened


async def survey(house: House, **more: Any) -> None:
    made: dict[str, Any] = {"region_id": COUNTY, "title": "村务公开满意度", "questions": QUESTIONS}
    await Survey.create(code=make(), made_at=house.clock.now(), **made | more)


async def test_a_questionnaire_is_counted_once(
    page: Page, line: Line, house: House, client: TestClient[Any, Any], tmp_path: Path
) -> None:
    await survey(house)
    here = f"{line.url}/m/?entry={(await make_entry(purpose='survey')).code}"
    await page.goto(here)
    await expect(page.get_by_role("heading", name="村务公开满意度")).to_be_focused()
    await expect(page.get_by_role("alert")).to_be_hidden()
    await page.get_by_label("不及时").check()
    await page.get_by_label("工程").check()
    await page.get_by_label("还想说什么？").fill("路灯")
    # sent and kept, but no answer comes; then the phone's browser throws the page away
    line.is_dead = True
    await page.get_by_role("button", name="交卷").dblclick()
    await expect(page.get_by_role("alert")).to_have_text("网络不通，请稍等一下再按一次。您写的内容还在。")
    await picture(page, tmp_path, "survey-dead")
    await page.goto("about:blank")
    await page.goto(here)
    await expect(page.get_by_role("alert")).to_contain_text("网络不通，没有取到。")
    await picture(page, tmp_path, "nothing-fetched")
    line.is_dead = False
    line.asked.clear()
    await page.get_by_role("button", name="再试一次").click()
    await expect(page.get_by_label("不及时")).to_be_checked()
    await expect(page.get_by_label("工程")).to_be_checked()
    await expect(page.get_by_label("还想说什么？")).to_have_value("路灯")
    await page.get_by_role("button", name="交卷").dblclick()
    await expect(page.get_by_text("谢谢您，已经收到")).to_be_visible()
    assert await SurveyAnswer.all().count() == 1
    # to the words and back: the survey is where it was
    await page.get_by_role("link", name="我要反映").click()
    await expect(page.get_by_label("您要说什么？")).to_be_visible()
    await page.go_back()
    await expect(page.get_by_text("谢谢您，已经收到")).to_be_visible()


async def test_what_was_put_right_is_rated_once(page: Page, line: Line, house: House) -> None:
    await survey(
        house,
        region_id=EAST_VILLAGE,
        area_id="education",
        is_rectification=True,
        title="村口路灯修好了",
        text="三盏路灯换了新的。",
        questions=RECTIFICATION_QUESTIONS,
    )
    entry = await make_entry(purpose="rate")
    line.is_good = True
    await page.goto(f"{line.url}/m/")
    line.is_good = False
    await page.route("**/api/v1/regions/**", lambda route: route.abort())
    await page.goto(f"{line.url}/m/?entry={entry.code}")
    await expect(page.get_by_role("alert")).to_contain_text("网络不通，没有取到。")
    await page.unroute("**/api/v1/regions/**")
    await page.get_by_role("button", name="再试一次").click()
    await page.get_by_role("button", name="评一评").dblclick()
    await expect(page.get_by_role("heading", name="村口路灯修好了")).to_be_focused()
    await page.get_by_role("radio", name="整改了一部分").check()
    await page.get_by_role("button", name="交卷").dblclick()
    await expect(page.get_by_text("谢谢您，已经收到")).to_be_visible()
    assert await SurveyAnswer.all().count() == 1


async def test_what_is_filed_waits_for_a_photo_that_is_on_its_way(
    page: Page, line: Line, entry: EntryCode, photo: bytes
) -> None:
    line.is_good = True
    await page.goto(f"{line.url}/m/?entry={entry.code}")
    await page.get_by_label("您要说什么？").fill("路灯")
    await page.get_by_label("不针对个人").check()
    await page.get_by_label("匿名提交").check()
    slow = asyncio.Event()

    async def wait(route: Any) -> None:
        await slow.wait()
        await route.continue_()

    await page.route("**/api/v1/attachments", wait)
    await page.set_input_files("#photo", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo})
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("还在上传")
    assert not await Report.exists()
    slow.set()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    assert await Attachment.filter(report_id=(await Report.get()).id).count() == 1


async def test_what_is_kept_and_the_guide(
    page: Page, line: Line, entry: EntryCode, photo: bytes, tmp_path: Path
) -> None:
    """Photos wait to be sent again; "mine" does not say that there is nothing; a phone is cleared without a network."""
    await page.goto(f"{line.url}/m/?entry={entry.code}")
    await page.get_by_label("您要说什么？").fill("路灯")
    await page.get_by_label("不针对个人").check()
    await page.get_by_label("匿名提交").check()
    line.is_dead = True
    await page.set_input_files("#photo", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo})
    await expect(page.get_by_role("alert")).to_contain_text("再传一次")
    await page.get_by_role("button", name="提交", exact=True).dblclick()
    await expect(page.get_by_role("alert")).to_contain_text("有照片或语音没有传上去")
    await picture(page, tmp_path, "photo-not-sent")
    line.is_dead = False
    line.asked.clear()
    await page.get_by_role("button", name=re.compile("再传一次")).dblclick()
    await expect(page.get_by_text("已添加 1 张照片")).to_be_visible()
    await page.get_by_role("button", name="提交", exact=True).dblclick()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    report = await Report.get()
    assert await Attachment.filter(report_id=report.id).count() == 1
    line.is_dead = True
    await page.get_by_role("link", name="我的").click()
    await expect(page.get_by_role("alert")).to_contain_text("网络不通，没有取到。")
    await expect(page.get_by_text("没有找到。")).to_be_hidden()
    await picture(page, tmp_path, "mine-dead")
    line.is_dead = False
    line.asked.clear()
    await page.get_by_role("button", name="再试一次").click()
    await expect(page.get_by_text("您名下的反映 1 件")).to_be_visible()
    await expect(page.locator("#mine button")).to_have_count(1)
    line.is_dead = True
    await page.get_by_role("link", name="隐私指引").click()
    await expect(page.get_by_role("alert")).to_contain_text("网络不通，没有取到。")
    line.is_dead = False
    await page.get_by_role("button", name="再试一次").click()
    await expect(page.get_by_role("heading", name="收集什么，为了什么")).to_be_visible()
    await page.get_by_role("link", name="我的").click()
    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
    await expect(page.locator("#mine button")).to_have_count(1)
    line.is_dead = True
    await page.get_by_role("button", name="清除这部手机上的记录").click()
    await expect(page.get_by_role("heading", name="已经清除")).to_be_visible()
    assert await page.evaluate("localStorage.length") == 0
    await expect(page.get_by_role("alert")).to_contain_text("没能告诉服务器")
    await picture(page, tmp_path, "cleared-dead")


async def test_what_a_reporter_does_later_is_done_once(
    page: Page, line: Line, phone: Phone, entry: EntryCode, house: House
) -> None:
    receipt = (await phone.file(entry.code)).body["receipt"]
    report = await Report.get()
    await ask(
        report.number,
        text="哪一年的事？",
        options="去年\n今年",
        by=await viewer(house, "t-east-a"),
        house=house,
    )
    await page.goto(f"{line.url}/m/#find")
    await page.get_by_label("回执码（16 位数字）").fill(receipt)
    await page.get_by_role("button", name="查询").dblclick()
    await page.get_by_label("今年").check()
    await page.get_by_role("button", name="回答", exact=True).dblclick()
    await expect(page.locator("#messages").get_by_text("回答：今年")).to_have_count(1)
    await page.get_by_text("请求有关人员回避").click()
    await page.get_by_label("谁、哪个单位不该接触").fill("请不要让他的亲戚经手")
    await page.get_by_role("button", name="提出请求").dblclick()
    await expect(page.locator("#messages").get_by_text("请不要让他的亲戚经手")).to_have_count(1)
    await brought_to("feedback", await Report.get(), house=house, kind="livelihood")
    await page.get_by_role("link", name="查回执").click()
    await page.get_by_label("回执码（16 位数字）").fill(receipt)
    await page.get_by_role("button", name="查询").dblclick()
    await page.get_by_label("完全解决").check()
    await page.get_by_role("button", name="提交评价").dblclick()
    await expect(page.get_by_role("alert")).to_contain_text("谢谢您的评价")
    said = await Message.filter(report_id=report.id, speaker="me").count()
    assert (said, await RecusalRequest.all().count(), (await Report.get()).rating) == (4, 1, "solved")


async def test_a_photo_that_is_added_later_is_neither_lost_nor_doubled(
    page: Page, line: Line, phone: Phone, entry: EntryCode, photo: bytes, tmp_path: Path
) -> None:
    receipt = (await phone.file(entry.code)).body["receipt"]
    await page.goto(f"{line.url}/m/#find")
    await page.get_by_label("回执码（16 位数字）").fill(receipt)
    await page.get_by_role("button", name="查询").click()
    await page.get_by_label("还要补充").fill("还是黑的")
    slow = asyncio.Event()

    async def wait(route: Any) -> None:
        await slow.wait()
        await route.abort()

    await page.route("**/api/v1/attachments", wait)
    await page.set_input_files("#more-photo", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo})
    await page.get_by_role("button", name="发送").click()
    await expect(page.get_by_role("alert")).to_contain_text("还在上传")
    slow.set()
    again = page.locator("#more-photos").get_by_role("button", name="再传一次")
    await expect(again).to_be_visible()
    await expect(page.locator("#messages").get_by_text("还是黑的")).to_have_count(0)
    await picture(page, tmp_path, "more-photo-dropped")
    await page.unroute("**/api/v1/attachments")
    await again.click()
    await page.get_by_role("button", name="发送").dblclick()
    await expect(page.get_by_role("alert")).to_contain_text("已经发送")
    await expect(page.locator("#messages").get_by_text("还是黑的")).to_have_count(1)
    await expect(page.locator("#messages img")).to_have_count(1)
    await expect(page.locator("#more-photos li")).to_have_count(0)
    assert await Attachment.all().count() == 1


async def test_a_liaison_answers_and_finds_once(
    page: Page, line: Line, phone: Phone, entry: EntryCode, house: House, photo: bytes
) -> None:
    chief = await Liaison.get(phone="13900000001")
    await bind_liaison(house, chief, openid="o-chief")
    filed = await phone.file(entry.code)
    report = await Report.get(number=filed.body["number"])
    await ask_liaison(house, report)
    line.is_dead = True
    await page.goto(f"{line.url}/m/liaison.html#{make_link(chief, at=house.clock.now(), house=house)}")
    await expect(page.get_by_role("alert")).to_contain_text("网络不通")
    line.is_dead = False
    await page.reload()
    await page.get_by_text("写答复").first.click()
    await page.locator("#tasks textarea").fill("去看过了")
    line.asked.clear()
    await page.locator("#tasks input[type=file]").set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    await expect(page.get_by_text("已添加 1 张照片")).to_be_visible()
    await page.get_by_role("button", name="交答复").dblclick()
    await expect(page.get_by_role("alert")).to_contain_text("已经交了")
    assert (await LiaisonTask.get()).answered_at is not None
    assert await Attachment.all().count() == 1


async def test_a_liaisons_finding_is_filed_once_with_the_photo_that_was_on_its_way(
    page: Page, line: Line, entry: EntryCode, house: House, photo: bytes
) -> None:
    chief = await Liaison.get(phone="13900000001")
    await bind_liaison(house, chief, openid="o-chief")
    await page.goto(f"{line.url}/m/liaison.html#{make_link(chief, at=house.clock.now(), house=house)}")
    await page.get_by_role("link", name="报发现").click()
    await page.get_by_label("发现了什么").fill("桥栏杆断了")
    await page.locator("#area").select_option(entry.area_id)
    picked = {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo}
    # nothing comes through: the photo waits for a tap, and nothing is filed without it
    line.is_dead = True
    await page.locator("#finding-form input[type=file]").set_input_files(picked)
    await page.get_by_role("button", name="报给乡镇").dblclick()
    await expect(page.get_by_role("alert")).to_contain_text("有照片没有传上去")
    assert await Report.all().count() == 0
    line.is_dead = False
    line.asked.clear()
    await page.get_by_role("button", name="再传一次").click()
    await expect(page.get_by_text("已添加 1 张照片")).to_be_visible()
    await page.get_by_role("button", name="报给乡镇").dblclick()
    await expect(page.locator("#done-receipt")).to_have_text(re.compile(r"(\d{4} ){3}\d{4}"))
    report = await Report.get()
    assert [one.report_id for one in await Attachment.all()] == [report.id]
    # the next one begins empty
    await page.get_by_role("link", name="报发现").click()
    await expect(page.locator("#finding-form .photos .hint")).to_contain_text("最多 9 张")
