"""码上填 and 码上评: a survey behind a code, what was put right in a place, and one person's answers."""

from miniapp_api import shapes, survey_shapes, texts
from miniapp_api.errors import RegionUnknown, TooMany
from miniapp_api.limits import spend
from miniapp_api.operations import EVERYBODY, PERSONS, Call, operation
from miniapp_api.places import area_of, place_of
from models.survey import Survey
from routing.table import RoutingTable
from surveys.answering import answer, survey_behind
from surveys.errors import AnsweredAlready, AnswersWrong, SurveyUnknown
from surveys.rectifying import rectified_in


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


@operation(
    "GET",
    "/regions/{code}/rectifications",
    who=EVERYBODY,
    query=survey_shapes.RectificationQuery,
    answer=survey_shapes.Rectifications,
    refuses=(RegionUnknown,),
)
async def list_rectifications(call: Call) -> survey_shapes.Rectifications:
    asked, table = call.asked(survey_shapes.RectificationQuery), call.house.organisation.table
    path = table.path(call.part("code"))
    if not path:
        raise RegionUnknown
    found = await rectified_in(path, area=asked.area, limit=asked.limit + 1, after=asked.cursor)
    items = found[: asked.limit]
    return survey_shapes.Rectifications(
        items=[_item(one, table=table) for one in items],
        next_cursor=items[-1].code if len(found) > asked.limit else None,
    )


def _item(one: Survey, *, table: RoutingTable) -> survey_shapes.Rectification:
    place = place_of(table, one.region_id)
    return survey_shapes.Rectification(
        code=one.code,
        title=one.title,
        text=one.text,
        published_at=one.made_at,
        area=area_of(table, one.area_id) if one.area_id else None,
        region=shapes.Named(code=place.code, name=place.name),
    )
