"""`mashang decide`: facts in, the decision and its reasons out; nothing is stored."""

from collections.abc import Mapping
from typing import Any, Final

import orjson

from commands import texts
from commands.errors import CommandRefused
from models.choices import Level, Purpose
from models.entry_code import EntryCode
from organisation import entry_codes
from organisation.live import current_version, read_table
from routing.decide import decide
from routing.decision import Decision
from routing.facts import Facts, Subject
from routing.table import RoutingTable

KNOWN: Final = ("entry", "region", "area", "purpose", "level", "subject", "text", "appeal_of", "avoid")
SUBJECT_FIELDS: Final = frozenset({"name", "post", "unit"})
AVOIDABLE: Final = frozenset({"township", "liaison"})
Given = Mapping[str, Any]


async def decided(text: bytes) -> dict[str, Any]:
    """The answer as the contract shapes it. Raises `CommandRefused` for facts that are wrong."""
    given = read_json(text)
    table = await read_table(await current_version())
    return answer(decide(await facts_of(given, table=table), table), table=table)


def read_json(text: bytes) -> dict[str, Any]:
    try:
        given = orjson.loads(text)
    except ValueError:
        raise CommandRefused(texts.NOT_JSON) from None
    if not isinstance(given, dict):
        raise CommandRefused(texts.NOT_JSON)
    for name in given:
        if name not in KNOWN:
            raise CommandRefused(texts.UNKNOWN_FACT.format(name=name[:40], known="、".join(KNOWN)))
    return given


async def facts_of(given: Given, *, table: RoutingTable) -> Facts:
    """Without `text` nothing is said about words; an empty one means that there were none."""
    region, area, purpose = await _place(given, table=table)
    appeal_of = _text(given, "appeal_of")
    if appeal_of and appeal_of not in table.bodies:
        raise _wrong("appeal_of", texts.BODY_EXPECTED)
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
            raise _wrong("entry", texts.ENTRY_EXPECTED)
        region, area, purpose = entry.region_id, entry.area_id, str(entry.purpose)
    else:
        region, area, purpose = _text(given, "region"), _text(given, "area"), Purpose.REPORT.value
    if region not in table.tree.nodes:
        raise _wrong("region", texts.PLACE_EXPECTED)
    if area not in table.areas:
        raise _wrong("area", texts.AREA_EXPECTED)
    return region, area, _one_of(given, "purpose", tuple(Purpose), default=purpose)


def _subject(given: Given) -> Subject | None:
    subject = given.get("subject")
    if subject is None:
        return None
    if not isinstance(subject, dict) or not SUBJECT_FIELDS.issuperset(subject):
        raise _wrong("subject", texts.SUBJECT_EXPECTED)
    if not all(isinstance(value, str | None) for value in subject.values()):
        raise _wrong("subject", texts.SUBJECT_EXPECTED)
    return Subject(**{name: value or "" for name, value in subject.items()})


def _avoid(given: Given) -> frozenset[str]:
    avoid = given.get("avoid") or []
    if not isinstance(avoid, list) or not all(each in AVOIDABLE for each in avoid if isinstance(each, str)):
        raise _wrong("avoid", texts.AVOID_EXPECTED)
    if not all(isinstance(each, str) for each in avoid):
        raise _wrong("avoid", texts.AVOID_EXPECTED)
    return frozenset(avoid)


def _text(given: Given, name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str | None):
        raise _wrong(name, texts.TEXT_EXPECTED)
    return value or ""


def _one_of(given: Given, name: str, known: tuple[str, ...], *, default: str = "") -> str:
    value = _text(given, name) or default
    if value not in known:
        raise _wrong(name, texts.LEVEL_EXPECTED.format(known="、".join(known)))
    return str(value)


def _wrong(name: str, expected: str) -> CommandRefused:
    return CommandRefused(texts.FACT_WRONG.format(name=name, expected=expected))


def answer(decision: Decision, *, table: RoutingTable) -> dict[str, Any]:
    """People and bodies as the import files name them: username, telephone, code."""
    return {
        "body": decision.body,
        "rule": decision.rule,
        "reasons": list(decision.reasons),
        "ruled_out": [
            {"who": _as_imported(out.who, table=table), "name": out.name, "reason": out.reason}
            for out in decision.ruled_out
        ],
        "liaisons_told": [liaison.phone for liaison in decision.liaisons_told],
    }


def _as_imported(who: str, *, table: RoutingTable) -> str:
    if who in table.staff:
        return table.staff[who].username
    if who in table.liaisons:
        return table.liaisons[who].phone
    return who.removeprefix("body:")
