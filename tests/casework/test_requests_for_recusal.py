"""回避请求: asked by the reporter, kept from whoever may be meant, decided by a leader who is not."""

import pytest

from access.reports import ReportNotFound
from casework.dismiss_match import dismiss_match
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.grant_recusal import ONESELF, grant_recusal
from casework.keeping_away import may_be_out
from casework.recuse import recuse
from casework.refuse_recusal import refuse_recusal
from console.reading import read_report
from dossier.bars import bars_of, standing_matches
from dossier.rows import report_key
from intake.asking_recusal import RecusalRequestNotPossible, ask_recusal
from models.choices import BarCause, Status
from models.event import Event
from models.liaison import Liaison
from models.message import Message
from models.outbox import OutboxNotice
from models.recusal_request import RecusalRequest
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from tests.casework.conftest import viewer
from tests.casework.test_recusal_takes_away import is_seen


async def who_of(house, report, username, words):
    """The value that the leader's form offers for somebody."""
    found = await may_be_out(
        report,
        bars=await bars_of(report, key=report_key(report, house=house)),
        by=await viewer(house, username),
        house=house,
    )
    (value,) = [value for value, name in found if words in name]
    return value


async def read_by(house, report, username):
    """All that stands on the page's timeline for somebody."""
    opened = await read_report(report, viewer=await viewer(house, username), house=house)
    return "\n".join(said.text for said in opened.said)


async def told_reporter(house, report):
    key = report_key(report, house=house)
    return [
        key.open_text(bytes(said.sealed_text), place=f"message:{said.id}:text")
        for said in await Message.filter(report_id=report.id).order_by("said_at", "id")
    ]


async def asked(report, text, house):
    made = await ask_recusal(await Report.get(id=report.id), text=text, house=house)
    return made.id, await Report.get(id=report.id)


async def test_whoever_is_named_is_kept_away_at_once_and_for_good_once_granted(county, file):
    report = await file()
    assert await is_seen(county, "t-east-a", report)
    request, report = await asked(report, "请不要让赵a办，他是当事人的女婿", county)
    assert not await is_seen(county, "t-east-a", report)
    assert await is_seen(county, "t-east-l", report) and report.owner_id == "T-EAST"

    by = await viewer(county, "t-east-l")
    who = await who_of(county, report, "t-east-l", "赵a")
    await grant_recusal(report.number, request=request, who=who, by=by, house=county)
    person = await Staff.get(username="t-east-a")
    found = [bar for bar in await bars_of(report, key=report_key(report, house=county)) if not bar.is_lifted]
    assert {(bar.who, bar.cause) for bar in found} == {
        (f"staff:{person.id}", BarCause.MATCH),
        (f"staff:{person.id}", BarCause.DECIDED),
    }
    # nothing is left to dismiss, so nobody brings them back
    assert await standing_matches(report, key=report_key(report, house=county)) == []
    assert not await is_seen(county, "t-east-a", report)
    assert any("同意了" in text and "赵a" not in text for text in await told_reporter(county, report))
    assert await OutboxNotice.filter(report_id=report.id, notice="report_reply").count() == 1
    settled = await RecusalRequest.get(id=request)
    assert (settled.is_granted, settled.settled_by_id) == (True, by.staff_id)
    with pytest.raises(FieldWrong) as gone:
        await refuse_recusal(report.number, request=request, text="不必", by=by, house=county)
    assert gone.value.field == "request"


async def test_a_leader_who_is_named_does_not_decide(county, file):
    report = await file()
    request, report = await asked(report, "赵l和当事人是一家的，换人办", county)
    assert report.owner_id == "OFFICE-1" and not await is_seen(county, "t-east-l", report)
    with pytest.raises(ReportNotFound):
        await refuse_recusal(
            report.number, request=request, text="没有", by=await viewer(county, "t-east-l"), house=county
        )
    by = await viewer(county, "office-1-l")
    await refuse_recusal(report.number, request=request, text="查过户籍，不是亲属。", by=by, house=county)
    assert (await told_reporter(county, report))[-1].endswith("查过户籍，不是亲属。")
    assert not await is_seen(county, "t-east-l", report)


@pytest.mark.parametrize(
    "text", ["不要交给本乡镇", "镇里的人跟他穿一条裤子", "你们单位和他太熟", "换一个单位办吧"]
)
async def test_a_body_that_is_meant_without_its_name_does_not_decide_about_itself(county, file, text):
    report = await file()
    request, report = await asked(report, text, county)
    assert report.owner_id == "OFFICE-1"
    for username in ("t-east-l", "t-east-a", "t-east-b"):
        assert not await is_seen(county, username, report)
    who = await who_of(county, report, "office-1-l", "东河镇纪委")
    assert who.startswith("match:")
    by = await viewer(county, "office-1-l")
    await grant_recusal(report.number, request=request, who=who, by=by, house=county)
    causes = {b.cause for b in await bars_of(report, key=report_key(report, house=county))}
    assert causes == {BarCause.MATCH, BarCause.DECIDED}
    kept = await Report.get(id=report.id)
    assert (kept.owner_id, kept.status) == ("OFFICE-1", Status.RECEIVED)


async def test_where_nobody_else_may_have_it_the_body_still_decides(county, file):
    report = await file(level="county", text="县领导插手工程")
    assert report.owner_id == "CITY"
    request, report = await asked(report, "你们单位和他太熟", county)
    assert report.owner_id == "CITY" and await is_seen(county, "city-l", report)
    by = await viewer(county, "city-l")
    await refuse_recusal(report.number, request=request, text="上级已经派人监督。", by=by, house=county)


async def test_a_leader_may_find_that_it_is_about_them(county, file):
    report = await file()
    request, report = await asked(report, "管事的是他连襟", county)
    by = await viewer(county, "t-east-l")
    with pytest.raises(FieldWrong) as missing:
        await grant_recusal(report.number, request=request, who="", by=by, house=county)
    assert missing.value.field == "who"
    await grant_recusal(report.number, request=request, who=ONESELF, by=by, house=county)
    assert not await is_seen(county, "t-east-l", report)
    assert (await Report.get(id=report.id)).owner_id == "OFFICE-1"


async def test_only_leaders_decide_and_only_of_the_body_that_has_it(county, file):
    report = await file()
    request, report = await asked(report, "胖子是他连襟", county)
    with pytest.raises(TransitionNotAllowed):
        await refuse_recusal(
            report.number, request=request, text="不必", by=await viewer(county, "t-east-a"), house=county
        )
    for username in ("t-west-l", "office-1-l", "letters-l", "head-l"):
        with pytest.raises(ReportNotFound):
            await refuse_recusal(
                report.number, request=request, text="不必", by=await viewer(county, username), house=county
            )
    with pytest.raises(FieldWrong):
        other = await file()
        await refuse_recusal(
            other.number, request=request, text="不必", by=await viewer(county, "t-east-l"), house=county
        )


async def test_the_request_is_read_by_leaders_and_then_by_who_decided(county, file):
    """Whoever nobody recognised in it, or who was cleared after a refusal, never reads that it was about them."""
    report = await file()
    request, report = await asked(report, "赵a是他女婿，请不要让他办", county)
    assert "女婿" in await read_by(county, report, "t-east-l")
    assert "女婿" not in await read_by(county, report, "t-east-b")
    by = await viewer(county, "t-east-l")
    (bar,) = await standing_matches(report, key=report_key(report, house=county))
    with pytest.raises(TransitionNotAllowed):
        await dismiss_match(report.number, who=bar.id, by=await viewer(county, "t-east-b"), house=county)
    await refuse_recusal(
        report.number, request=request, text="我们核对过，没有亲属关系。", by=by, house=county
    )
    await dismiss_match(report.number, who=bar.id, by=await viewer(county, "t-east-b"), house=county)
    assert await is_seen(county, "t-east-a", report)
    for username in ("t-east-a", "t-east-b"):
        words = await read_by(county, report, username)
        assert "女婿" not in words and "回避" not in words and "路灯" in words
    assert "没有亲属关系" in await read_by(county, report, "t-east-l")


async def test_the_log_tells_of_it_and_names_nobody(county, file):
    report = await file()
    request, report = await asked(report, "赵a是他女婿", county)
    by = await viewer(county, "t-east-l")
    await grant_recusal(
        report.number,
        request=request,
        who=await who_of(county, report, "t-east-l", "赵a"),
        by=by,
        house=county,
    )
    person = await Staff.get(username="t-east-a")
    events = await Event.filter(report_id=report.id).order_by("id")
    told = [(e.action, e.object_id) for e in events if "recusal" in e.action]
    assert told == [("report.ask-recusal", request), ("report.grant-recusal", request)]
    assert not any(f"staff:{person.id}" in (e.object_id, e.actor, *map(str, e.data.values())) for e in events)
    row = await ReportBar.filter(report_id=report.id).first()
    assert "女婿".encode() not in bytes(row.sealed_why)


async def test_what_is_settled_takes_no_more_requests(county, file):
    report = await file()
    for status in (Status.DECLINED, Status.CLOSED):
        await Report.filter(id=report.id).update(status=status)
        with pytest.raises(RecusalRequestNotPossible):
            await ask_recusal(await Report.get(id=report.id), text="赵a是他女婿", house=county)
    assert not await RecusalRequest.all().exists()
    assert await Message.filter(report_id=report.id).count() == 1


async def test_a_liaison_is_kept_away_and_the_matter_goes_on(county, file):
    report = await file()
    await Report.filter(id=report.id).update(status=Status.ACCEPTED)
    by = await viewer(county, "t-east-l")
    chief = await Liaison.get(name="何长河")
    who = await who_of(county, report, "t-east-l", "何长河")
    with pytest.raises(TransitionNotAllowed):
        await recuse(report.number, who=who, reason="邻居", by=await viewer(county, "t-east-a"), house=county)
    await recuse(report.number, who=who, reason="是当事人的邻居", by=by, house=county)
    (bar,) = await bars_of(report, key=report_key(report, house=county))
    assert (bar.who, bar.cause) == (f"liaison:{chief.id}", BarCause.DECIDED)
    kept = await Report.get(id=report.id)
    assert (kept.owner_id, kept.status) == ("T-EAST", Status.ACCEPTED)
    found = await may_be_out(
        kept, bars=await bars_of(kept, key=report_key(kept, house=county)), by=by, house=county
    )
    assert [name for _, name in found if "何" in name] == ["何小溪（副监督长）"]
    with pytest.raises(FieldWrong):
        await recuse(report.number, who=who, reason="再一次", by=by, house=county)
