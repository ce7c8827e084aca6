"""The forms that move a report, as a machine follows them: fields, answers, where they lead, what they never say."""

import re
from datetime import timedelta

import pytest

from models.event import Event
from models.liaison import Liaison
from models.outbox import OutboxNotice
from models.report import Report
from routing.facts import Subject

WHY, WRITTEN = "由派驻组办理更合适", "副书记冯远十一月二十日书面授权"


def options(text, action, name):
    """The values a form offers, in order."""
    select = text.split(f'id="{action}-{name}"', 1)[1].split("</select>", 1)[0]
    return re.findall(r'<option value="([^"]*)"', select)


def offers(text, number, action):
    return re.search(f'action="(/console/)?reports/{number}/{action}"', text) is not None


async def overdue(house, report):
    await Report.filter(id=report.id).update(due_at=house.clock.now() - timedelta(days=9))


async def test_a_leader_transfers_to_a_body_of_the_list(opened_browser, file):
    report = await file(level="village")
    here = f"/console/reports/{report.number}"
    leader, new = await opened_browser(), await opened_browser()
    await leader.sign_in("t-east-l")
    await leader.get(here)
    assert options(leader.text, "transfer", "body") == [
        "", "CADRE", "CITY", "HEAD", "LETTERS", "OFFICE-1", "STATIONED"
    ]  # fmt: skip
    assert options(leader.text, "transfer", "trigger") == ["", "masses", "span", "recusal"]
    answer = await leader.post(f"{here}/transfer", body="STATIONED", trigger="", reason=WHY)
    assert answer.status == 303
    await leader.get(answer.headers["Location"])
    assert "已经转办" in leader.text and leader.rows() == []
    assert (await leader.get(here)).status == 404
    assert (await leader.post(f"{here}/transfer", reason=WHY)).status == 404
    await new.sign_in("stationed-l")
    assert new.rows() == [(report.number, "received", "STATIONED")]
    await new.get(here)
    assert WHY in new.text and "退回东河镇纪委" in new.text
    answer = await new.post(f"{here}/return", reason="不是教育领域的事")
    assert answer.status == 303
    await leader.get(here)
    assert "不是教育领域的事" in leader.text


async def test_a_handler_is_offered_nothing_that_moves_it(browser, file):
    report = await file()
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    for action in ("transfer", "return", "lift", "cross", "assign-down", "assign", "decline"):
        assert not offers(browser.text, report.number, action)
    for action in ("transfer", "return", "assign", "decline"):
        answer = await browser.post(
            f"/console/reports/{report.number}/{action}",
            reason=WHY, staff="t-east-a", ground="litigation", text=WHY,
        )  # fmt: skip
        assert answer.status == 409 and "负责人" in browser.text


async def test_wrong_fields_bring_the_form_again(browser, file):
    report = await file()
    here = f"/console/reports/{report.number}"
    await browser.sign_in("t-east-l")
    answer = await browser.post(f"{here}/transfer", body="T-WEST", reason=WHY)
    assert answer.status == 422 and "交叉办理" in browser.text and f">{WHY}</textarea>" in browser.text
    assert re.search(r"<details[^>]* open>\s*<summary>转办", browser.text)
    answer = await browser.post(f"{here}/transfer", body="OFFICE-1", reason="")
    assert answer.status == 422 and 'value="OFFICE-1" selected' in browser.text
    answer = await browser.post(f"{here}/decline", ground="nonsense", text="请到法院")
    assert answer.status == 422 and "请选择不予受理的理由" in browser.text
    answer = await browser.post(f"{here}/assign", staff="t-west-a")
    assert answer.status == 422
    answer = await browser.post(f"{here}/transfer", reason=WHY, csrf_token="wrong")
    assert answer.status == 403
    assert (await Report.get(id=report.id)).owner_id == "T-EAST"


async def test_assign_and_decline(browser, file):
    report, other = await file(), await file()
    await browser.sign_in("t-east-l")
    here = f"/console/reports/{report.number}"
    await browser.get(here)
    assert options(browser.text, "assign", "staff") == ["", "t-east-a", "t-east-b"]
    answer = await browser.post(f"{here}/assign", staff="t-east-b")
    assert (answer.status, answer.headers["Location"]) == (303, here)
    await browser.get(here)
    assert "<dt>承办人</dt><dd>赵b</dd>" in browser.text
    there = f"/console/reports/{other.number}"
    await browser.get(there)
    assert options(browser.text, "decline", "ground") == [
        "", "litigation", "other-authority", "no-substance"
    ]  # fmt: skip
    answer = await browser.post(f"{there}/decline", ground="litigation", text="请到区人民法院咨询。")
    assert (answer.status, answer.headers["Location"]) == (303, there)
    await browser.get(there)
    assert "不予受理" in browser.text and "请到区人民法院咨询。" in browser.text
    assert not offers(browser.text, other.number, "transfer")


@pytest.mark.parametrize(
    ("username", "offered"),
    [
        ("office-1-l", {"lift": [], "cross": ["", "T-WEST"]}),
        ("cases-a", {"lift": [], "cross": ["", "T-WEST"], "assign-down": ["", "OFFICE-1", "STATIONED"]}),
    ],
)
async def test_a_ledger_row_offers_what_a_body_above_may_do(browser, file, username, offered):
    report = await file()
    await overdue(browser.house, report)
    await browser.sign_in(username)
    await browser.get("/console/ledger")
    assert (
        "<textarea" not in browser.text and f'href="/console/ledger?number={report.number}"' in browser.text
    )
    await browser.get(f"/console/ledger?number={report.number}")
    assert [row[0] for row in browser.rows()] == [report.number]
    for action in ("lift", "cross", "assign-down"):
        assert offers(browser.text, report.number, action) == (action in offered)
        if offered.get(action):
            assert options(browser.text, f"{report.number}-{action}", "body") == offered[action]
    assert 'href="/console/reports/' + report.number not in browser.text


async def test_the_options_over_a_row_do_not_depend_on_the_matter(browser, file):
    plain = await file(level="village")
    named = await file(level="village", subject=Subject(name="钱l", post="纪委书记", unit="西坪乡纪委"))
    await Report.filter(id=named.id).update(owner_id="T-EAST")
    for report in (plain, named):
        await overdue(browser.house, report)
    await browser.sign_in("office-1-l")
    shown = []
    for each in (plain, named):
        await browser.get(f"/console/ledger?number={each.number}")
        shown.append(options(browser.text, f"{each.number}-cross", "body"))
    assert shown[0] == shown[1] == ["", "T-WEST"]


async def test_the_office_lifts_from_the_ledger_and_reads_it_then(browser, file):
    report = await file()
    await overdue(browser.house, report)
    await browser.sign_in("office-1-l")
    here = f"/console/reports/{report.number}"
    assert (await browser.get(here)).status == 404
    await browser.get("/console/ledger")
    answer = await browser.post(f"{here}/lift", reason=WRITTEN, **{"from": "ledger"})
    assert (answer.status, answer.headers["Location"]) == (303, here)
    assert (await browser.get(here)).status == 200
    assert WRITTEN in browser.text


async def test_from_the_ledger_it_goes_back_to_the_ledger(browser, file):
    report = await file()
    await overdue(browser.house, report)
    await browser.sign_in("office-1-l")
    await browser.get("/console/ledger")
    here = f"/console/reports/{report.number}"
    answer = await browser.post(f"{here}/cross", body="T-EAST", authorisation=WRITTEN, **{"from": "ledger"})
    assert answer.status == 422 and f">{WRITTEN}</textarea>" in browser.text
    assert browser.rows() == [(report.number, "received", "T-EAST")] and "路灯" not in browser.text
    answer = await browser.post(f"{here}/cross", body="T-WEST", authorisation=WRITTEN, **{"from": "ledger"})
    assert answer.status == 303
    await browser.get(answer.headers["Location"])
    assert "已经交叉办理" in browser.text and browser.rows() == []
    assert (await browser.get(here)).status == 404


@pytest.mark.parametrize("field", ["authorisation", "reason"])
async def test_the_cases_room_assigns_over_a_row(browser, file, field):
    report = await file(level="village")
    await browser.sign_in("cases-a")
    await browser.get("/console/ledger")
    here = f"/console/reports/{report.number}"
    answer = await browser.post(f"{here}/assign-down", body="OFFICE-1", **{field: " "})
    assert answer.status == 422 and "谁在什么时候书面授权" in browser.text
    answer = await browser.post(f"{here}/assign-down", body="OFFICE-1", **{field: WRITTEN, "from": "ledger"})
    assert answer.status == 303
    await browser.get(answer.headers["Location"])
    assert browser.rows() == [(report.number, "received", "OFFICE-1")] and "已经交办" in browser.text


async def test_who_is_kept_from_a_row_is_answered_as_for_no_report(browser, file):
    report = await file(level="village", subject=Subject(name="孙a", post="", unit=""))
    await overdue(browser.house, report)
    await browser.sign_in("office-1-a")
    answers = []
    for number in (report.number, "ABCDEFGHJK"):
        got = await browser.post(f"/console/reports/{number}/lift", reason=WRITTEN)
        answers.append((got.status, browser.text.replace(number, "")))
    assert answers[0] == answers[1] and answers[0][0] == 404
    assert not await Event.filter(report_id=report.id, actor__startswith="staff:").exists()


async def test_the_first_opening_offers_recusal(browser, file):
    report = await file()
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    assert "第一次打开" in browser.text and "路灯" in browser.text
    await browser.get(f"/console/reports/{report.number}")
    assert "第一次打开" not in browser.text


async def test_a_leader_takes_the_whole_body_out(browser, file):
    report = await file()
    here = f"/console/reports/{report.number}"
    await browser.sign_in("t-east-l")
    await browser.get(here)
    liaisons = [f"liaison:{each.id}" for each in await Liaison.all().order_by("id")]
    assert options(browser.text, "recuse", "who") == ["", "t-east-a", "t-east-b", *liaisons, "body:T-EAST"]
    answer = await browser.post(f"{here}/recuse", who="body:T-EAST", reason="都与当事人沾亲")
    assert answer.status == 303
    assert (await browser.get(here)).status == 404
    assert (await Report.get(id=report.id)).owner_id == "OFFICE-1"


async def test_hints_count_what_the_viewer_may_see(browser, file):
    report = await file(level="village")
    others = [await file(level="village"), await file(level="village")]
    await browser.sign_in("t-east-l")
    await browser.get(f"/console/reports/{report.number}")
    assert "同一领域的反映有 3 件" in browser.text
    await Report.filter(id=others[0].id).update(owner_id="OFFICE-1")
    await browser.get(f"/console/reports/{report.number}")
    assert "同一领域的反映" not in browser.text


async def test_a_matter_of_long_ago_gives_a_hint(browser, file):
    report = await file(level="village", occurred_on="2019-05-01")
    await browser.sign_in("t-east-l")
    await browser.get(f"/console/reports/{report.number}")
    assert "2019 年" in browser.text and "时间跨度长" in browser.text


async def test_the_villager_is_told_once_and_neither_where_nor_why(browser, file):
    report = await file(level="village")
    await browser.sign_in("t-east-l")
    here = f"/console/reports/{report.number}"
    await browser.post(f"{here}/transfer", trigger="masses", reason=WHY)
    notices = await OutboxNotice.filter(report_id=report.id, notice="report_progress")
    assert len(notices) == 1 and notices[0].message_id
