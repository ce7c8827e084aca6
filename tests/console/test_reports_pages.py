"""The inbox and the report: who sees what, what is shown, and what each action does."""

from datetime import timedelta

import pytest

from intake.attachments import store_upload
from intake.draft import Identity, Location
from models.choices import Channel, Status
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from routing.facts import Subject
from tests.factories import WEST_VILLAGE

SECRETS = ("张三丰", "13912345678")


async def test_the_inbox_shows_exactly_ones_own_body(opened_browser, file):
    east, west = await file(), await file(region=WEST_VILLAGE)
    browser = await opened_browser()
    await browser.sign_in("t-east-a")
    assert browser.rows() == [(east.number, "received", "T-EAST")]
    assert f'href="/console/reports/{east.number}"' in browser.text
    assert west.number not in browser.text
    assert "柳树村" in browser.text and "教育" in browser.text and "5 个工作日" in browser.text


async def test_filters_and_search(browser, file):
    first = await file(identity=Identity(name=SECRETS[0], phone=SECRETS[1]))
    second = await file(level="village", subject=Subject(name="尤大勇", post="会计", unit="柳树村"))
    await Report.filter(id=second.id).update(status=Status.ACCEPTED)
    await browser.sign_in("t-east-a")
    for query, numbers in (
        ("status=accepted", [second.number]),
        ("status=declined", []),
        ("owner=T-EAST", [second.number, first.number]),
        ("owner=T-WEST", []),
        (f"q={first.number}", [first.number]),
        (f"q={first.number.lower()}", [first.number]),
        (f"q={SECRETS[0]}", [first.number]),
        (f"q={SECRETS[1]}", [first.number]),
        ("q=尤大勇", [second.number]),
        ("q=会计", [second.number]),
        ("q=尤大", []),
    ):
        assert (await browser.get(f"/console/reports?{query}")).status == 200
        assert [row[0] for row in browser.rows()] == numbers, query
    searches = await Event.filter(action="report.search")
    assert len(searches) == 7 and not any(SECRETS[0] in str(event.data) for event in searches)


async def test_pages_go_on_without_gap_or_repeat(browser, file):
    filed = [(await file()).number for _ in range(53)]
    await browser.sign_in("t-east-a")
    seen = [row[0] for row in browser.rows()]
    assert len(seen) == 50
    more = browser.text.split('class="more"')[1].split('href="')[1].split('"')[0]
    await browser.get(more)
    seen += [row[0] for row in browser.rows()]
    assert seen == filed[::-1]


@pytest.mark.parametrize("age", [timedelta(days=20), timedelta(days=5)])
async def test_what_is_late_stands_on_top(browser, file, age):
    report = await file()
    due_at = browser.house.clock.now() - age
    await Report.filter(id=report.id).update(due_at=due_at)
    await browser.sign_in("t-east-a")
    assert "已超期" in browser.text and "<b>1</b> 件已超期" in browser.text
    assert len(browser.rows()) == 1


async def test_the_report_shows_what_was_said_and_why_it_is_here(browser, file):
    report = await file(
        level="village",
        text="村会计把<b>低保</b>给了亲戚",
        subject=Subject(name="尤大勇", post="会计", unit="柳树村委会"),
        identity=Identity(name=SECRETS[0], phone=SECRETS[1]),
        occurred_on="2026-10-01",
        location=Location(latitude=30.25, longitude=120.125, label="柳树村口"),
        avoid=frozenset({"liaison"}),
    )
    await browser.sign_in("t-east-a")
    assert (await browser.get(f"/console/reports/{report.number}")).status == 200
    for words in (
        "村会计把<b>低保</b>给了亲戚", "尤大勇", "柳树村委会", "会计", "云岭市 青川区 东河镇 柳树村", "教育", "村干部",
        "实名", "2026-10-01", "柳树村口", "30.25000", "不要通知联络员", "管理权限", "已接收",
    ):  # fmt: skip
        assert words in browser.text, words
    # escaped in the source; who reported is not shown yet
    assert "&lt;b&gt;" in await (await browser.client.get(f"/console/reports/{report.number}")).text()
    assert not any(secret in browser.text for secret in SECRETS)
    reads = await Event.filter(action="report.read", report_id=report.id)
    person = await Staff.get(username="t-east-a")
    assert reads and {event.actor for event in reads} == {f"staff:{person.id}"}


@pytest.mark.parametrize(
    "username", ["t-west-a", "t-west-l", "office-1-l", "letters-a", "cases-l", "head-l", "city-l", "root",
                 "city-approver"]
)  # fmt: skip
async def test_for_everybody_else_it_is_not_there(browser, file, username):
    report = await file()
    upload = await attach(browser.house, report)
    await browser.sign_in(username)
    assert report.number not in browser.text and browser.rows() == []
    hidden = await browser.get(f"/console/reports/{report.number}")
    hidden_text = browser.text
    absent = await browser.get("/console/reports/ABCDEFGH23")
    assert (hidden.status, absent.status) == (404, 404)
    assert hidden_text == browser.text
    for action in ("accept", "reply", "recuse", "nonsense"):
        path = f"/console/reports/{report.number}/{action}"
        assert (await browser.post(path, kind="clue", text="您好", reason="亲属")).status == 404
    assert (await browser.get(f"/console/attachments/{upload}")).status == 404
    for query in (report.number, "柳树村"):
        await browser.get(f"/console/reports?q={query}")
        assert browser.rows() == []
    assert (await Report.get(id=report.id)).status == Status.RECEIVED
    assert not await Event.filter(report_id=report.id, actor__not="reporter").exists()


@pytest.mark.parametrize(("username", "words"), [("root", "系统管理员"), ("city-approver", "审批人")])
async def test_operator_and_approver_are_told_that_they_read_nothing(browser, file, username, words):
    await file()
    await browser.sign_in(username)
    assert words in browser.text and "件" not in browser.text.split("<main")[1]
    assert (await browser.get("/console/ledger")).status == 404


async def test_who_is_barred_sees_nothing_at_all(browser, file):
    await Staff.filter(username="t-east-a").update(name="尤大勇")
    from organisation.live import raise_version
    from tests.factories import NOW

    await raise_version(at=NOW)
    await browser.house.organisation.refresh()
    report = await file(level="village", text="尤大勇占了集体的地")
    assert await ReportBar.filter(report_id=report.id).count() == 1
    upload = await attach(browser.house, report)
    await browser.sign_in("t-east-a")
    assert browser.rows() == [] and "<b>1</b>" not in browser.text
    assert (await browser.get(f"/console/reports/{report.number}")).status == 404
    assert (await browser.get(f"/console/attachments/{upload}")).status == 404


async def attach(house, report, content=None):
    """A voice that the report's own key seals."""
    from intake.linking import link_attachments

    session = house.vault.index("session", "s")
    made = await store_upload(
        content or b"#!AMR\n" + (b"\x3c" + bytes(31)) * 50, house=house, session_index=session
    )
    message = await Message.filter(report_id=report.id).first()
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    await link_attachments(
        [made.id],
        report=report,
        key=key,
        message=message,
        house=house,
        conversation_id=None,
        session_index=session,
    )
    return made.id


def a_photo(colour="green"):
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return out.getvalue()


async def test_photos_are_shown_and_voices_offered(browser, file):
    report = await file()
    photo, voice = await attach(browser.house, report, a_photo()), await attach(browser.house, report)
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    assert f'<img src="/console/attachments/{photo}"' in browser.text
    assert f'href="/console/attachments/{voice}" download' in browser.text
    answer = await browser.get(f"/console/attachments/{photo}")
    assert answer.status == 200 and answer.content_type == "image/jpeg"
    assert (await answer.read())[:2] == b"\xff\xd8"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    answer = await browser.get(f"/console/attachments/{voice}")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert (await answer.read()).startswith(b"#!AMR")
    reads = await Event.filter(action="attachment.read", report_id=report.id)
    assert {event.object_id for event in reads} == {photo, voice}


async def test_accept_reply_and_their_traces(browser, file):
    report = await file()
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    here = f"/console/reports/{report.number}"
    answer = await browser.post(f"{here}/accept", kind="livelihood")
    assert (answer.status, answer.headers["Location"]) == (303, here)
    await browser.get(here)
    assert (
        "已受理" in browser.text
        and "急难愁盼" in browser.text
        and f'action="{here}/accept"' not in browser.text
    )
    answer = await browser.post(f"{here}/reply", text="路灯下周换好。")
    assert answer.status == 303
    await browser.get(here)
    assert "路灯下周换好。" in browser.text and "待送达" in browser.text
    await OutboxNotice.filter(report_id=report.id, notice="report_reply").update(status="sent")
    await browser.get(here)
    assert "已送达" in browser.text


async def test_refused_by_state_is_409_with_the_reason(browser, file):
    report = await file()
    await browser.sign_in("t-east-a")
    await browser.post(f"/console/reports/{report.number}/accept", kind="clue")
    answer = await browser.post(f"/console/reports/{report.number}/accept", kind="clue")
    assert answer.status == 409 and "已受理" in browser.text and "受理" in browser.text


async def test_a_wrong_field_is_422_with_what_was_typed(browser, file):
    report = await file()
    await browser.sign_in("t-east-l")
    here = f"/console/reports/{report.number}"
    assert (await browser.post(f"{here}/accept")).status == 422
    assert "请选择这件反映属于哪一类" in browser.text
    answer = await browser.post(f"{here}/reply", text="路灯" * 300)
    assert answer.status == 422 and "路灯" * 300 in browser.text and "最多 500 个字" in browser.text
    answer = await browser.post(f"{here}/recuse", who="t-east-b", reason=" ")
    assert answer.status == 422 and 'value="t-east-b" selected' in browser.text
    answer = await browser.post(f"{here}/recuse", who="t-west-a", reason="亲属")
    assert answer.status == 422 and ">亲属</textarea>" in browser.text
    assert not await Event.filter(report_id=report.id, action__in=["report.accept", "report.recuse"]).exists()


async def test_recusal_takes_it_away_with_the_answer(opened_browser, file):
    report = await file()
    leader, office = await opened_browser(), await opened_browser()
    await leader.sign_in("t-east-l")
    await office.sign_in("office-1-a")
    assert office.rows() == []
    here = f"/console/reports/{report.number}"
    answer = await leader.post(f"{here}/recuse", reason="当事人是我表姐夫")
    assert answer.status == 303
    await leader.get(answer.headers["Location"])
    assert leader.rows() == [] and "不再由您查看" in leader.text
    assert (await leader.get(here)).status == 404
    assert (await leader.post(f"{here}/reply", text="您好")).status == 404
    await office.get("/console/reports")
    assert office.rows() == [(report.number, "received", "OFFICE-1")]
    await office.get(here)
    assert "重新分流" in office.text and "表姐夫" not in office.text and "孙l" not in office.text


async def test_a_leader_stays_when_a_colleague_leaves(browser, file):
    report = await file()
    await browser.sign_in("t-east-l")
    here = f"/console/reports/{report.number}"
    await browser.get(here)
    assert 'value="t-east-b"' in browser.text and 'value="t-west-a"' not in browser.text
    answer = await browser.post(f"{here}/recuse", who="t-east-b", reason="同村")
    assert (answer.status, answer.headers["Location"]) == (303, here)
    await browser.get(here)
    assert 'value="t-east-b"' not in browser.text


async def test_a_handler_is_offered_only_himself(browser, file):
    report = await file()
    await browser.sign_in("t-east-a")
    here = f"/console/reports/{report.number}"
    await browser.get(here)
    assert 'name="who"' not in browser.text
    assert (await browser.post(f"{here}/recuse", who="t-east-b", reason="同村")).status == 409


async def test_a_web_reporter_reads_by_receipt(browser, file):
    report = await file(channel=Channel.WEB, openid=None)
    await browser.sign_in("t-east-a")
    await browser.post(f"/console/reports/{report.number}/reply", text="您好")
    await browser.get(f"/console/reports/{report.number}")
    assert "对方凭回执码查看" in browser.text and "未送达" not in browser.text
