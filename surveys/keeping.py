"""A county makes a survey, and ends it."""

from typing import Final

from tortoise.transactions import in_transaction

from clients.content_check import ContentCheck
from clients.finding import find_where
from models.survey import Survey
from organisation.entry_codes import make
from organisation.house import House
from surveys.errors import SurveyIncomplete, SurveyUnknown
from surveys.questions import read_questions
from vault.log import record

BELOW: Final = """r.region_id IN (WITH RECURSIVE below AS (SELECT code FROM region WHERE code = $1
    UNION ALL SELECT g.code FROM region g JOIN below b ON g.parent_id = b.code) SELECT code FROM below)"""


async def make_survey(
    *,
    title: str,
    text: str,
    region: str,
    written: str,
    is_once: bool,
    county: str,
    by: str,
    house: House,
    check: ContentCheck | None,
    is_reviewed: bool = False,
) -> Survey:
    """Raises `SurveyIncomplete`, `QuestionsWrong` or what `check` does."""
    questions = read_questions(written)
    title = title.strip()[:128]
    if not title or not questions or county not in house.organisation.table.path(region):
        raise SurveyIncomplete
    if check is not None:
        await check([title, text, written], is_reviewed=is_reviewed)
    at = house.clock.now()
    async with in_transaction():
        survey = await Survey.create(
            code=make(),
            region_id=region,
            title=title,
            text=text.strip()[:2000],
            questions=questions,
            is_once=is_once,
            made_at=at,
        )
        await record("survey.make", by=by, at=at, object_id=survey.code)
    return survey


async def end_survey(
    code: str, *, within: str, by: str, house: House, is_rectification: bool | None = None
) -> None:
    """Raises `SurveyUnknown`; what was answered stays."""
    survey = await survey_of(code, within=within, house=house)
    if is_rectification not in (None, survey.is_rectification):
        raise SurveyUnknown
    async with in_transaction():
        await Survey.filter(code=survey.code).update(is_active=False)
        await record("survey.end", by=by, at=house.clock.now(), object_id=survey.code)


async def surveys_of(region: str, *, is_rectification: bool | None = None) -> list[Survey]:
    """Those of a region and below, newest first."""
    asked = "" if is_rectification is None else " AND r.is_rectification = $2"
    values = [is_rectification] if asked else []
    return await find_where(Survey, f"{BELOW}{asked} ORDER BY r.made_at DESC, r.code", region, *values)


async def survey_of(code: str, *, within: str, house: House) -> Survey:
    found = await Survey.get_or_none(code=code[:32])
    if found is None or within not in house.organisation.table.path(found.region_id):
        raise SurveyUnknown
    return found
