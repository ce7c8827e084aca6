"""The facts of one matter, checked against an organisation."""

from collections.abc import Mapping
from typing import Any, Final

from models.choices import Level, Purpose
from models.entry_code import EntryCode
from models.errors import DomainError
from organisation import entry_codes
from organisation.stating import texts
from routing.facts import Facts, Subject
from routing.table import RoutingTable

SUBJECT_FIELDS: Final = frozenset({"name", "post", "unit"})
AVOIDABLE: Final = frozenset({"township", "liaison"})
Given = Mapping[str, Any]


class FactWrong(DomainError):
    """`name` is the field, `expected` what it should hold."""

    key = "fact-wrong"

    def __init__(self, name: str, expected: str) -> None:
        self.name, self.expected = name, expected
        super().__init__(texts.FACT_WRONG.format(name=name, expected=expected))


async def stated_facts(given: Given, *, table: RoutingTable) -> Facts:
    """Raises `FactWrong`. Without `text` nothing is said about words; an empty one means that there were none."""
    region, area, purpose = await _place(given, table=table)
    appeal_of = _text(given, "appeal_of")
    if appeal_of and appeal_of not in table.bodies:
        raise FactWrong("appeal_of", texts.BODY_EXPECTED)
    text = _text(given, "text")
    return Facts(
        region_code=region,
        area_code=area,
        purpose=purpose,
        level=_one_of(given, "level", tuple(Level)),
        subject=_subject(given),
        text=text,
        has_words="text" not in given or bool(text.strip()),
        appeal_of=appeal_of or None,
        avoid=_avoid(given),
    )


async def _place(given: Given, *, table: RoutingTable) -> tuple[str, str, str]:
    if given.get("entry") is not None:
        entry = await EntryCode.get_or_none(code=entry_codes.normalise(_text(given, "entry")))
        if entry is None:
            raise FactWrong("entry", texts.ENTRY_EXPECTED)
        region, area, purpose = entry.region_id, entry.area_id, str(entry.purpose)
    else:
        region, area, purpose = _text(given, "region"), _text(given, "area"), Purpose.REPORT.value
    if region not in table.tree.nodes:
        raise FactWrong("region", texts.PLACE_EXPECTED)
    if area not in table.areas:
        raise FactWrong("area", texts.AREA_EXPECTED)
    return region, area, _one_of(given, "purpose", tuple(Purpose), default=purpose)


def _subject(given: Given) -> Subject | None:
    subject = given.get("subject")
    if subject is None:
        return None
    if not isinstance(subject, dict) or not SUBJECT_FIELDS.issuperset(subject):
        raise FactWrong("subject", texts.SUBJECT_EXPECTED)
    if not all(isinstance(value, str | None) for value in subject.values()):
        raise FactWrong("subject", texts.SUBJECT_EXPECTED)
    return Subject(**{name: value or "" for name, value in subject.items()})


def _avoid(given: Given) -> frozenset[str]:
    avoid = given.get("avoid") or []
    if not isinstance(avoid, list) or not all(each in AVOIDABLE for each in avoid if isinstance(each, str)):
        raise FactWrong("avoid", texts.AVOID_EXPECTED)
    if not all(isinstance(each, str) for each in avoid):
        raise FactWrong("avoid", texts.AVOID_EXPECTED)
    return frozenset(avoid)


def _text(given: Given, name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str | None):
        raise FactWrong(name, texts.TEXT_EXPECTED)
    return value or ""


def _one_of(given: Given, name: str, known: tuple[str, ...], *, default: str = "") -> str:
    value = _text(given, name) or default
    if value not in known:
        raise FactWrong(name, texts.LEVEL_EXPECTED.format(known="、".join(known)))
    return str(value)
