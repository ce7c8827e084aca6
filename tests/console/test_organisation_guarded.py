"""What somebody who keeps the organisation might try, alone or with an old page open, and what comes of it."""

import re

import pytest

from models.body import Body
from models.choices import Role
from models.liaison import Liaison
from models.organisation_change import OrganisationChange
from models.recusal import Recusal
from models.staff import Staff
from models.staff_session import StaffSession
from organisation.house import House
from tests.console.conftest import Browser, Open
from tests.factories import make_staff

HOME = "/console/organisation"
SEEN = re.compile(r'name="seen" value="(\w+)"')


async def as_(open_: Open, username: str) -> Browser:
    return await (await open_()).sign_in(username)


async def add(browser: Browser, kind: str, **fields: str):
    await browser.get(f"{HOME}/{kind}/new")
    return await browser.post(f"{HOME}/{kind}/new", **fields)


async def change(browser: Browser, kind: str, key: object, **fields: str):
    await browser.get(f"{HOME}/{kind}/row/{key}")
    seen = SEEN.search(browser.text)
    assert seen, browser.text
    return await browser.post(f"{HOME}/{kind}/row/{key}", seen=seen[1], **fields)


async def newest() -> OrganisationChange:
    return await OrganisationChange.all().order_by("-id").first()


@pytest.mark.parametrize("username", ["t-west-a", "head-l", "t-east-a"])
async def test_adding_never_takes_an_account_that_is_there(opened_browser: Open, username: str) -> None:
    before = await Staff.get(username=username)
    browser = await as_(opened_browser, "t-east-l")
    fields = {"username": username, "name": "夺来", "body_code": "T-EAST", "role": "handler", "active": "yes"}
    answer = await add(browser, "staff", **fields, password="my-own-password-1")
    assert answer.status == 409 and "已经有" in browser.text
    after = await Staff.get(username=username)
    assert (after.name, after.body_id, after.password_hash) == (
        before.name,
        before.body_id,
        before.password_hash,
    )
    assert after.confirmed_at == before.confirmed_at
    assert await OrganisationChange.all().count() == 0


async def test_a_form_takes_no_secret(opened_browser: Open) -> None:
    person = await Staff.get(username="t-east-b")
    operator = await as_(opened_browser, "root")
    given = {"password": "my-own-password-1", "totp_secret": "JBSWY3DPEHPK3PXP", "bind_code": "123456"}
    assert (await change(operator, "staff", person.id, **given)).status == 303
    after = await Staff.get(id=person.id)
    assert after.password_hash == person.password_hash
    assert after.sealed_totp_secret == person.sealed_totp_secret
    assert after.bind_code_index == person.bind_code_index
    assert after.confirmed_at == person.confirmed_at


@pytest.mark.parametrize("role", ["operator", "approver"])
async def test_a_leader_of_a_body_makes_no_operator(opened_browser: Open, role: str) -> None:
    """An operator keeps the whole county: whoever could make one would keep it too."""
    browser = await as_(opened_browser, "t-east-l")
    fields = {"username": "east-op", "name": "新管理员", "body_code": "T-EAST", "active": "yes"}
    assert (await add(browser, "staff", **fields, role=role)).status in (409, 422)
    assert not await Staff.exists(username="east-op")
    mine = await Staff.get(username="t-east-a")
    assert (await change(browser, "staff", mine.id, role=role)).status in (409, 422)
    assert (await Staff.get(id=mine.id)).role == Role.HANDLER


async def test_a_leader_of_a_body_takes_over_no_operator(opened_browser: Open) -> None:
    operator = await make_staff("east-root", body="T-EAST", role=Role.OPERATOR, name="驻乡管理员")
    browser = await as_(opened_browser, "t-east-l")
    await browser.get(f"{HOME}/staff/row/{operator.id}")
    assert (await browser.post(f"{HOME}/staff/row/{operator.id}/password")).status == 409
    assert (await Staff.get(id=operator.id)).password_hash == operator.password_hash


async def test_an_operator_makes_no_township_the_ledger_s_room(opened_browser: Open) -> None:
    operator = await as_(opened_browser, "root")
    stored = await Body.get(code="T-EAST")
    fields = {"level": "county", "room": "cases", "region_code": "990101000000", "phone": "88001122"}
    assert (await change(operator, "bodies", "T-EAST", **fields)).status == 303
    body = await Body.get(code="T-EAST")
    assert (body.level, body.room, body.region_id) == (stored.level, stored.room, stored.region_id)
    assert body.phone == "88001122", "what may change has changed"


@pytest.mark.parametrize("who", ["t-east-l", "T-EAST"])
async def test_whom_a_recusal_keeps_away_has_no_say_in_lifting_it(
    opened_browser: Open, office: House, who: str
) -> None:
    head = await as_(opened_browser, "head-l")
    fields = {"who": who, "from_kind": "person", "from": "王某某", "reason": "近亲属", "active": "yes"}
    assert (await add(head, "recusals", **fields)).status == 303
    row = await Recusal.get()
    made = await newest()
    kept_away = await as_(opened_browser, "t-east-l")
    assert (await change(kept_away, "recusals", row.id, active="no")).status == 409
    assert "涉及您" in kept_away.text
    assert (await kept_away.post(f"{HOME}/changes/{made.id}/undo")).status == 409
    assert (await Recusal.get()).removal_asked_by == ""
    assert (await change(head, "recusals", row.id, active="no")).status == 409
    assert (await change(kept_away, "recusals", row.id, active="no")).status == 409
    assert len(office.organisation.table.recusals) == 1
    city = await as_(opened_browser, "city-l")
    assert (await change(city, "recusals", row.id, active="no")).status == 303
    assert office.organisation.table.recusals == ()


async def test_an_old_page_overwrites_nothing(opened_browser: Open, office: House) -> None:
    first, second = await as_(opened_browser, "head-l"), await as_(opened_browser, "city-l")
    await first.get(f"{HOME}/zones/row/Z1")
    old = SEEN.search(first.text)[1]
    assert (await change(second, "zones", "Z1", commander="新指挥")).status == 303
    answer = await first.post(f"{HOME}/zones/row/Z1", seen=old, commander="旧页面的指挥")
    assert answer.status == 409
    assert 'value="旧页面的指挥"' in first.text and "新指挥" in first.text, "nothing typed is lost"
    assert office.organisation.table.zones["Z1"].commander == "新指挥"
    again = SEEN.search(first.text)[1]
    assert (await first.post(f"{HOME}/zones/row/Z1", seen=again, commander="商量好的")).status == 303
    assert office.organisation.table.zones["Z1"].commander == "商量好的"


async def test_a_confirmation_taken_back_makes_the_account_wait(opened_browser: Open) -> None:
    operator, leader = await as_(opened_browser, "root"), await as_(opened_browser, "t-east-l")
    person = await Staff.get(username="t-east-a")
    assert (await change(operator, "staff", person.id, name="何改名")).status == 303
    await leader.get(HOME)
    assert (await leader.post(f"{HOME}/waiting/t-east-a/confirm")).status == 303
    confirmed = await newest()
    signed_in = await as_(opened_browser, "t-east-a")
    assert (await leader.post(f"{HOME}/changes/{confirmed.id}/undo")).status == 303
    after = await Staff.get(username="t-east-a")
    assert after.confirmed_at is None and after.name == "何改名"
    assert not await StaffSession.exists(staff_id=person.id)
    assert (await signed_in.get("/console/reports")).status == 303


async def test_what_holds_nothing_to_take_back_says_so(opened_browser: Open) -> None:
    operator = await as_(opened_browser, "root")
    person = await Staff.get(username="t-east-a")
    await operator.get(f"{HOME}/staff/row/{person.id}")
    assert (await operator.post(f"{HOME}/staff/row/{person.id}/password")).status == 200
    reset = await newest()
    assert (await operator.post(f"{HOME}/changes/{reset.id}/undo")).status == 409
    assert "口令" in operator.text
    assert (await Staff.get(id=person.id)).confirmed_at is None


async def test_whoever_had_a_hand_in_it_confirms_nothing(opened_browser: Open) -> None:
    """Somebody else's touch in between does not make it a stranger's account."""
    leader, operator = await as_(opened_browser, "t-east-l"), await as_(opened_browser, "root")
    fields = {
        "username": "east-new",
        "name": "新来的",
        "body_code": "T-EAST",
        "role": "handler",
        "active": "yes",
    }
    assert (await add(leader, "staff", **fields)).status == 200
    person = await Staff.get(username="east-new")
    assert (await change(operator, "staff", person.id, phone="16900990998")).status == 303
    await leader.get(HOME)
    assert "要由别人确认" in leader.text
    assert (await leader.post(f"{HOME}/waiting/east-new/confirm")).status == 409
    assert (await Staff.get(id=person.id)).confirmed_at is None


@pytest.mark.parametrize("what", ["password", "bind-code"])
async def test_whoever_gave_the_secret_is_not_the_one_to_confirm(opened_browser: Open, what: str) -> None:
    """The account waits already when the leader takes its password: one person could sign in as two."""
    operator, leader = await as_(opened_browser, "root"), await as_(opened_browser, "t-east-l")
    fields = {
        "username": "east-new",
        "name": "新来的",
        "body_code": "T-EAST",
        "role": "handler",
        "active": "yes",
    }
    assert (await add(operator, "staff", **fields, phone="16900990998")).status == 200
    person = await Staff.get(username="east-new")
    await leader.get(f"{HOME}/staff/row/{person.id}")
    assert (await leader.post(f"{HOME}/staff/row/{person.id}/{what}")).status == 200
    assert (await leader.post(f"{HOME}/waiting/east-new/confirm")).status == 409
    head = await as_(opened_browser, "head-l")
    await head.get(HOME)
    assert "重发了口令或者绑定码" in head.text
    assert (await head.post(f"{HOME}/waiting/east-new/confirm")).status == 303


async def test_a_new_code_for_staff_needs_a_second_before_alerts_come(opened_browser: Open) -> None:
    """Alerts of what is hidden from the leader would come to a phone of the leader's choice."""
    leader = await as_(opened_browser, "t-east-l")
    person = await Staff.get(username="t-east-a")
    await leader.get(f"{HOME}/staff/row/{person.id}")
    assert (await leader.post(f"{HOME}/staff/row/{person.id}/bind-code")).status == 409
    assert "先填好电话" in leader.text
    await Staff.filter(id=person.id).update(phone="16900990001")
    assert (await leader.post(f"{HOME}/staff/row/{person.id}/bind-code")).status == 200
    assert (await Staff.get(id=person.id)).confirmed_at is None
    assert (await leader.post(f"{HOME}/waiting/t-east-a/confirm")).status == 409


async def test_an_operator_gives_no_liaison_s_code(opened_browser: Open) -> None:
    operator = await as_(opened_browser, "root")
    liaison = await Liaison.get(name="何长河")
    await operator.get(f"{HOME}/liaisons/row/{liaison.id}")
    assert "发新的绑定码" not in operator.text
    assert (await operator.post(f"{HOME}/liaisons/row/{liaison.id}/bind-code")).status == 404
    assert (await Liaison.get(id=liaison.id)).bind_code_index == liaison.bind_code_index


async def test_no_change_is_out_of_sight_behind_others(opened_browser: Open) -> None:
    leader = await as_(opened_browser, "t-east-l")
    mine = await Staff.get(username="t-east-a")
    assert (await change(leader, "staff", mine.id, name="何改名")).status == 303
    version = (await newest()).version
    await OrganisationChange.bulk_create(
        [
            OrganisationChange(
                version=version, kind="staff", key="t-west-a", before=None, actor="system",
                after={"username": "t-west-a", "name": "别处的"}, at=(await newest()).at,
            )
            for _ in range(310)
        ]
    )  # fmt: skip
    await leader.get(f"{HOME}/changes")
    assert "何改名" not in leader.text and "别处的" not in leader.text
    await leader.get(re.search(r'href="(/console/organisation/changes\?before=\d+)"', leader.text)[1])
    assert "何改名" in leader.text


async def test_changes_are_told_in_chinese(opened_browser: Open) -> None:
    head = await as_(opened_browser, "head-l")
    mine = await Staff.get(username="t-east-a")
    assert (await change(head, "staff", mine.id, role="leader")).status == 303
    await head.get(f"{HOME}/changes")
    assert "承办人 → 负责人" in head.text and "handler" not in head.text
    assert "已确认 → 等待确认" in head.text
