"""Every page of the console is opened in a real browser, on an old PC and on a phone: a new one has to be, too.

What no other test opens is walked here: it fits, breaks no policy, and axe finds nothing.
"""

from pathlib import Path

from playwright.async_api import Browser, BrowserContext

from access.reports import open_report
from casework.assign import assign
from casework.documents import FIELDS, write_document
from casework.recuse import recuse
from casework.reply_templates import save_template
from casework.transfer import transfer
from console.app import make_console
from console.sessions import COOKIE, PATH, begin_session
from models.case_record import CaseRecord
from models.choices import DisclosureKind, RecordKind
from models.decision import RoutingDecision
from models.disclosure import Disclosure
from models.report import Report
from models.scan_count import ScanCount
from models.staff import Staff
from organisation.house import House
from organisation.importing import tables
from organisation.importing.applying import import_batch
from organisation.importing.rows import batch_of_rows
from organisation.scans import monday_of
from surveys.keeping import make_survey
from tests.casework.conftest import File, viewer
from tests.casework.living import brought_to
from tests.casework.test_zone_documents import GIVEN
from tests.console.test_pages_in_a_browser import address, chromium, world_name
from tests.console.test_undelivered_desk import failed_reply
from tests.console.test_what_leaves_in_a_browser import fits
from tests.factories import COUNTY, EAST, make_entry

__all__ = ["address", "chromium", "world_name"]
HERE = Path(__file__).parent
LONG = "三组村民都说去年修的水渠有一段没有做防渗，账上却是按全段结算的，请核对合同、验收单和付款凭证。" * 3
NO_PAGE = {
    "", "/", "/pulse", "/pulse/{number}", "/attachments/{id}", "/attachments/{id}/sound", "/static/{name}",
    "/codes/posters/{job}/{name}",
}  # fmt: skip
"""Redirects, pictures and sounds, files, and what scripts ask."""
ELSEWHERE = {
    "/login": "test_pages_in_a_browser.py",
    "/reports": "test_pages_in_a_browser.py",
    "/reports/{number}": "test_pages_in_a_browser.py",
    "/ledger": "test_pages_in_a_browser.py",
    "/quarantine": "test_pages_in_a_browser.py",
    "/enter": "test_what_leaves_in_a_browser.py",
    "/quarters": "test_what_leaves_in_a_browser.py",
    "/roles": "test_own_account_in_a_browser.py",
    "/check": "test_organisation_in_a_browser.py",
    "/organisation": "test_organisation_in_a_browser.py",
    "/organisation/changes": "test_organisation_in_a_browser.py",
    "/organisation/{kind}/new": "test_organisation_in_a_browser.py",
    "/organisation/{kind}/row/{key}": "test_organisation_in_a_browser.py",
}
# page → who opens it, and what stands for what is in its address
WALK = {
    "/templates": ("t-east-l", ""),
    "/hand-on": ("t-east-l", ""),
    "/readings": ("t-east-l", ""),
    "/retention": ("t-east-l", ""),
    "/undelivered": ("t-east-l", ""),
    "/sessions": ("t-east-l", ""),
    "/disclosures": ("t-east-l", ""),
    "/disclosures/edit": ("t-east-l", "?code=D1"),
    "/reports/{number}/decisions/{id}": ("t-east-l", ""),
    "/reports/{number}/documents/{id}": ("office-1-a", ""),
    "/surveys": ("head-l", ""),
    "/surveys/{code}": ("head-l", ""),
    "/privacy-guide": ("head-l", ""),
    "/alive": ("head-l", ""),
    "/what-if": ("head-l", ""),
    "/codes": ("head-l", ""),
    "/codes/posters": ("head-l", ""),
    "/log": ("head-l", ""),
    "/limits": ("head-l", ""),
    "/organisation/figures": ("head-l", ""),
    "/organisation/recusals": ("head-l", ""),
    "/organisation/sayings": ("city-l", ""),
    "/organisation/holidays/year": ("city-l", ""),
}
LOUD = ("error", "warning")


def test_every_page_is_opened_somewhere(office: House) -> None:
    routes = make_console(office).router.routes()
    pages = {route.resource.canonical for route in routes if route.method == "GET" and route.resource}
    missing = pages - {*NO_PAGE, *ELSEWHERE, *WALK, "/organisation/{kind}"}
    assert not missing, f"opened in no browser at any size: {sorted(missing)}"
    for page, file in ELSEWHERE.items():
        assert page.partition("{")[0] in (HERE / file).read_text("utf-8"), (page, file)


async def as_(chromium: Browser, address: str, username: str, *, house: House) -> BrowserContext:
    """Signed in without the form, which other tests fill in."""
    person = await Staff.get(username=username)
    token = await begin_session(person, is_complete=True, house=house)
    context = await chromium.new_context()
    await context.add_cookies([{"name": COOKIE, "value": token, "url": f"{address}{PATH}"}])
    return context


async def filled(house: House, file: File) -> dict[str, dict[str, str]]:
    """Something to see on every page; answers what stands in the addresses."""
    report, other = await file(text=LONG), await file()
    leader = await viewer(house, "t-east-l")
    for each in (report, other):
        await assign(each.number, staff="t-east-a", by=leader, house=house)
    await save_template(
        id="", title="正在办", area="", text=LONG[:200], is_active=True, by=leader, house=house
    )
    zone = await file(level="village")
    await transfer(zone.number, reason="几个村都反映", trigger="masses", by=leader, house=house)
    zone = await brought_to("approve", await Report.get(id=zone.id), house=house)
    given = {name: GIVEN[name] for name in FIELDS[RecordKind.BRIEFING]}
    by = await viewer(house, "office-1-a")
    await write_document(zone.number, kind=RecordKind.BRIEFING, by=by, house=house, **given)
    document = await CaseRecord.filter(report_id=zone.id, kind="briefing").first()
    survey = await make_survey(
        title="村务公开得怎么样", text=LONG, region=COUNTY, written="*单选 及时吗？ | 及时 | 不及时\n文字 还想说什么",
        is_once=True, county=COUNTY, by="staff:1", house=house, check=None,
    )  # fmt: skip
    await Disclosure.create(
        code="D1", kind=DisclosureKind.FUND, area_id="education", region_id=EAST, title="营养餐补助资金发放", text=LONG,
        beneficiaries=[{"name": "段小满", "amount": 500}],
    )  # fmt: skip
    entry = await make_entry()
    week = monday_of(house.clock.now().astimezone(house.timezone).date())
    await ScanCount.create(entry_id=entry.code, week=week, scans=20)
    await failed_reply(file, house)
    await recuse(other.number, who="", reason="亲戚", by=await viewer(house, "t-east-b"), house=house)
    reader = await viewer(house, "t-east-a")
    await open_report(reader, number=report.number, at=house.clock.now())
    words = batch_of_rows(tables.SAYINGS, [{"meaning": "submit", "word": "摆完"}])
    await import_batch(words, vault=house.vault, clock=house.clock, by="staff:1")
    figures = batch_of_rows(tables.FIGURES, [{"county_code": COUNTY, "days_to_accept": "3"}])
    await import_batch(figures, vault=house.vault, clock=house.clock, by="staff:1")
    decision = await RoutingDecision.filter(report_id=report.id).first()
    assert document and decision
    return {
        "/reports/{number}/decisions/{id}": {"number": report.number, "id": decision.id},
        "/reports/{number}/documents/{id}": {"number": zone.number, "id": document.id},
        "/surveys/{code}": {"code": survey.code},
        "/reports/{number}": {"number": report.number},
    }


async def test_what_no_other_test_opens_fits_and_can_be_read(
    chromium: Browser, address: str, office: House, file: File
) -> None:
    parts = await filled(office, file)
    complaints: list[str] = []
    contexts: dict[str, BrowserContext] = {}
    for path, (username, query) in {**WALK}.items():
        if username not in contexts:
            contexts[username] = await as_(chromium, address, username, house=office)
        page = await contexts[username].new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in LOUD else None)
        opened = path.format(**parts.get(path, {}))
        answer = await page.goto(f"{address}/console{opened}{query}")
        assert answer is not None and answer.status == 200, opened
        await fits(page, f"walk{path.replace('/', '-').replace('{', '').replace('}', '')}")
        await page.close()
    assert complaints == []


async def test_what_is_written_is_kept_when_the_tab_is_closed(
    chromium: Browser, address: str, office: House, file: File
) -> None:
    """With the script of the page: by itself after a while, and at the end."""
    report = await brought_to("approve", await file(level="village"), house=office)
    context = await as_(chromium, address, "t-east-a", house=office)
    page = await context.new_page()
    await page.goto(f"{address}/console/reports/{report.number}")
    await page.fill("#conclude-text", LONG)
    await page.wait_for_selector("form[action$='/conclude'] .saved:has-text('草稿已存')")
    await page.click("summary:has-text('询问反映人')")
    await page.fill("#ask-text", "验收单在谁手里？")
    await page.close(run_before_unload=True)
    page = await context.new_page()
    for _ in range(50):
        await page.goto(f"{address}/console/reports")
        if await page.locator(".drafts li").count() == 2:
            break
    await fits(page, "drafts-listed")
    await page.click("a:has-text('办结')")
    assert await page.input_value("#conclude-text") == LONG
    assert await page.input_value("#ask-text") == "验收单在谁手里？"
    await fits(page, "drafts-in-place")
    async with page.expect_navigation():
        await page.click("form[action$='/ask'] button")
    await page.goto(f"{address}/console/reports")
    assert await page.locator(".drafts li").count() == 1
