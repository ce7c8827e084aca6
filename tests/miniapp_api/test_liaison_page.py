"""/m/liaison.html: by a link from the chat a liaison reads tasks, answers, files findings, reads what is public."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.async_api import Page, expect

from models.attachment import Attachment
from models.disclosure import Disclosure
from models.entry_code import EntryCode
from models.liaison import Liaison
from models.liaison_task import LiaisonTask
from models.report import Report
from organisation.credentials import account_index
from organisation.house import House
from organisation.liaison_links import make_link
from tests.conftest import World
from tests.factories import EAST_VILLAGE, bind_liaison
from tests.miniapp_api.browsing import picture
from tests.miniapp_api.conftest import Phone
from tests.miniapp_api.test_liaisons_asked_and_finding import ASKED, SAID, ask

SECRETS = ("低保", "支书")


@pytest.fixture
def world_name() -> str:
    """What a browser shows does not depend on the database."""
    return "sqlite"


@pytest.fixture
async def chief(client: TestClient[Any, Any], house: House) -> Liaison:
    liaison = await Liaison.get(phone="13900000001")
    await bind_liaison(house, liaison, openid="o-chief")
    return liaison


@pytest.fixture
async def report(phone: Phone, entry: EntryCode) -> Report:
    filed = await phone.file(entry.code, text=SAID, level="village")
    return await Report.get(number=filed.body["number"])


async def entered(phone: Phone, link: str) -> Phone:
    answer = await phone.post("/liaison/sessions", {"link": link})
    assert answer.status == 201, answer.body
    return Phone(phone.client, token=answer.body["token"])


async def test_a_link_opens_for_half_an_hour_and_ends_with_the_binding(
    chief: Liaison, phone: Phone, house: House, world: World
) -> None:
    now = house.clock.now()
    link = make_link(chief, at=now, house=house)
    theirs = await entered(phone, link)
    me = (await theirs.get("/liaison/me")).body
    assert (me["name"], me["role"], me["region"]["code"]) == ("何长河", "chief", EAST_VILLAGE)
    assert (await phone.get("/liaison/me")).status == 403
    who, until, signature = link.split(".")
    other = await Liaison.get(phone="13900000002")
    await bind_liaison(house, other, openid="o-deputy")
    wrong = [
        f"{other.id}.{until}.{signature}",
        f"{who}.{int(until) + 1}.{signature}",
        f"{who}.{until}.",
        "x",
        "1.2.3",
        f"99.{until}.{signature}",
        f"²²²²²²²².{until}.{signature}",
    ]
    for each in wrong:
        refused = await phone.post("/liaison/sessions", {"link": each})
        assert refused.status == 410 and refused.body["type"].endswith("link-over"), each
    await Liaison.filter(id=chief.id).update(openid_index=account_index("o-new", vault=house.vault))
    assert (await phone.post("/liaison/sessions", {"link": link})).status == 410
    assert (await theirs.get("/liaison/me")).status == 403
    (world.folder / "clock").write_text("1801")
    late = make_link(await Liaison.get(id=chief.id), at=now, house=house)
    assert (await phone.post("/liaison/sessions", {"link": late})).status == 410


async def looks_right(page: Page, tmp_path: Path, name: str) -> None:
    await picture(page, tmp_path, name)
    script = Path(AXE_FILE_PATH).read_text(encoding="utf-8")
    found = await page.evaluate(f"(async () => {{ {script}; return (await axe.run()).violations; }})()")
    assert not found, [(each["id"], each["nodes"][0]["html"]) for each in found]


async def test_tasks_are_answered_findings_filed_and_what_is_public_read(
    page: Page,
    client: TestClient[Any, Any],
    chief: Liaison,
    report: Report,
    house: House,
    photo: bytes,
    tmp_path: Path,
) -> None:
    await ask(house, report)
    await Disclosure.create(
        code="f-1", kind="fund", area_id="education", region_id=EAST_VILLAGE, title="寄宿生生活补助",
        amount=4000, beneficiaries=[{"name": "王小明", "amount": 500}],
    )  # fmt: skip
    await page.context.grant_permissions(["geolocation"])
    await page.context.set_geolocation({"latitude": 30.25, "longitude": 120.17})
    address = str(client.make_url("/m/liaison.html"))
    await page.goto(address)
    await expect(page.get_by_role("heading", name="请从公众号进来")).to_be_visible()
    await looks_right(page, tmp_path, "liaison-over")

    link = make_link(chief, at=house.clock.now(), house=house)
    await page.goto(f"{address}#{link}")
    await page.reload()
    await expect(page.get_by_text(ASKED)).to_be_visible()
    # the link is good for the history of nobody's browser
    assert link not in page.url
    body = await page.inner_text("body")
    assert report.number not in body and not [word for word in SECRETS if word in body]
    await page.get_by_text("写答复").first.click()
    await page.get_by_label("写答复").fill("三盏不亮")
    await page.set_input_files(
        "#tasks input[type=file]", {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )
    await expect(page.get_by_text("已添加 1 张照片。")).to_be_visible()
    await page.get_by_role("button", name="记下现在的位置").click()
    await expect(page.get_by_role("button", name="已记下位置。")).to_be_visible()
    await looks_right(page, tmp_path, "liaison-answering")
    await page.get_by_role("button", name="交答复").click()
    await expect(page.get_by_text("您答复了：")).to_be_visible()
    task = await LiaisonTask.get()
    assert (
        task.answered_at
        and await Attachment.filter(message_id=task.answer_id, report_id=report.id).count() == 1
    )
    assert "30.25000" in await page.inner_text("#tasks")
    await looks_right(page, tmp_path, "liaison-tasks")

    await page.get_by_role("link", name="报发现").click()
    await page.get_by_label("发现了什么").fill("食堂的账没有公开")
    await page.get_by_role("button", name="报给乡镇").click()
    await expect(page.get_by_text("请选择是哪方面的事。")).to_be_visible()
    await page.get_by_label("是哪方面的事").select_option("education")
    await page.get_by_label("村干部").check()
    await page.get_by_label("职务").fill("会计")
    await looks_right(page, tmp_path, "liaison-finding")
    await page.get_by_role("button", name="报给乡镇").click()
    await expect(page.get_by_role("heading", name="已经报给乡镇")).to_be_visible()
    found = await Report.exclude(id=report.id).get()
    assert (found.owner_id, found.is_named, found.level) == ("T-EAST", True, "village")
    assert found.subject_post_index and found.number in await page.inner_text("#done-number")

    await page.get_by_role("link", name="村里公开").click()
    await expect(page.get_by_text("寄宿生生活补助")).to_be_visible()
    assert "王小明" not in await page.inner_text("body")
    await looks_right(page, tmp_path, "liaison-public")

    await page.get_by_role("link", name="任务").click()
    await page.get_by_role("button", name="退出").click()
    await expect(page.get_by_role("heading", name="请从公众号进来")).to_be_visible()
    stored = await page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert "liaison" not in stored and "三盏" not in await page.content()
