"""Answers counted, for charts. Words are shown only where they name nobody.

What somebody writes of a person belongs into a report, where those it may mean are kept away; here nobody is.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.survey import Survey, SurveyAnswer
from organisation.house import House
from routing.decide import explain_recused
from routing.facts import Facts
from routing.table import RoutingTable
from surveys.questions import HIGHEST, Question

FEWEST = 5
"""With fewer answers a chart shows what each single neighbour said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """`bars` are (label, count); `words` what was written and names nobody, `hidden` how many name somebody."""

    label: str
    kind: str
    answered: int
    bars: Sequence[tuple[str, int]] = ()
    mean: float | None = None
    words: Sequence[str] = ()
    hidden: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """`questions` is empty as long as too few have answered."""

    answers: int
    questions: Sequence[Result]


async def results_of(survey: Survey, *, house: House) -> Results:
    given = []
    async for row in SurveyAnswer.filter(survey_id=survey.code):
        key = house.vault.key(row.data_key, place=f"survey_answer:{row.id}:key")
        given.append(key.open_json(bytes(row.sealed_answers), place=f"survey_answer:{row.id}:answers"))
    if len(given) < FEWEST:
        return Results(answers=len(given), questions=())
    table = house.organisation.table
    counted = await asyncio.to_thread(
        lambda: [_counted(question, given, survey=survey, table=table) for question in survey.questions]
    )
    return Results(answers=len(given), questions=counted)


def _counted(
    question: Question, given: Sequence[dict[str, Any]], *, survey: Survey, table: RoutingTable
) -> Result:
    kind, label = question["kind"], question["label"]
    said = [one[question["key"]] for one in given if question["key"] in one]
    if kind == "text":
        # in the order of the words themselves: not of who came first
        plain = sorted(words for words in said if not _names_somebody(words, survey=survey, table=table))
        hidden = len(said) - len(plain)
        return Result(label=label, kind=kind, answered=len(said), words=plain, hidden=hidden)
    if kind == "scale":
        counts = Counter(said)
        bars = [(str(score), counts[score]) for score in range(1, HIGHEST + 1)]
        mean = round(sum(said) / len(said), 1) if said else None
        return Result(label=label, kind=kind, answered=len(said), bars=bars, mean=mean)
    chosen = Counter(option for one in said for option in (one if kind == "several" else [one]))
    bars = [(option, chosen[option]) for option in question["options"]]
    return Result(label=label, kind=kind, answered=len(said), bars=bars)


def _names_somebody(words: str, *, survey: Survey, table: RoutingTable) -> bool:
    facts = Facts(region_code=survey.region_id, area_code="", purpose="survey", level="none", text=words)
    found = explain_recused(facts, table)
    return any(cause == "match" for cause in found.causes.values())
