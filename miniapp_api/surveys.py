"""码上填: a survey behind a code, and one person's answers."""

from miniapp_api import shapes, survey_shapes, texts
from miniapp_api.errors import TooMany
from miniapp_api.limits import spend
from miniapp_api.operations import EVERYBODY, PERSONS, Call, operation
from models.survey import Survey
from surveys.answering import answer, survey_behind
from surveys.errors import AnsweredAlready, AnswersWrong, SurveyUnknown


@operation("GET", "/surveys/{code}", who=EVERYBODY, answer=survey_shapes.Survey, refuses=(SurveyUnknown,))
async def show_survey(call: Call) -> survey_shapes.Survey:
    survey = await survey_behind(call.part("code"), house=call.house)
    questions = [survey_shapes.SurveyQuestion(**question) for question in survey.questions]
    return survey_shapes.Survey(
        code=survey.code, title=survey.title, text=survey.text, is_once=survey.is_once, questions=questions
    )


async def find_survey(call: Call) -> Survey:
    return await survey_behind(call.part("code"), house=call.house)


@operation(
    "POST",
    "/surveys/{code}/answers",
    who=PERSONS,
    body=survey_shapes.AnswersBody,
    answer=shapes.Ended,
    status=201,
    creates=True,
    prepare=find_survey,
    refuses=(AnsweredAlready, AnswersWrong, SurveyUnknown, TooMany),
)
async def answer_survey(call: Call) -> shapes.Ended:
    await spend(call.session, house=call.house)
    await answer(
        call.prepared,
        answers=call.read(survey_shapes.AnswersBody).answers,
        person_index=call.session.person_index,
        house=call.house,
    )
    return shapes.Ended(message=texts.ANSWERED)
