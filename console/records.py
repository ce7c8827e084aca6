"""The records of a case as lines of a page: what was written, by whom, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from console import texts
from dossier.records import DOCUMENTS, Content, Opened, opened
from models.case_record import CaseRecord
from models.choices import Choice, Disposition, Rating, RecordOutcome
from organisation.house import House
from vault.keys import DataKey

Words = Sequence[tuple[str, str]]
LABELS: Mapping[str, type[Choice]] = {"disposition": Disposition, "result": Rating}
PLAIN = (RecordOutcome.KEPT,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`said` are labels with their words; `outcome` is empty where there is nothing to wait for."""

    title: str
    who: str
    at: datetime
    said: Words
    outcome: str
    is_open: bool
    answered_by: str
    answered_at: datetime | None
    answer: Words
    document: str
    """The id of one that has a page of its own, else empty."""


def lines_of(records: Iterable[CaseRecord], *, key: DataKey, house: House) -> list[Line]:
    return [line_of(opened(row, key=key), house=house) for row in records]


def line_of(one: Opened, *, house: House) -> Line:
    row, table = one.row, house.organisation.table
    body = table.name_of(f"body:{row.body_id}") if row.body_id else ""
    name = row.by.name if row.by else ""
    return Line(
        title=row.kind.label,
        who=" ".join(part for part in (body, name) if part),
        at=row.made_at,
        said=_words(one.content),
        outcome="" if row.outcome in PLAIN else row.outcome.label,
        is_open=row.outcome is RecordOutcome.OPEN,
        answered_by=row.settled_by.name if row.settled_by else "",
        answered_at=row.settled_at if row.outcome not in PLAIN else None,
        answer=_words(one.answer),
        document=row.id if row.kind in DOCUMENTS else "",
    )


def _words(content: Content) -> Words:
    shown = {name: label for name, label in texts.RECORD_FIELDS.items() if content.get(name)}
    return [(label, _value(name, str(content[name]))) for name, label in shown.items()]


def _value(name: str, value: str) -> str:
    if name in LABELS:
        return LABELS[name](value).label
    if name in texts.RECORD_DAYS:
        day = date.fromisoformat(value)
        return texts.DAY.format(year=day.year, month=day.month, day=day.day)
    return value
