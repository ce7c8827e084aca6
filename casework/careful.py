"""What a text should not say before it leaves the house: a name, a number, or that somebody reported."""

import re
from collections.abc import Iterable, Iterator

from casework import texts
from casework.errors import FieldWrong
from dossier.facts import subject_of
from models.report import Report
from organisation.house import House
from routing.facts import Facts
from routing.matching import match_people
from routing.nodes import CadreNode, LiaisonNode, StaffNode
from vault.keys import DataKey

NUMBER = re.compile(r"(?<!\d)(?:1\d{10}|\d{17}[\dXx])(?!\d)")
PEOPLE = (StaffNode, LiaisonNode, CadreNode)


class TextBetrays(FieldWrong):
    """The text can still be sent: whoever wrote it looks at it once more and says so."""

    def __init__(self, field: str, warnings: Iterable[str]) -> None:
        super().__init__(field, texts.LOOK_AGAIN.format(warnings="".join(warnings)))


def hold_back(text: str, *, field: str = "text", report: Report, key: DataKey, house: House) -> None:
    """Raises `TextBetrays`."""
    warnings = warnings_of(text, report=report, key=key, house=house)
    if warnings:
        raise TextBetrays(field, warnings)


def warnings_of(
    text: str, *, report: Report, key: DataKey, house: House, to_liaison: bool = False
) -> list[str]:
    """Sentences, the worst first; a liaison must not even read that there is a report."""
    words = [*texts.TELLTALE, *(texts.TELLTALE_TO_LIAISON if to_liaison else ())]
    told = [texts.BETRAYS.format(word=word) for word in words if word in text]
    names = dict.fromkeys(_names(text, report=report, key=key, house=house))
    return told[:1] + [texts.NAMES.format(name=name) for name in names] + _numbers(text)


def _numbers(text: str) -> list[str]:
    return [texts.NUMBERS] if NUMBER.search(text) else []


def _names(text: str, *, report: Report, key: DataKey, house: House) -> Iterator[str]:
    identity = report.sealed_identity and key.open_json(
        report.sealed_identity, place=f"report:{report.id}:identity"
    )
    subject = subject_of(report, key=key)
    for name in ((identity or {}).get("name", ""), subject.name if subject else ""):
        if name and name in text:
            yield name
    facts = Facts(region_code=report.region_id, area_code=report.area_id, level=str(report.level), text=text)
    for match in match_people(facts, house.organisation.table):
        if isinstance(match.node, PEOPLE) and match.node.name in text:
            yield match.node.name
