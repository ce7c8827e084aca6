"""A villager's way through /m/ in a real browser the size of a cheap phone, by finger and by keyboard."""

import re
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient
from playwright.async_api import Page, expect

from casework.ask import ask
from dossier.rows import keep_message
from models.choices import Speaker
from models.entry_code import EntryCode
from models.report import Report
from organisation.house import House
from organisation.receipts import is_valid
from tests.casework.conftest import viewer
from tests.miniapp_api.browsing import address, picture


async def test_from_scan_to_answer(
    page: Page, client: TestClient[Any, Any], entry: EntryCode, house: House, photo: bytes, tmp_path: Path
) -> None:
    await page.goto(address(client, entry))
    await expect(page.get_by_role("heading", name="反映问题")).to_be_focused()
    await expect(page.locator("#place")).to_have_text("青川区东河镇柳树村")
    await page.get_by_label("您要说什么？").fill("学校收了钱没有给票")
    await page.set_input_files("#photo", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo})
    await expect(page.get_by_text("已添加 1 张照片")).to_be_visible()
    await page.get_by_label("村干部").check()
    await page.get_by_label("职务").fill("会计")
    await page.get_by_label("匿名提交").check()
    await picture(page, tmp_path, "say")
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    receipt = str(await page.locator("#done-receipt").text_content())
    assert re.fullmatch(r"(\d{4} ){3}\d{4}", receipt) and is_valid(receipt.replace(" ", ""))
    await picture(page, tmp_path, "done")
    stored = await page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert "学校" not in stored and receipt.replace(" ", "") not in stored
    report = await Report.all().first()
    assert report is not None and report.subject_post_index is not None and not report.is_named
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    await keep_message(report, key=key, text="已请学校说明", speaker=Speaker.STAFF, at=house.clock.now())

    await ask(
        report.number,
        text="哪一年的事？",
        options="去年\n今年",
        by=await viewer(house, "t-east-a"),
        house=house,
    )

    await page.reload()
    await page.get_by_role("link", name="查回执").click()
    await picture(page, tmp_path, "find")
    await page.get_by_label("回执码（16 位数字）").fill(receipt)
    await page.get_by_role("button", name="查询").click()
    await expect(page.get_by_text("已请学校说明")).to_be_visible()
    await expect(page.locator("#messages img")).to_be_visible()
    await picture(page, tmp_path, "asked")
    await page.get_by_label("今年").check()
    await page.get_by_role("button", name="回答", exact=True).click()
    await expect(page.locator("#messages").get_by_text("回答：今年")).to_be_visible()
    await expect(page.locator("#question-form")).to_be_hidden()
    await page.get_by_label("还要补充").fill("还有一件")
    await page.get_by_role("button", name="发送").click()
    await expect(page.locator("#messages").get_by_text("还有一件")).to_be_visible()
    await page.get_by_text("请求有关人员回避").click()
    await page.get_by_label("谁、哪个单位不该接触").fill("赵a是他女婿")
    await page.get_by_role("button", name="提出请求").click()
    await expect(page.locator("#messages").get_by_text("赵a是他女婿")).to_be_visible()
    await picture(page, tmp_path, "report")


async def test_it_can_be_done_without_a_mouse(
    page: Page, client: TestClient[Any, Any], entry: EntryCode
) -> None:
    await page.goto(address(client, entry))
    await expect(page.locator("#place")).to_have_text("青川区东河镇柳树村")
    await page.get_by_label("您要说什么？").focus()
    await page.keyboard.type("路坏了")
    for keys in (
        ["Tab"],  # photos
        ["Tab"],  # a voice
        ["Tab", "Space", "ArrowUp", "ArrowUp"],
        ["Tab", "Space"],
        ["Tab"],  # where and when
        ["Tab"],  # whom to avoid
        ["Tab", "Enter"],
    ):
        for key in keys:
            await page.keyboard.press(key)
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    report = await Report.all().first()
    assert report is not None and str(report.level) == "none"


async def test_what_is_missing_is_said_where_it_is(
    page: Page, client: TestClient[Any, Any], entry: EntryCode
) -> None:
    await page.goto(address(client, entry))
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("请先写几句话")
    await expect(page.get_by_label("您要说什么？")).to_be_focused()
    await page.get_by_label("您要说什么？").fill("x")
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("alert")).to_contain_text("反映的是谁")
    await page.get_by_label("说不清").check()
    await page.get_by_label("实名提交").check()
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_label("您的姓名")).to_be_focused()
    # said where it is, and what only the server knows too
    await expect(page.locator("#alert + label")).to_have_text("您的姓名")
    await page.get_by_label("您的姓名").fill("王大有")
    await page.get_by_label("您的电话").fill("123")
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_label("您的电话")).to_be_focused()
    await expect(page.locator("#alert + label")).to_have_text("您的电话")
    await page.reload()
    await expect(page.get_by_label("您要说什么？")).to_have_value("x")


async def test_a_lost_answer_files_once(page: Page, client: TestClient[Any, Any], entry: EntryCode) -> None:
    await page.goto(address(client, entry))
    await page.get_by_label("您要说什么？").fill("x")
    await page.get_by_label("不针对个人").check()
    await page.get_by_label("匿名提交").check()
    lost = []

    async def lose(route: Any) -> None:
        if lost:
            await route.continue_()
            return
        lost.append(await route.fetch())
        await route.abort()

    await page.route("**/api/v1/reports", lose)
    await page.get_by_role("button", name="提交", exact=True).click()
    await expect(page.get_by_role("heading", name="已经提交")).to_be_visible()
    assert await Report.all().count() == 1


async def test_without_a_code_one_is_asked_for(
    page: Page, client: TestClient[Any, Any], entry: EntryCode, tmp_path: Path
) -> None:
    await page.goto(address(client))
    await page.get_by_label("码（12 个字母和数字）").fill("wrong")
    await picture(page, tmp_path, "code")
    await page.get_by_role("button", name="下一步").click()
    await expect(page.get_by_role("alert")).to_contain_text("没有这个码")
    await page.get_by_label("码（12 个字母和数字）").fill(entry.code.lower())
    await page.get_by_role("button", name="下一步").click()
    await expect(page.locator("#area")).to_have_text("教育")


async def test_axe_finds_nothing(page: Page, client: TestClient[Any, Any], entry: EntryCode) -> None:
    from axe_playwright_python.base import AXE_FILE_PATH

    script = Path(AXE_FILE_PATH).read_text()
    for where in (address(client, entry), address(client), address(client) + "#find"):
        await page.goto("about:blank")
        await page.goto(where)
        await expect(page.locator("main section:visible h1")).to_be_visible()
        found = await page.evaluate(f"(async () => {{ {script}; return (await axe.run()).violations; }})()")
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
