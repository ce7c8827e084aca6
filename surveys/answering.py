"""A survey found by its code or by a code on a wall, and answered."""

from collections.abc import Mapping
from typing import Any

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from models.choices import EntryStatus, Purpose
from models.entry_code import EntryCode
from models.fields import new_id
from models.survey import Survey, SurveyAnswer
from organisation import entry_codes
from organisation.house import House
from surveys.errors import AnsweredAlready, SurveyUnknown
from surveys.questions import checked


async def survey_behind(code: str, *, house: House) -> Survey:
    """`code` is the survey's own or that of a poster: then the nearest survey of the place. Raises `SurveyUnknown`."""
    normal = entry_codes.normalise(code)
    entry = await EntryCode.get_or_none(code=normal) if entry_codes.is_valid(normal) else None
    if entry is not None and entry.purpose is Purpose.SURVEY and entry.status is EntryStatus.ACTIVE:
        path = house.organisation.table.path(entry.region_id)
        found = await Survey.filter(region_id__in=list(path), is_active=True, is_rectification=False)
        if found:
            return max(found, key=lambda survey: (path.index(survey.region_id), survey.made_at))
    elif code.isascii() and code.isalnum():
        own = await Survey.get_or_none(code=code.upper()[:32], is_active=True)
        if own is not None:
            return own
    raise SurveyUnknown


async def answer(survey: Survey, *, answers: Mapping[str, Any], person_index: str, house: House) -> None:
    """Neither when nor who is kept. Raises `AnswersWrong` or `AnsweredAlready`."""
    kept = checked(answers, questions=survey.questions)
    answer_id = new_id()
    key, wrapped = house.vault.new_key(place=f"survey_answer:{answer_id}:key")
    once = house.vault.index("survey", f"{survey.code}:{person_index}") if survey.is_once else None
    try:
        async with in_transaction():
            await SurveyAnswer.create(
                id=answer_id,
                survey_id=survey.code,
                once_index=once,
                data_key=wrapped,
                sealed_answers=key.seal_json(kept, place=f"survey_answer:{answer_id}:answers"),
            )
    except IntegrityError:
        raise AnsweredAlready from None
