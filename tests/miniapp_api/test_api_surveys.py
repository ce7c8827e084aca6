"""Questions as data, one answer a person, counted for the county; nobody's name is shown, no single answer either."""

from collections.abc import Awaitable, Callable

import pytest

from models.event import Event
from models.survey import Survey, SurveyAnswer
from organisation.house import House
from surveys.errors import QuestionsWrong, SurveyIncomplete, SurveyUnknown
from surveys.keeping import end_survey, make_survey, survey_of
from surveys.questions import read_questions
from surveys.results import results_of
from tests.factories import COUNTY, EAST_VILLAGE, WEST_VILLAGE, make_entry
from tests.miniapp_api.conftest import Phone
from wechat_standin import StandIn

Another = Callable[[], Awaitable[Phone]]
WRITTEN = """*单选 公开及时吗？ | 及时 | 不及时
多选 想看什么？｜低保｜工程
打分 打几分？
文字 还想说什么？"""


async def made(
    house: House, *, region: str = COUNTY, is_once: bool = True, title: str = "村务公开"
) -> Survey:
    return await make_survey(
        title=title,
        text="",
        region=region,
        written=WRITTEN,
        is_once=is_once,
        county=COUNTY,
        by="staff:1",
        house=house,
        check=None,
    )


async def test_a_code_on_the_wall_leads_to_the_nearest_survey(phone: Phone, house: House) -> None:
    entry = await make_entry(purpose="survey")
    assert (await phone.get(f"/surveys/{entry.code}")).status == 404
    await made(house)
    near = await made(house, region=EAST_VILLAGE, title="本村的")
    await made(house, region=WEST_VILLAGE, title="别村的")
    shown = (await phone.get(f"/surveys/{entry.code.lower()}")).body
    assert (shown["code"], shown["title"]) == (near.code, "本村的")
    assert [one["kind"] for one in shown["questions"]] == ["single", "several", "scale", "text"]
    report = await make_entry(purpose="report")
    assert (await phone.get(f"/surveys/{report.code}")).status == 404
    await end_survey(near.code, within=COUNTY, by="staff:1", house=house)
    assert (await phone.get(f"/surveys/{near.code}")).status == 404
    assert (await phone.get(f"/surveys/{entry.code}")).body["title"] == "村务公开"


async def test_one_answer_a_person_where_that_is_wanted(phone: Phone, house: House, standin: StandIn) -> None:
    person = standin.add_person("villager")
    survey, open_to_many = await made(house), await made(house, is_once=False)
    answers = {"answers": {"q1": "及时", "q2": ["低保"], "q3": 4, "unasked": "x"}}
    for _ in range(2):
        mine = await Phone(phone.client).sign_in(standin.mini_login(person.openid))
        last = await mine.post(f"/surveys/{survey.code}/answers", answers)
        assert (await mine.post(f"/surveys/{open_to_many.code}/answers", answers)).status == 201
    assert (last.status, last.body["type"]) == (409, "answered-already")
    assert await SurveyAnswer.filter(survey_id=survey.code).count() == 1
    assert await SurveyAnswer.filter(survey_id=open_to_many.code, once_index__isnull=True).count() == 2
    for row in await SurveyAnswer.all():
        assert "低保".encode() not in bytes(row.sealed_answers)
    assert await Event.filter(action__startswith="survey.answer").count() == 0


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({}, "q1"),
        ({"q1": "也许"}, "q1"),
        ({"q1": "及时", "q2": ["低保", "别的"]}, "q2"),
        ({"q1": "及时", "q2": "低保"}, "q2"),
        ({"q1": "及时", "q3": 6}, "q3"),
        ({"q1": "及时", "q4": "字" * 501}, "q4"),
    ],
)
async def test_a_wrong_answer_is_named_by_its_question(
    phone: Phone, house: House, answers: dict[str, object], key: str
) -> None:
    survey = await made(house)
    refused = await phone.post(f"/surveys/{survey.code}/answers", {"answers": answers})
    assert refused.status == 422 and [error["field"] for error in refused.body["errors"]] == [key]


async def test_results_are_counted_and_name_nobody(phone: Phone, another: Another, house: House) -> None:
    survey = await made(house)
    texts = ["路灯再多几盏", "东河镇纪委书记收了礼", "", "村里干净", "好"]
    for number, text in enumerate(texts):
        given = {"q1": "及时" if number else "不及时", "q2": ["低保", "工程"], "q3": number + 1, "q4": text}
        person = await another()
        assert (await person.post(f"/surveys/{survey.code}/answers", {"answers": given})).status == 201
        if number < 4:
            assert (await results_of(survey, house=house)).questions == ()
    single, several, scale, words = (await results_of(survey, house=house)).questions
    assert list(single.bars) == [("及时", 4), ("不及时", 1)]
    assert list(several.bars) == [("低保", 5), ("工程", 5)]
    assert scale.mean == 3.0 and [count for _, count in scale.bars] == [1] * 5
    assert words.answered == 4 and "东河镇纪委书记收了礼" not in words.words
    assert words.hidden >= 1 and "村里干净" in words.words


async def test_a_survey_belongs_to_its_county(phone: Phone, house: House) -> None:
    survey = await made(house)
    with pytest.raises(SurveyUnknown):
        await survey_of(survey.code, within="990199000000", house=house)
    for wrong in ({"region": "990200000000"}, {"title": " "}):
        with pytest.raises(SurveyIncomplete):
            await made(house, **wrong)


@pytest.mark.parametrize("written", ["随便", "单选 题 | 一个", "单选", "打分"])
def test_a_question_that_cannot_be_asked_is_named(written: str) -> None:
    with pytest.raises(QuestionsWrong) as refused:
        read_questions(f"打分 好吗？\n{written}")
    assert "第 2 题" in refused.value.message
