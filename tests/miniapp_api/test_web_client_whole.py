"""/m/ as an old person meets it: a voice, a picked place, a network that drops, a phone that is not their own."""

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Page, Route, expect

from casework.texts import RECTIFICATION_QUESTIONS
from dossier.facts import details_of
from dossier.rows import report_key
from models.api_draft import ApiDraft
from models.api_session import ApiSession
from models.attachment import Attachment
from models.disclosure import Disclosure
from models.entry_code import EntryCode
from models.message import Message
from models.report import Report
from models.survey import Survey, SurveyAnswer
from organisation.entry_codes import make
from organisation.house import House
from surveys.keeping import make_survey
from tests.casework.living import brought_to
from tests.factories import COUNTY, EAST_VILLAGE, make_entry
from tests.miniapp_api.browsing import address, picture

WORDS = "渠道塌了三处没有修"
WIRE = 50_000


@pytest.fixture
def world_name() -> str:
    """What a browser shows does not depend on the database."""
    return "sqlite"


async def publish() -> None:
    await Disclosure.create(
        code="f-1",
        kind="fund",
        area_id="education",
        region_id=COUNTY,
        title="二〇二六年春季寄宿生生活补助",
        amount=4000,
        beneficiaries=[{"name": "王小明", "amount": 500}],
    )


async def fill(page: Page, *, level: str = "不针对个人") -> None:
    await page.get_by_label("您要说什么？").fill(WORDS)
    await page.get_by_label(level).check()
    await page.get_by_label("匿名提交").check()


async def test_all_that_can_be_said_is_filed(
    page: Page, client: TestClient[Any, Any], entry: EntryCode, house: House, photo: bytes, tmp_path: Path
) -> None:
    await publish()
    await page.goto(address(client, entry))
    await page.get_by_text("这里公开的政策、项目和资金").click()
    await expect(page.get_by_text("受益人：王*明 500")).to_be_visible()
    await picture(page, tmp_path, "published")
    await page.get_by_role("button", name="反映这件事").click()
    await expect(page.locator("#about-title")).to_have_text("二〇二六年春季寄宿生生活补助")
    await page.get_by_role("button", name="补贴资金有没有发到手？").click()
    await expect(page.get_by_label("您要说什么？")).to_have_value("补贴资金有没有发到手？ ")
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": photo} for n in range(10)]
    await page.set_input_files("#photo", files)
    await expect(page.get_by_role("alert")).to_contain_text("最多 9 张照片")
    await page.get_by_label("匿名提交").check()
    await page.get_by_role("button", name="说一段语音").click()
    await expect(page.get_by_text("熟人能听出您的声音")).to_be_visible()
    await page.get_by_role("button", name="知道了，开始录音").click()
    await expect(page.get_by_text("正在录音：1 秒")).to_be_visible()
    await page.get_by_role("button", name="说完了，停止").click()
    await expect(page.get_by_text("语音已添加")).to_be_visible()
    await page.get_by_text("在哪里、什么时候？").click()
    await expect(page.get_by_label("村（社区）", exact=True)).to_have_value(EAST_VILLAGE)
    await page.get_by_label("大约哪一天").fill("2026-01-31")
    await page.get_by_label("村干部").check()
    await picture(page, tmp_path, "said")
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    report = await Report.all().first()
    assert report is not None
    told = details_of(report, key=report_key(report, house=house))
    assert (told["disclosure"], told["occurred_on"]) == ("f-1", "2026-01-31")
    kinds = sorted([str(row.kind) for row in await Attachment.filter(report_id=report.id)])
    assert kinds == ["photo"] * 9 + ["voice"]
    voice = await Attachment.get(kind="voice")
    assert (voice.content_type, voice.seconds) in {("audio/wav", 2), ("audio/wav", 3)}


async def test_a_picked_group_and_the_phone_s_place(
    page: Page, client: TestClient[Any, Any], entry: EntryCode, house: House
) -> None:
    await page.context.grant_permissions(["geolocation"])
    await page.context.set_geolocation({"latitude": 30.25, "longitude": 120.17})
    await page.goto(address(client, entry))
    await fill(page)
    await page.get_by_text("在哪里、什么时候？").click()
    await page.get_by_label("乡镇（街道）", exact=True).select_option(label="西坪乡")
    await page.get_by_label("村（社区）", exact=True).select_option(label="石桥村")
    await page.get_by_role("button", name="用手机定位").click()
    await expect(page.get_by_text("已记下手机现在的位置")).to_be_visible()
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    report = await Report.all().first()
    assert report is not None
    told = details_of(report, key=report_key(report, house=house))["location"]
    assert told == {"latitude": 30.25, "longitude": 120.17, "label": "青川区西坪乡石桥村"}


async def test_a_place_that_comes_late_does_not_stand_where_another_was_picked(
    page: Page, client: TestClient[Any, Any], entry: EntryCode
) -> None:
    is_asked, may_come = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        is_asked.set()
        await may_come.wait()
        await route.continue_()

    own = f"/regions/{entry.region_id[:9]}000/children"
    await page.route(f"**{own}", late)
    await page.goto(address(client, entry))
    await page.get_by_text("在哪里、什么时候？").click()
    await is_asked.wait()
    await page.get_by_label("乡镇（街道）", exact=True).select_option(label="西坪乡")
    await expect(page.locator("#where-village option", has_text="石桥村")).to_have_count(1)
    async with page.expect_response(f"**{own}"):
        may_come.set()
    await page.wait_for_timeout(200)
    await expect(page.locator("#where-levels select")).to_have_count(3)
    await page.get_by_label("村（社区）", exact=True).select_option(label="石桥村")


async def test_a_draft_outlives_the_page(
    page: Page, client: TestClient[Any, Any], entry: EntryCode, photo: bytes
) -> None:
    await page.goto(address(client, entry))
    await fill(page, level="乡镇干部")
    await page.get_by_label("职务").fill("会计")
    await page.set_input_files("#photo", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo})
    await expect(page.get_by_text("没写完的内容已存好")).to_be_visible()
    assert await ApiDraft.all().count() == 1
    again = await page.context.new_page()
    await page.close()
    await again.goto(address(client, entry))
    await expect(again.get_by_label("您要说什么？")).to_have_value(WORDS)
    await expect(again.get_by_label("职务")).to_have_value("会计")
    await expect(again.locator("#photos img")).to_be_visible()
    # lost on the phone, it is still on the server
    await again.evaluate("localStorage.removeItem('m.draft')")
    await again.reload()
    await expect(again.get_by_label("您要说什么？")).to_have_value(WORDS)


async def test_a_cleared_phone_keeps_nothing(
    page: Page, client: TestClient[Any, Any], entry: EntryCode, tmp_path: Path
) -> None:
    await page.goto(address(client, entry))
    await fill(page)
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    receipt = str(await page.locator("#done-receipt").text_content())
    assert receipt
    await page.get_by_role("button", name="我抄好了，看进展").click()
    await page.get_by_role("link", name="我的").click()
    await expect(page.locator("#mine button")).to_contain_text("柳树村")
    await picture(page, tmp_path, "mine")
    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
    await page.get_by_role("button", name="清除这部手机上的记录").click()
    await expect(page.get_by_role("heading", name="已经清除")).to_be_visible()
    left = """(async () => JSON.stringify([localStorage, sessionStorage, document.cookie, location.href,
      await caches.keys(), await indexedDB.databases(), document.body.innerText]))()"""
    number = (await Report.all().first()).number  # type: ignore[union-attr]
    for _ in range(3):
        stored = await page.evaluate(left)
        for secret in (number, receipt, WORDS, entry.code, "柳树村"):
            assert secret not in stored
        if await page.evaluate("history.length") > 1:
            await page.go_back(wait_until="commit")
            await page.wait_for_timeout(200)
            stored = await page.evaluate("JSON.stringify([localStorage, document.body.innerText])")
            assert number not in stored and WORDS not in stored and receipt not in stored
            await page.goto(str(client.make_url("/m/#cleared")))
    now = datetime.now(UTC)
    assert all(row.expires_at <= now for row in await ApiSession.filter(role="anonymous"))
    assert not (await Report.get()).reporter_index, "nor does the server know whose it was"


async def test_a_report_that_comes_late_takes_nobody_away_from_what_they_opened_since(
    page: Page, client: TestClient[Any, Any], entry: EntryCode
) -> None:
    is_asked, may_come = asyncio.Event(), asyncio.Event()

    async def late(route: Route) -> None:
        is_asked.set()
        await may_come.wait()
        await route.continue_()

    await page.goto(address(client, entry))
    await fill(page)
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    number = await page.locator("#done-number").text_content()
    await page.route(f"**/reports/{number}", late)
    await page.get_by_role("button", name="我抄好了，看进展").click()
    await is_asked.wait()
    await page.get_by_role("link", name="我的").click()
    await expect(page.get_by_role("heading", name="我的")).to_be_visible()
    async with page.expect_response(f"**/reports/{number}"):
        may_come.set()
    await page.wait_for_timeout(200)
    await expect(page.get_by_role("heading", name="我的")).to_be_visible()


async def test_tapped_twice_it_is_filed_once(
    page: Page, client: TestClient[Any, Any], entry: EntryCode
) -> None:
    await page.goto(address(client, entry))
    await fill(page)
    await page.get_by_role("button", name="提交", exact=True).dblclick()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    await page.wait_for_timeout(300)
    assert await Report.all().count() == 1


async def test_a_page_that_died_after_sending_files_once(
    page: Page, client: TestClient[Any, Any], entry: EntryCode
) -> None:
    await page.goto(address(client, entry))
    await fill(page)

    async def lose(route: Any) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/api/v1/reports", lose)
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("网络不好，正在再试")
    await page.unroute("**/api/v1/reports")
    await page.reload()
    await expect(page.get_by_label("您要说什么？")).to_have_value(WORDS)
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    assert await Report.all().count() == 1


async def test_a_network_that_drops_every_other_answer(
    page: Page, client: TestClient[Any, Any], entry: EntryCode, photo: bytes
) -> None:
    count = 0

    async def drop(route: Any) -> None:
        nonlocal count
        count += 1
        if count % 2:
            await (route.fetch() if count % 4 == 1 else asyncio.sleep(0))
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/api/v1/**", drop)
    await page.goto(address(client, entry))
    await fill(page)
    await page.set_input_files("#photo", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo})
    await expect(page.locator("#photos img")).to_be_visible(timeout=15_000)
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible(timeout=20_000)
    assert await Report.all().count() == await Attachment.all().count() == 1


async def test_following_up_while_answers_are_lost(
    page: Page, client: TestClient[Any, Any], entry: EntryCode, house: House, tmp_path: Path
) -> None:
    """Everything a reporter does later, each at least twice: pressed twice, or again after its answer was lost."""
    await page.goto(address(client, entry))
    await fill(page)
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    receipt = str(await page.locator("#done-receipt").text_content())
    await brought_to("feedback", await Report.get(), house=house, kind="livelihood")

    async def lose(route: Any) -> None:
        await (route.continue_() if route.request.method == "GET" else route.fetch())
        if route.request.method != "GET":
            await route.abort()

    await page.get_by_role("link", name="查回执").click()
    await page.get_by_label("回执码（16 位数字）").fill(receipt)
    await page.get_by_role("button", name="查询").dblclick()
    await expect(page.get_by_role("heading", name=re.compile("结果已经反馈"))).to_be_visible()
    await page.get_by_label("还要补充").fill("还是黑的")
    await page.route("**/api/v1/reports/**", lose)
    await page.get_by_role("button", name="发送").click()
    await expect(page.get_by_role("alert")).to_contain_text("网络不通")
    await page.unroute("**/api/v1/reports/**")
    await expect(page.get_by_label("还要补充")).to_have_value("还是黑的")
    await page.get_by_role("button", name="发送").dblclick()
    await expect(page.get_by_role("alert")).to_contain_text("已经发送")
    await expect(page.locator("#messages").get_by_text("还是黑的")).to_have_count(1)
    await page.get_by_text("担心被打击报复？").click()
    await page.get_by_label("发生了什么，您担心什么").fill("有人打听")
    await page.get_by_role("button", name="请求保护").dblclick()
    await expect(page.locator("#messages").get_by_text("有人打听")).to_have_count(1)
    await picture(page, tmp_path, "followed")
    await page.get_by_label("未解决").check()
    await page.get_by_role("button", name="提交评价").dblclick()
    await expect(page.get_by_role("heading", name=re.compile("已经受理"))).to_be_visible()
    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.accept()))
    await page.get_by_role("button", name="申请撤回").click()
    await expect(page.get_by_role("heading", name=re.compile("申请撤回"))).to_be_visible()
    report = await Report.get()
    assert (report.is_withdrawn, str(report.status), report.protection_asked_at is None) == (
        True,
        "accepted",
        False,
    )
    assert await Message.filter(report_id=report.id, speaker="me").count() == 4


async def test_on_a_2g_network_it_opens_and_is_small(
    page: Page, client: TestClient[Any, Any], entry: EntryCode
) -> None:
    await publish()
    cdp = await page.context.new_cdp_session(page)
    received = 0

    def count(event: dict[str, Any]) -> None:
        nonlocal received
        received += int(event["encodedDataLength"])

    cdp.on("Network.loadingFinished", count)
    await cdp.send("Network.enable")
    slow = {"offline": False, "latency": 300, "downloadThroughput": 30_000, "uploadThroughput": 10_000}
    await cdp.send("Network.emulateNetworkConditions", slow)
    await page.goto(address(client, entry))
    await expect(page.locator("#place")).to_have_text("青川区东河镇柳树村", timeout=10_000)
    assert 0 < received < WIRE / 2
    await fill(page)
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible(timeout=15_000)


async def test_the_back_button_goes_back_one_page(
    page: Page, client: TestClient[Any, Any], entry: EntryCode
) -> None:
    await page.goto(address(client, entry))
    await fill(page)
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    receipt = await page.locator("#done-receipt").text_content()
    # gone back before it was copied
    await page.go_back()
    await expect(page.get_by_role("alert")).to_contain_text("回执码还没有抄下来？")
    await expect(page.get_by_role("alert")).to_be_in_viewport()
    await page.get_by_role("button", name="看回执码").click()
    await expect(page.locator("#done-receipt")).to_have_text(receipt or "-")
    await page.get_by_role("button", name="我抄好了，看进展").click()
    await page.get_by_role("link", name="我的").click()
    await page.locator("#mine button").click()
    await expect(page.get_by_role("heading", name=re.compile("已经收到"))).to_be_visible()
    await page.go_back()
    await expect(page.get_by_role("heading", name="我的", exact=True)).to_be_visible()
    await page.go_forward()
    await expect(page.get_by_role("heading", name=re.compile("已经收到"))).to_be_visible()


async def test_each_code_asks_only_what_it_needs(
    page: Page, client: TestClient[Any, Any], entry: EntryCode
) -> None:
    heads = {"suggest": "提意见建议", "conduct": "反映纪检监察干部作风", "rate": "评价整改"}
    for purpose, head in heads.items():
        await page.goto("about:blank")
        await page.goto(address(client, await make_entry(purpose=purpose)))
        await expect(page.get_by_role("heading", name=head)).to_be_visible()
        await expect(page.locator("#level")).to_be_hidden()
        if purpose == "rate":
            await page.get_by_label("没有整改").check()
        else:
            await page.get_by_label("您要说什么？").fill(WORDS)
        await page.get_by_label("匿名提交").check()
        await page.get_by_role("button", name="提交", exact=True).click()
        await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
        report = await Report.get(purpose=purpose)
        assert str(report.level) == ("discipline" if purpose == "conduct" else "none")


async def test_a_survey_is_filled_in(
    page: Page, client: TestClient[Any, Any], house: House, tmp_path: Path
) -> None:
    written = (
        "*单选 公开及时吗？ | 及时 | 不及时\n多选 想看什么？ | 低保 | 工程\n打分 打几分？\n文字 还想说什么？"
    )
    await make_survey(
        title="村务公开满意度",
        text="",
        region=COUNTY,
        written=written,
        is_once=True,
        county=COUNTY,
        by="staff:1",
        house=house,
        check=None,
    )
    await page.goto(address(client, await make_entry(purpose="survey")))
    await expect(page.get_by_role("heading", name="村务公开满意度")).to_be_focused()
    await page.get_by_role("button", name="交卷").click()
    await expect(page.get_by_role("alert")).to_contain_text("公开及时吗？")
    await page.get_by_label("不及时").check()
    await page.get_by_label("工程").check()
    await page.get_by_label("4 分").check()
    await page.get_by_label("还想说什么？").fill("路灯")
    await picture(page, tmp_path, "survey")
    script = Path(AXE_FILE_PATH).read_text()
    found = await page.evaluate(f"(async () => {{ {script}; return (await axe.run()).violations; }})()")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    await page.get_by_role("button", name="交卷").click()
    await expect(page.get_by_text("谢谢您，已经收到")).to_be_visible()
    assert await SurveyAnswer.all().count() == 1


async def test_what_was_put_right_is_rated(
    page: Page, client: TestClient[Any, Any], house: House, tmp_path: Path
) -> None:
    await Survey.create(
        code=make(),
        region_id=EAST_VILLAGE,
        area_id="education",
        is_rectification=True,
        title="村口路灯修好了",
        text="三盏路灯换了新的，每月查一次。",
        questions=RECTIFICATION_QUESTIONS,
        made_at=house.clock.now(),
    )
    await page.goto(address(client, await make_entry(purpose="rate")))
    await expect(page.get_by_role("heading", name="评价整改")).to_be_visible()
    await expect(page.get_by_text("三盏路灯换了新的")).to_be_visible()
    await expect(page.locator("#rated")).to_be_hidden()
    await picture(page, tmp_path, "rectified")
    await page.get_by_role("button", name="评一评").click()
    await expect(page.get_by_role("heading", name="村口路灯修好了")).to_be_focused()
    await page.go_back()
    await expect(page.get_by_role("heading", name="评价整改")).to_be_visible()
    await page.get_by_role("button", name="评一评").click()
    await page.get_by_role("radio", name="整改了一部分").check()
    await picture(page, tmp_path, "rating")
    script = Path(AXE_FILE_PATH).read_text()
    found = await page.evaluate(f"(async () => {{ {script}; return (await axe.run()).violations; }})()")
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    await page.get_by_role("button", name="交卷").click()
    await expect(page.get_by_text("谢谢您，已经收到")).to_be_visible()
    assert await SurveyAnswer.all().count() == 1


async def test_axe_finds_nothing_on_any_page(
    page: Page, client: TestClient[Any, Any], entry: EntryCode, photo: bytes, tmp_path: Path
) -> None:
    await publish()
    script = Path(AXE_FILE_PATH).read_text()

    async def looked_at(name: str) -> None:
        found = await page.evaluate(f"(async () => {{ {script}; return (await axe.run()).violations; }})()")
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == [], name

    await page.goto(address(client, entry))
    await fill(page, level="村干部")
    await page.set_input_files("#photo", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo})
    await expect(page.locator("#photos img")).to_be_visible()
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    await expect(page.get_by_label("村（社区）", exact=True)).to_be_visible()
    await page.get_by_role("button", name="说一段语音").click()
    await expect(page.get_by_text("熟人能听出您的声音")).to_be_visible()
    await looked_at("say")
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    await looked_at("done")
    await page.get_by_role("button", name="我抄好了，看进展").click()
    await expect(page.locator("#messages img")).to_be_visible()
    await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    await looked_at("report")
    await page.get_by_role("link", name="我的").click()
    await expect(page.locator("#mine button")).to_be_visible()
    await looked_at("mine")
    await page.get_by_role("link", name="隐私指引").click()
    await expect(page.get_by_role("heading", name="收集什么，为了什么")).to_be_visible()
    await looked_at("privacy")
    await picture(page, tmp_path, "privacy")
    await page.go_back()
    await expect(page.get_by_role("heading", name="我的", exact=True)).to_be_visible()
