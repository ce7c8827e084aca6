"""The organisation in the console: who may change what, who has to agree, and that it can be taken back."""

import re

import pytest

from dossier.rematching import rematch_due
from intake.supplement import add_message
from models.body import Body
from models.event import Event
from models.liaison import Liaison
from models.organisation_change import OrganisationChange
from models.recusal import Recusal
from models.region import Region
from models.staff import Staff
from models.staff_session import StaffSession
from models.terms import Meaning
from models.zone import ZoneMember
from organisation.credentials import bind_code_index
from organisation.house import House
from organisation.live import raise_version
from tests.console.conftest import PASSWORD, Browser, Open
from tests.factories import EAST_VILLAGE, NOW

HOME = "/console/organisation"
NEW = {"username": "east-new", "name": "新来的", "body_code": "T-EAST", "role": "handler", "active": "yes"}


async def as_(open_: Open, username: str) -> Browser:
    return await (await open_()).sign_in(username)


async def add(browser: Browser, kind: str = "staff", **fields: str):
    await browser.get(f"{HOME}/{kind}/new")
    return await browser.post(f"{HOME}/{kind}/new", **fields)


async def change(browser: Browser, kind: str, key: object, **fields: str):
    answer = await browser.get(f"{HOME}/{kind}/row/{key}")
    return await browser.post(f"{HOME}/{kind}/row/{key}", **fields) if answer.status == 200 else answer


@pytest.mark.parametrize("username", ["t-east-a", "city-approver"])
async def test_whoever_keeps_nothing_finds_no_page(opened_browser: Open, username: str) -> None:
    browser = await as_(opened_browser, username)
    assert "组织</a>" not in browser.text
    for path in ("", "/staff", "/staff/new", "/recusals", "/changes"):
        assert (await browser.get(HOME + path)).status == 404


async def test_a_leader_sees_the_people_of_the_own_body_only(opened_browser: Open) -> None:
    browser = await as_(opened_browser, "t-east-l")
    await browser.get(f"{HOME}/staff")
    assert "t-east-a" in browser.text and "t-west-a" not in browser.text
    stranger = await Staff.get(username="t-west-a")
    assert (await browser.get(f"{HOME}/staff/row/{stranger.id}")).status == 404
    assert (await browser.get(f"{HOME}/staff/row/999999")).status == 404
    assert (await browser.get(f"{HOME}/bodies")).status == 404
    await browser.get(f"{HOME}/liaisons")
    assert "何长河" in browser.text


async def test_an_account_waits_for_somebody_who_did_not_make_it(opened_browser: Open, office: House) -> None:
    leader = await as_(opened_browser, "t-east-l")
    answer = await add(leader, **NEW)
    assert answer.status == 200 and "只显示这一次" in leader.text
    password = re.search(r'data-secret="(\w+)"', leader.text)[1]
    await leader.get(HOME)
    assert "新来的" in leader.text
    assert (await leader.post(f"{HOME}/waiting/east-new/confirm")).status == 409
    early = await opened_browser()
    await early.get("/console/login")
    refused = await early.post("/console/login", username="east-new", password=password)
    assert refused.status == 403 and "确认" in early.text
    head = await as_(opened_browser, "head-l")
    await head.get(HOME)
    assert (await head.post(f"{HOME}/waiting/east-new/confirm")).status == 303
    person = await Staff.get(username="east-new")
    assert person.confirmed_at is not None
    assert person.known_since == office.organisation.table.version
    assert [e.action for e in await Event.filter(action="account.confirm")] == ["account.confirm"]
    await (await opened_browser()).sign_in("east-new", password=password)


async def test_nobody_confirms_themself_and_refusing_ends_the_account(opened_browser: Open) -> None:
    await Staff.filter(username__in=["head-l", "t-west-a"]).update(confirmed_at=None)
    city = await as_(opened_browser, "city-l")
    await city.get(HOME)
    assert (await city.post(f"{HOME}/waiting/t-west-a/refuse")).status == 303
    assert not (await Staff.get(username="t-west-a")).is_active
    assert (await city.post(f"{HOME}/waiting/t-west-a/confirm")).status == 404
    assert (await city.post(f"{HOME}/waiting/head-l/confirm")).status == 303


async def test_an_operator_makes_accounts_and_confirms_none(opened_browser: Open) -> None:
    operator = await as_(opened_browser, "root")
    await add(operator, **NEW)
    await operator.get(HOME)
    assert "等待确认" not in operator.text
    assert (await operator.post(f"{HOME}/waiting/east-new/confirm")).status == 409
    assert (await operator.get(f"{HOME}/recusals")).status == 404
    leader = await as_(opened_browser, "t-east-l")
    await leader.get(HOME)
    assert (await leader.post(f"{HOME}/waiting/east-new/confirm")).status == 303


async def test_somebody_else_s_body_cannot_be_filled(opened_browser: Open) -> None:
    browser = await as_(opened_browser, "t-east-l")
    answer = await add(browser, **NEW | {"body_code": "T-WEST"})
    assert answer.status == 409 and "不归您管理" in browser.text
    assert not await Staff.exists(username="east-new")
    assert await OrganisationChange.all().count() == 0
    mine = await Staff.get(username="t-east-a")
    assert (await change(browser, "staff", mine.id, body_code="T-WEST")).status == 409
    assert (await Staff.get(id=mine.id)).body_id == "T-EAST"


async def test_a_wrong_field_says_what_is_expected_and_loses_nothing(opened_browser: Open) -> None:
    browser = await as_(opened_browser, "head-l")
    answer = await add(browser, "liaisons", name="林小满", village_code="1", role="chief", phone="abc")
    assert answer.status == 422
    assert "电话号码" in browser.text and 'value="林小满"' in browser.text
    assert browser.text.count('aria-invalid="true"') == 2


async def test_a_change_reaches_the_table_and_can_be_taken_back_once(
    opened_browser: Open, office: House
) -> None:
    browser = await as_(opened_browser, "head-l")
    answer = await change(browser, "zones", "Z1", commander="新指挥")
    assert answer.status == 303
    assert office.organisation.table.zones["Z1"].commander == "新指挥"
    await browser.get(f"{HOME}/changes")
    assert "陈明 → 新指挥" in browser.text
    first = (await OrganisationChange.get()).id
    assert (await browser.post(f"{HOME}/changes/{first}/undo")).status == 303
    assert office.organisation.table.zones["Z1"].commander == "陈明"
    undone = await OrganisationChange.all().order_by("-id").first()
    assert undone.undoes == first
    assert (await browser.post(f"{HOME}/changes/{first}/undo")).status == 409
    assert "又被改过" in browser.text


async def test_a_new_row_taken_back_is_out_of_use(opened_browser: Open, office: House) -> None:
    browser = await as_(opened_browser, "head-l")
    fields = {"name": "甲乙丙", "post": "主任", "unit": "柳树村", "level": "village", "active": "yes"}
    assert (await add(browser, "cadres", **fields, region_code="990101001001")).status == 303
    assert [cadre.name for cadre in office.organisation.table.cadres] == ["甲乙丙"]
    await browser.get(f"{HOME}/changes")
    assert (await browser.post(f"{HOME}/changes/{(await OrganisationChange.get()).id}/undo")).status == 303
    assert office.organisation.table.cadres == ()


async def test_a_recusal_is_lifted_by_two_only(opened_browser: Open, office: House) -> None:
    first, second = await as_(opened_browser, "t-east-l"), await as_(opened_browser, "head-l")
    fields = {"who": "t-east-a", "from_kind": "person", "from": "王某某", "reason": "近亲属"}
    assert (await add(first, "recusals", **fields, active="yes")).status == 303
    row = await Recusal.get()
    for _ in range(2):
        answer = await change(first, "recusals", row.id, active="no")
        assert answer.status == 409 and "两个人" in first.text
    assert len(office.organisation.table.recusals) == 1
    made = await OrganisationChange.get()
    assert (await first.post(f"{HOME}/changes/{made.id}/undo")).status == 409
    await second.get(f"{HOME}/recusals")
    assert "有人要求停用" in second.text
    await second.get(f"{HOME}/recusals/row/{row.id}")
    assert "另一位负责人已要求停用" in second.text
    assert (await change(second, "recusals", row.id, active="no")).status == 303
    assert office.organisation.table.recusals == ()
    assert (await Recusal.get()).removal_asked_by == ""


async def test_a_bind_code_is_shown_once_and_unbinds_the_old_phone(
    opened_browser: Open, office: House
) -> None:
    browser = await as_(opened_browser, "t-east-l")
    liaison = await Liaison.get(name="何长河")
    await Liaison.filter(id=liaison.id).update(openid_index="old", sealed_openid=b"old")
    await browser.get(f"{HOME}/liaisons/row/{liaison.id}")
    assert (await browser.post(f"{HOME}/liaisons/row/{liaison.id}/bind-code")).status == 200
    code = re.search(r'data-secret="(\d{6})"', browser.text)[1]
    liaison = await Liaison.get(id=liaison.id)
    assert liaison.bind_code_index == bind_code_index(code, vault=office.vault)
    assert liaison.openid_index is None and liaison.sealed_openid is None
    await browser.get(f"{HOME}/liaisons/row/{liaison.id}")
    assert code not in browser.text


async def test_who_resets_a_password_cannot_read_with_it(opened_browser: Open) -> None:
    victim = await as_(opened_browser, "t-east-a")
    operator = await as_(opened_browser, "root")
    person = await Staff.get(username="t-east-a")
    await operator.get(f"{HOME}/staff/row/{person.id}")
    assert "发新的绑定码" not in operator.text
    assert (await operator.post(f"{HOME}/staff/row/{person.id}/bind-code")).status == 404
    assert (await operator.post(f"{HOME}/staff/row/{person.id}/password")).status == 200
    password = re.search(r'data-secret="(\w+)"', operator.text)[1]
    assert not await StaffSession.exists(staff_id=person.id)
    assert (await victim.get("/console/reports")).status == 303
    thief = await opened_browser()
    await thief.get("/console/login")
    assert (await thief.post("/console/login", username="t-east-a", password=password)).status == 403
    assert password != PASSWORD


async def test_a_long_list_comes_in_pages(opened_browser: Open) -> None:
    for number in range(60):
        await Body.create(
            code=f"X{number:03}", name=f"机构{number}", level="stationed", region_id="990101000000"
        )
    browser = await as_(opened_browser, "head-l")
    await browser.get(f"{HOME}/bodies")
    assert browser.text.count('class="row pair"') == 50
    following = re.search(r'href="([^"]+after=[^"]+)"', browser.text)[1]
    await browser.get(following)
    assert 10 < browser.text.count('class="row pair"') < 50
    await browser.get(f"{HOME}/bodies?q=机构59")
    assert browser.text.count('class="row pair"') == 1


async def test_the_check_names_what_is_wrong_in_one_s_own_county(opened_browser: Open, office: House) -> None:
    head = await as_(opened_browser, "head-l")
    await change(head, "zones", "Z1", commander="")
    await head.get(f"{HOME}/zones")
    assert "没有指挥长" in head.text
    assert (await head.get("/console/check")).status == 200
    assert 'data-kind="no_commander"' in head.text and "青川区" in head.text
    leader = await as_(opened_browser, "t-east-l")
    assert (await leader.get("/console/check")).status == 404


async def test_the_check_tells_nobody_of_recusals_that_are_not_theirs_to_know(
    opened_browser: Open, office: House
) -> None:
    """Both bodies before the letters room keep away from the village: then everything hangs on that room's leader."""
    await Staff.filter(body_id="CITY").update(is_active=False)
    for body in ("T-EAST", "OFFICE-1"):
        await Recusal.create(body_id=body, from_kind="region", from_value=EAST_VILLAGE, reason="近亲属")
    await Staff.filter(username="root").update(confirmed_at=NOW)
    await raise_version(at=NOW)
    await office.organisation.refresh()
    head, operator = await as_(opened_browser, "head-l"), await as_(opened_browser, "root")
    await head.get("/console/check")
    assert "村干部" in _one_deep(head.text)["青川区纪委监委信访室"]
    await operator.get("/console/check")
    assert "青川区纪委监委信访室" not in _one_deep(operator.text)
    # what does not depend on it is the same for both
    assert _one_deep(operator.text).keys() == _one_deep(head.text).keys() - {"青川区纪委监委信访室"}


def _one_deep(page: str) -> dict[str, str]:
    """Body → levels."""
    row = re.search(r'data-kind="one_deep">(.*?)</li>', page, re.DOTALL)
    return dict(re.findall(r"(青川区[^（、]*)（([^）]*)）", row[1])) if row else {}


async def test_only_bodies_within_reach_are_offered(opened_browser: Open) -> None:
    leader, head = await as_(opened_browser, "t-east-l"), await as_(opened_browser, "head-l")
    await leader.get(f"{HOME}/staff/new")
    assert 'value="T-EAST"' in leader.text and 'value="T-WEST"' not in leader.text
    assert 'value="operator"' not in leader.text
    await head.get(f"{HOME}/staff/new")
    assert 'value="T-WEST"' in head.text and 'value="CITY"' not in head.text
    assert 'value="operator"' in head.text


async def test_a_search_goes_through_everything_within_reach(opened_browser: Open) -> None:
    head, leader = await as_(opened_browser, "head-l"), await as_(opened_browser, "t-east-l")
    await head.get(f"{HOME}?q=东河")
    assert "东河镇纪委" in head.text and "孙l" not in head.text and "赵l" in head.text
    await leader.get(f"{HOME}?q=西坪")
    assert "没有找到" in leader.text
    await leader.get(f"{HOME}?q=何长河")
    assert "/console/organisation/liaisons/row/" in leader.text


async def test_a_badge_counts_the_waiting_for_those_who_may_confirm(opened_browser: Open) -> None:
    await Staff.filter(username="t-east-a").update(confirmed_at=None)
    badge = 'aria-label="1 个账号等待确认"'
    for username, is_told in (("t-east-l", True), ("head-l", True), ("t-west-l", False), ("root", False)):
        browser = await as_(opened_browser, username)
        await browser.get(HOME)
        assert (badge in browser.text) is is_told, username


async def test_a_zone_says_whether_it_is_whole(opened_browser: Open, office: House) -> None:
    head = await as_(opened_browser, "head-l")
    await head.get(f"{HOME}/zones/row/Z1")
    assert "完整：" in head.text and "东河镇纪委、西坪乡纪委" in head.text
    await Region.create(code="990102000000", name="邻县", level="county", parent_id="990100000000")
    await Region.create(code="990102001000", name="南山镇", level="township", parent_id="990102000000")
    await Body.create(code="T-SOUTH", name="南山镇纪委", level="township", region_id="990102001000")
    member = await ZoneMember.get(body_id="T-WEST")
    await change(head, "zone_members", member.id, active="no")
    await change(head, "zones", "Z1", name="东河协作区")
    await head.get(f"{HOME}/zones/row/Z1")
    assert "还不完整：名称不合规定" in head.text and "成员乡镇（1）：东河镇纪委" in head.text
    assert 'value="T-EAST"' not in head.text, "only offices are offered as a zone's office"
    await head.get(f"{HOME}/zones")
    assert "还没有编入协作区的乡镇（1）：西坪乡纪委" in head.text and "名称不合规定" in head.text
    city = await as_(opened_browser, "city-l")
    await city.get(f"{HOME}/zones")
    assert "（2）" in city.text and "南山镇纪委" in city.text


async def test_a_confirmed_newcomer_sees_only_what_the_matcher_has_cleared(
    opened_browser: Open, office: House, file
) -> None:
    report = await file(level="village", text="村里的低保分得不公平，新来的也有份", region="990101001001")
    other = await file(level="village", text="村口的桥坏了没人修", region="990101001001")
    operator, leader = await as_(opened_browser, "root"), await as_(opened_browser, "t-east-l")
    await add(operator, "staff", **NEW | {"name": "金来喜"})
    password = re.search(r'data-secret="(\w+)"', operator.text)[1]
    await add_message(report, text="金来喜也分了钱", house=office)
    await leader.get(HOME)
    assert (await leader.post(f"{HOME}/waiting/east-new/confirm")).status == 303
    newcomer = await (await opened_browser()).sign_in("east-new", password=password)
    assert newcomer.rows() == []
    while await rematch_due(house=office):
        pass
    await newcomer.get("/console/reports")
    assert [number for number, _, _ in newcomer.rows()] == [other.number]


async def test_a_year_of_holidays_is_pasted_and_shown(opened_browser: Open, office: House) -> None:
    assert (await (await as_(opened_browser, "head-l")).get(f"{HOME}/holidays/year")).status == 404
    city = await as_(opened_browser, "city-l")
    await city.get(f"{HOME}/holidays/year")
    refused = await city.post(f"{HOME}/holidays/year", days="元旦放假")
    assert refused.status == 422 and "元旦放假" in city.text and "看不懂" in city.text
    answer = await city.post(f"{HOME}/holidays/year", days="2099-01-01 至 2099-01-02 放假 元旦")
    assert answer.status == 303
    await city.get(f"{HOME}/holidays")
    assert "2099-01-02" in city.text and "放假 · 元旦" in city.text
    await city.get(f"{HOME}/changes")
    assert "2099-01-01" in city.text


async def test_what_people_say_is_kept_by_the_city(opened_browser: Open, office: House) -> None:
    head = await as_(opened_browser, "head-l")
    assert (await head.get(f"{HOME}/sayings")).status == 404
    city = await as_(opened_browser, "city-l")
    await city.get(f"{HOME}/sayings")
    assert "本来就听得懂的" in city.text and "客气话" in city.text and "不要说是我" in city.text
    refused = await add(city, "sayings", meaning="submit", word="谢谢", active="yes")
    assert refused.status == 422 and "它现在表示“客气话”" in city.text
    refused = await add(city, "sayings", meaning="greeting", word="提交", active="yes")
    assert refused.status == 422 and "“提交”以外的说法" in city.text
    for meaning, word, active in (
        ("submit", "摆完", "yes"),
        ("greeting", "嗨", "no"),
        ("greeting", "柳树", "yes"),
    ):
        assert (await add(city, "sayings", meaning=meaning, word=word, active=active)).status == 303
    await city.get(f"{HOME}/sayings")
    assert "摆完" in city.text and "和柳树村的名字一样" in city.text
    assert "摆完" in office.organisation.sayings[Meaning.SUBMIT]
    assert "嗨" not in office.organisation.sayings[Meaning.GREETING]
    await city.get(f"{HOME}/holidays")
    assert "本来就听得懂的" not in city.text
    await city.get(f"{HOME}/changes")
    assert "群众的说法" in city.text and "摆完" in city.text
