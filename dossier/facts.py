"""The facts of a report already filed, rebuilt from its sealed rows, so that routing can decide it again."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from dossier.bars import Bar, bars_of
from models.choices import BarCause, Speaker
from models.message import Message
from models.report import Report
from routing.facts import Facts, Subject
from routing.texts import CERTAIN
from vault.keys import DataKey

HEARD = (Speaker.ME, Speaker.LIAISON, Speaker.VOICE)
"""Whose words may name somebody from whom the report is to be hidden."""


async def facts_of(
    report: Report,
    *,
    key: DataKey,
    but: Collection[BarCause] = (),
    until: datetime | None = None,
    said: Iterable[Message] | None = None,
    bars: Sequence[Bar] | None = None,
) -> Facts:
    """Everybody who is barred, `but` for these causes, stays ruled out; whose match was dismissed stays cleared.

    `text` holds all the reporter has said since, not the first message only; with `until` what was said by then.
    `said` and `bars` are the reporter's messages and everybody barred, where the caller has read them already.
    """
    details = details_of(report, key=key)
    said = await _said(report, until=until) if said is None else list(said)
    text = in_words(said, key=key)
    bars = await bars_of(report, key=key) if bars is None else bars
    standing = {bar.who: bar.reason for bar in bars if not bar.is_lifted and bar.cause not in but}
    dismissed = _dismissed(bars, standing)
    return Facts(
        region_code=report.region_id,
        area_code=report.area_id,
        purpose=str(report.purpose),
        level=str(report.level),
        subject=subject_of(report, key=key),
        text=text,
        has_words=bool(text.strip()) and (bool(details.get("has_words", True)) or _was_typed(said)),
        appeal_of=await _deciding_body(details.get("appeal_of")),
        avoid=frozenset(details.get("avoid") or ()),
        ruled_out_bodies={
            who.removeprefix("body:"): why for who, why in standing.items() if who.startswith("body:")
        },
        ruled_out_people={who: why for who, why in standing.items() if not who.startswith("body:")},
        cleared=dismissed,
    )


def _dismissed(bars: Sequence[Bar], standing: Collection[str]) -> dict[str, str]:
    """Whose match was dismissed, with the strongest reason that was: a later one that says more counts anew."""
    dismissed: dict[str, str] = {}
    for bar in bars:
        is_dismissed = bar.is_lifted and bar.cause is BarCause.MATCH and bar.who not in standing
        if is_dismissed and (bar.who not in dismissed or bar.reason in CERTAIN):
            dismissed[bar.who] = bar.reason
    return dismissed


def details_of(report: Report, *, key: DataKey) -> dict[str, Any]:
    found: dict[str, Any] = key.open_json(report.sealed_details, place=f"report:{report.id}:details")
    return found


def subject_of(report: Report, *, key: DataKey) -> Subject | None:
    if report.sealed_subject is None:
        return None
    return Subject(**key.open_json(report.sealed_subject, place=f"report:{report.id}:subject"))


async def _said(report: Report, *, until: datetime | None) -> list[Message]:
    mine = Message.filter(report_id=report.id, speaker__in=HEARD)
    return await (mine.filter(said_at__lte=until) if until else mine).order_by("said_at", "id")


def _was_typed(said: Iterable[Message]) -> bool:
    """A voice alone has words once somebody has typed them."""
    return any(message.speaker is Speaker.VOICE for message in said)


def in_words(said: Iterable[Message], *, key: DataKey) -> str:
    """`said` in the order in which it was said."""
    return "\n".join(
        key.open_text(message.sealed_text, place=f"message:{message.id}:text") for message in said
    )


async def _deciding_body(number: str | None) -> str | None:
    appealed = await Report.get_or_none(number=number) if number else None
    return appealed.owner_id if appealed else None
