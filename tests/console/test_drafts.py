"""Nothing that cost a person a minute to write is lost: a lost session, a refusal, a colleague who was quicker."""

import re

import pytest

from access.drafts import own_drafts
from casework.conclude import conclude
from casework.errors import TooManySaved
from casework.recuse import recuse
from casework.save_draft import MOST_A_MINUTE, save_draft, throw_away
from casework.transfer import transfer
from console import texts
from console.drafted import OF_REPORTS, PAGES
from dossier.drafts import MOST
from dossier.rows import report_key
from models.event import Event
from models.report import Report
from models.staff import Staff
from models.staff_draft import StaffDraft
from models.staff_session import StaffSession
from retention.short_lived import forget
from tests.casework.conftest import viewer
from tests.casework.living import brought_to
from tests.factories import EAST_VILLAGE, make_entry

WORDS = "已经找电力所和村委会核对了三遍"


@pytest.fixture(params=["sqlite"])
def world_name(request) -> str:
    """A dump of either database is searched for drafts in tests/properties, and replies are written in both."""
    return request.param


def test_every_form_that_has_drafts_has_a_name_in_the_list() -> None:
    assert {*OF_REPORTS, *PAGES} == set(texts.DRAFTS)


async def test_a_session_lost_in_the_middle_of_a_long_form_loses_no_word(
    browser, opened_browser, file, office, clock_moves
):
    report = await brought_to("approve", await file(level="village"), house=office)
    path = f"/console/reports/{report.number}"
    await browser.sign_in("t-east-a")
    await browser.get(path)
    clock_moves(hours=3)
    # without a script: the button is pressed long after the session ended
    answer = await browser.post(f"{path}/conclude", text=WORDS)
    assert (answer.status, answer.headers["Location"]) == (303, "/console/login?kept=yes")
    await browser.get(answer.headers["Location"])
    assert "已经存成草稿" in browser.text and WORDS not in browser.text
    # with one: it saves by itself, and is told
    answer = await browser.post(f"{path}/draft/ask", text="哪一天停的电", quiet="yes")
    assert (answer.status, answer.headers["X-Draft"]) == (401, "kept")
    assert (await Report.get(id=report.id)).status == "handling"
    await browser.sign_in("t-east-a")
    assert f'<a href="{path}">办结' in browser.text and "询问反映人" in browser.text
    await browser.get(path)
    assert f">{WORDS}</textarea>" in browser.text and ">哪一天停的电</textarea>" in browser.text
    colleague = await (await opened_browser()).sign_in("t-east-b")
    assert "没有发出的草稿" not in colleague.text
    await colleague.get(path)
    assert WORDS not in colleague.text
    # sent, it is gone; what is not wanted is thrown away
    assert (await browser.post(f"{path}/conclude", text=WORDS)).status == 303
    assert (await browser.post("/console/drafts", form="ask", number=report.number)).status == 303
    assert not await StaffDraft.exists()
    assert await Event.filter(action="draft.begin", report_id=report.id).count() == 2


async def test_a_session_that_was_ended_or_is_long_over_keeps_nothing(browser, file, office, clock_moves):
    report = await file()
    path = f"/console/reports/{report.number}"
    await browser.sign_in("t-east-a")
    clock_moves(hours=25)
    assert (await browser.post(f"{path}/reply", text=WORDS)).headers["Location"] == "/console/login"
    await browser.sign_in("t-east-a")
    await StaffSession.all().delete()
    assert (await browser.post(f"{path}/reply", text=WORDS)).headers["Location"] == "/console/login"
    assert not await StaffDraft.exists()


async def test_a_page_from_an_earlier_session_is_refused_and_its_words_are_kept(browser, file, office):
    report = await file()
    path = f"/console/reports/{report.number}"
    await browser.sign_in("t-east-a")
    other = {"csrf_token": "0" * 64, "text": WORDS}
    for site, is_kept in (("cross-site", False), ("none", False), ("same-origin", True)):
        headers = {"Sec-Fetch-Site": site}
        async with browser.client.post(f"{path}/reply", data=other, headers=headers) as answer:
            assert answer.status == 403 and ("X-Draft" in answer.headers) is is_kept
        assert await StaffDraft.exists() is is_kept
    await browser.get(path)
    assert f">{WORDS}</textarea>" in browser.text


async def test_refused_because_a_colleague_was_quicker_the_words_are_still_there(browser, file, office):
    report = await brought_to("approve", await file(level="village"), house=office)
    path = f"/console/reports/{report.number}"
    await browser.sign_in("t-east-a")
    await browser.get(path)
    await conclude(report.number, text="办好了", by=await viewer(office, "t-east-b"), house=office)
    for _ in ("refused", "opened again"):
        answer = await browser.post(f"{path}/conclude", text=WORDS)
        assert answer.status == 409 and WORDS in browser.text
    await browser.get(path)
    assert "“办结”现在办不了" in browser.text and WORDS in browser.text


async def test_each_receipt_has_its_own_words(browser, file, office):
    report = await file()
    by = await viewer(office, "t-east-a")
    for of in ("A" * 22, "B" * 22):
        await save_draft(f"note-result:{of}", {"text": of}, number=report.number, by=by, house=office)
    assert {one.form for one in await own_drafts(by, at=office.clock.now())} == {
        f"note-result:{of}" for of in ("A" * 22, "B" * 22)
    }


@pytest.mark.parametrize("how", ["recused", "moved", "barred by hand"])
async def test_whoever_loses_sight_of_a_report_loses_what_they_wrote(browser, file, office, how):
    report = await file(level="village")
    by, colleague = await viewer(office, "t-east-a"), await viewer(office, "t-east-b")
    for each in (by, colleague):
        await save_draft("feedback", {"text": WORDS}, number=report.number, by=each, house=office)
    if how == "recused":
        await recuse(report.number, who="", reason="亲戚", by=by, house=office)
        left = {colleague.staff_id}
    elif how == "moved":
        leader = await viewer(office, "t-east-l")
        given = {"body": "OFFICE-1", "trigger": "", "reason": "几个村都说"}
        await transfer(report.number, by=leader, house=office, **given)
        left = set()
    else:
        # what no rule dropped is hidden all the same
        await Report.filter(id=report.id).update(owner_id="T-WEST")
        assert await own_drafts(by, at=office.clock.now()) == []
        return
    assert {row.staff_id for row in await StaffDraft.all()} == left
    await browser.sign_in("t-east-a")
    answer = await browser.post(f"/console/reports/{report.number}/draft/feedback", text=WORDS)
    assert answer.status == 404 and WORDS not in browser.text
    assert await own_drafts(by, at=office.clock.now()) == []


async def test_from_above_only_what_is_done_to_a_row_may_be_begun(browser, file, office):
    report = await file()
    await browser.sign_in("cases-a")
    path = f"/console/reports/{report.number}"
    assert (await browser.post(f"{path}/draft/conclude", text=WORDS)).status == 404
    assert (await browser.post(f"{path}/draft/urge", text=WORDS, quiet="yes")).status == 204
    await browser.get("/console/reports")
    assert f"/console/ledger?number={report.number}" in browser.text and "柳树村" not in browser.text
    await browser.get(f"/console/ledger?number={report.number}")
    assert f">{WORDS}</textarea>" in browser.text
    answer = await browser.post(f"{path}/urge", text=WORDS, **{"from": "ledger"})
    assert answer.status == 303 and not await StaffDraft.exists()


async def test_forms_about_no_report_come_back_too_and_hold_nothing_that_is_not_ours(
    browser, office, clock_moves
):
    await browser.sign_in("letters-a")
    await browser.get("/console/surveys")
    questions = "单选 路灯亮吗 | 亮 | 不亮"
    clock_moves(hours=3)
    assert (await browser.post("/console/surveys", title=WORDS, questions=questions)).status == 303
    await browser.sign_in("letters-a")
    assert '<a href="/console/surveys">新问卷' in browser.text
    await browser.get("/console/surveys")
    assert questions in browser.text and WORDS in browser.text
    assert (await browser.post("/console/surveys", title=WORDS, questions=questions)).status == 303
    # a look is not yet a publication
    row = {"code": "D9", "title": "低保", "kind": "policy", "area_code": "education", "text": WORDS}
    row |= {"region_code": "990101000000", "active": "yes"}
    assert (await browser.post("/console/disclosures/look", **row)).status == 200
    await browser.get("/console/disclosures/edit")
    assert WORDS in browser.text
    # of what is outside the jurisdiction nothing is stored, not even as a draft
    await make_entry()
    head = await Staff.get(username="city-l")
    paper = {"channel": "letter", "region": EAST_VILLAGE, "area": "education", "level": "discipline"}
    paper |= {"text": WORDS, "subject_name": head.name, "subject_unit": "市纪委监委", "subject_post": "书记"}
    assert (await browser.post("/console/drafts/enter", **paper, quiet="yes")).status == 204
    assert await StaffDraft.filter(form="enter", report_id=None).exists()
    assert (await browser.post("/console/enter", **paper)).status == 422
    assert "12388" in browser.text
    assert not await StaffDraft.filter(form="enter").exists()


async def test_drafts_are_bounded_in_number_rate_and_time(county, clock_moves):
    by = await viewer(county, "t-east-a")
    for count in range(MOST_A_MINUTE):
        await save_draft(f"survey:{count}", {"title": "x" * 30_000}, by=by, house=county)
    with pytest.raises(TooManySaved):
        await save_draft("survey", {"title": "x"}, by=by, house=county)
    await county.coordination.redis.delete(f"drafts:{by.staff_id}")
    one = await StaffDraft.all().first()
    assert len(bytes(one.sealed_fields)) < 20_100
    await StaffDraft.bulk_create(
        [
            StaffDraft(
                staff_id=by.staff_id, form=f"x{count}", sealed_fields=b"-", saved_at=county.clock.now()
            )
            for count in range(MOST - MOST_A_MINUTE)
        ]
    )
    clock_moves(seconds=1)
    await save_draft("survey", {"title": "x"}, by=by, house=county)
    assert await StaffDraft.all().count() == MOST
    await throw_away("survey", by=by, house=county)
    clock_moves(days=31)
    await forget(house=county)
    assert not await StaffDraft.exists()


async def test_a_reply_begun_before_every_form_had_drafts_is_still_read(browser, file, office):
    report = await file()
    key = report_key(report, house=office)
    await StaffDraft.create(
        id="d" * 22,
        staff_id=(await Staff.get(username="t-east-a")).id,
        report_id=report.id,
        form="reply",
        sealed_fields=key.seal_text(WORDS, place=f"reply_draft:{'d' * 22}:text"),
        saved_at=office.clock.now(),
    )
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    assert f">{WORDS}</textarea>" in browser.text


async def test_without_a_script_every_long_form_has_a_button_that_keeps_what_was_written(
    browser, opened_browser, file, office
):
    report = await brought_to("approve", await file(level="village"), house=office)
    path = f"/console/reports/{report.number}"
    await browser.sign_in("t-east-a")
    await browser.get(path)
    forms = re.findall(r'data-draft="([^"]+)"', browser.text)
    assert f"{path}/draft/conclude" in forms
    assert set(forms) == set(re.findall(r'formaction="([^"]+/draft/[^"]+)"', browser.text))
    answer = await browser.post(f"{path}/draft/conclude", text=WORDS)
    assert (answer.status, answer.headers["Location"]) == (303, f"{path}?draft=kept")
    await browser.get(answer.headers["Location"])
    assert "草稿已存" in browser.text and f">{WORDS}</textarea>" in browser.text
    # over a row of the ledger and about no report, too
    county = await (await opened_browser()).sign_in("cases-a")
    answer = await county.post(f"{path}/draft/urge", text=WORDS, **{"from": "ledger"})
    assert answer.headers["Location"] == f"/console/ledger?number={report.number}&draft=kept"
    for page in ("/console/enter", "/console/surveys", "/console/disclosures/edit", "/console/templates"):
        await county.get(page)
        (kept,) = set(re.findall(r'data-draft="([^"]+)"', county.text))
        assert f'formaction="{kept}"' in county.text
        answer = await county.post(kept, text=WORDS)
        assert answer.headers["Location"] == f"{page}?draft=kept"
        await county.get(page)
        assert f">{WORDS}</textarea>" in county.text


async def test_a_template_half_written_is_there_again_and_gone_once_it_is_saved(browser, office):
    await browser.sign_in("t-east-a")
    await browser.get("/console/templates")
    assert (
        await browser.post("/console/templates", title="停电", area="", text="已经派人去看")
    ).status == 303
    await browser.get("/console/templates")
    (template,) = re.findall(r'name="of" value="([\w-]{22})"', browser.text)
    await browser.post("/console/drafts/template", of=template, title="停电的", text=WORDS, quiet="yes")
    await browser.post("/console/drafts/template", title="新的", text="新写的", quiet="yes")
    await browser.get("/console/templates")
    assert f">{WORDS}</textarea>" in browser.text and ">新写的</textarea>" in browser.text
    assert "已经派人去看" not in browser.text
    # refused, both keep what was written; saved, each goes by itself
    assert (await browser.post("/console/templates", title="新的", text="{姓名}")).status == 422
    assert ">{姓名}</textarea>" in browser.text and f">{WORDS}</textarea>" in browser.text
    assert (await browser.post("/console/templates", of=template, title="停电的", text=WORDS)).status == 303
    assert [row.form for row in await StaffDraft.all()] == ["template"]
