"""A county writes a survey, reads it as charts and ends it; nobody else gets there."""

from models.event import Event
from models.survey import Survey
from organisation.house import House
from surveys.answering import answer
from tests.console.conftest import Browser, Open

QUESTIONS = "*单选 公开及时吗？ | 及时 | 不及时"


async def test_from_writing_to_charts(browser: Browser, office: House) -> None:
    await browser.sign_in("head-a")
    await browser.get("/console/surveys")
    wrong = await browser.post("/console/surveys", title="村务公开", questions="随便")
    assert wrong.status == 422 and "第 1 题" in browser.text
    saved = await browser.post("/console/surveys", title="村务公开", questions=QUESTIONS, once="yes")
    assert saved.status == 303
    survey = await Survey.get(title="村务公开")
    for number in range(5):
        given = {"q1": "及时" if number < 3 else "不及时"}
        await answer(survey, answers=given, person_index=str(number), house=office)
    await browser.get(saved.headers["Location"])
    assert 'value="3"' in browser.text and 'value="2"' in browser.text and "5 人回答" in browser.text
    assert (await browser.post(f"/console/surveys/{survey.code}/end")).status == 303
    assert not (await Survey.get(code=survey.code)).is_active
    told = await Event.filter(action__startswith="survey.").order_by("id").values_list("action", flat=True)
    assert told == ["survey.make", "survey.read", "survey.end"]


async def test_only_the_county_gets_there(opened_browser: Open, office: House) -> None:
    for name in ("t-east-l", "office-1-a", "root", "city-approver"):
        other = await (await opened_browser()).sign_in(name)
        assert (await other.get("/console/surveys")).status == 404
        assert (await other.get("/console/surveys/ABCDEFGHJKMN")).status == 404
    county = await (await opened_browser()).sign_in("head-a")
    assert (await county.get("/console/surveys/ABCDEFGHJKMN")).status == 404
