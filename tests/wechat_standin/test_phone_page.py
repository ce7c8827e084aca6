"""The phone in the browser, as a person uses it."""

from __future__ import annotations

import shutil

import pytest

from tests.waiting import until

playwright = pytest.importorskip("playwright.async_api")
CHROMIUM = shutil.which("chromium")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]
POSTER = {
    "code": "23456789ABCD",
    "label": "青石村 · 民政",
    "url": "http://127.0.0.1:9/s/23456789ABCD",
}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture
async def page(standin):
    async with playwright.async_playwright() as driver:
        browser = await driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        context = await browser.new_context(viewport={"width": 1366, "height": 768})
        made = await context.new_page()
        made.set_default_timeout(20_000)
        made.troubles = []
        made.on("pageerror", lambda error: made.troubles.append(str(error)))
        made.on("console", lambda line: made.troubles.append(line.text) if line.type == "error" else None)
        yield made
        assert made.troubles == []
        await browser.close()


async def test_a_villager_scans_follows_and_talks(standin, api, account, page) -> None:
    standin.posters = [POSTER]
    standin.menu = [{"type": "click", "name": "查询进度", "key": "query"}]
    account.answer = {
        "MsgType": "text",
        "Content": "您好，看 http://127.0.0.1:9/x 或<a href='javascript:1'>这里</a>",
    }
    await page.goto(standin.public_url)
    await page.wait_for_selector("body[data-ready=yes]")
    assert await page.is_disabled("#text")
    await page.select_option("#poster-select", POSTER["code"])
    await page.click("#scan")
    await page.click("#follow")
    answer = page.locator(".bubble[data-from=account][data-kind=passive]")
    await answer.first.wait_for()
    assert account.got[0]["EventKey"] == "qrscene_23456789ABCD"
    assert await answer.locator("a[href]").all_inner_texts() == ["http://127.0.0.1:9/x"]
    account.answer = None
    await page.fill("#text", "<b>路灯坏了</b>")
    await page.click("#send")
    mine = page.locator(".bubble[data-from=me][data-kind=me]")
    await mine.first.wait_for()
    assert await mine.first.inner_text() == "<b>路灯坏了</b>"
    await page.click("#sample-photo")
    await page.click("#voice")
    await page.select_option("#place", "0")
    await page.click("#menu button")
    await page.fill("#poster-link", POSTER["url"])
    await page.click("#scan")
    await page.locator(".notice", has_text="你扫描了二维码").wait_for()
    # the page shows what was done before the account is told
    await until(lambda: len(account.got) == 7)
    kinds = [each.get("Event") or each["MsgType"] for each in account.got[1:]]
    assert sorted(kinds) == sorted(["text", "image", "voice", "location", "CLICK", "SCAN"])


async def test_messages_of_the_account_arrive_live_and_are_marked(standin, api, account, page) -> None:
    person = standin.add_person("李婶")
    await standin.follow(person.openid)
    await page.goto(f"{standin.public_url}/?openid={person.openid}")
    await page.wait_for_selector("body[data-ready=yes]")
    await standin.say(person.openid, "喂")
    assert await api.custom(person.openid, "已受理") == 0
    await page.locator(".bubble[data-kind=custom]", has_text="已受理").wait_for()
    await api.template(person.openid, {"thing1": "青石村"})
    await page.locator(".bubble[data-kind=template]", has_text="青石村").wait_for()
    menu = {"head_content": "满意吗？", "list": [{"id": "1", "content": "完全解决"}], "tail_content": ""}
    body = {"touser": person.openid, "msgtype": "msgmenu", "msgmenu": menu}
    await api.post("/cgi-bin/message/custom/send", body, access_token=await api.token())
    await page.click(".tap")
    await page.locator(".bubble[data-kind=me]", has_text="完全解决").wait_for()
    assert standin.record.pushes_to(person.openid)[-1].fields["bizmsgmenuid"] == "1"


async def test_two_people_in_two_tabs_and_a_code_of_the_platforms_own(standin, api, account, page) -> None:
    await page.goto(f"{standin.public_url}/?new=1")
    await page.wait_for_selector("body[data-ready=yes]")
    made = await api.post(
        "/cgi-bin/qrcode/create",
        {"action_name": "QR_STR_SCENE", "action_info": {"scene": {"scene_str": "23456789ABCD"}}},
        access_token=await api.token(),
    )
    other = await page.context.new_page()
    await other.goto(made["url"])
    await other.click("#new-person")
    await other.fill("#poster-link", made["url"])
    await other.click("#scan")
    await other.click("#follow")
    await other.locator(".notice", has_text="关注了该公众号").wait_for()
    await until(lambda: account.got)
    assert [each.following for each in standin.people.all()] == [False, True]
    assert account.got[-1]["Ticket"] == made["ticket"]
    await other.close()


async def test_on_a_small_screen_nothing_hangs_over_the_edge(standin, page) -> None:
    person = standin.add_person("王大姐")
    await standin.follow(person.openid)
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(f"{standin.public_url}/?openid={person.openid}")
    await page.wait_for_selector("body[data-ready=yes]")
    assert await page.evaluate("document.documentElement.scrollWidth") == 360
    await page.click("#more")
    await page.click("#sample-photo")
    await page.locator(".bubble[data-type=image] img").wait_for()
    await page.click("#open-posters")
    assert await page.is_visible("#scan")
