"""The records of a case (办理记录): proposals, conclusions, urges, documents; sealed under the key of their report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.case_record import CaseRecord
from models.choices import RecordKind, RecordOutcome
from models.fields import new_id
from models.report import Report
from vault.keys import DataKey

Content = Mapping[str, Any]
DOCUMENTS = (RecordKind.AUTHORISATION, RecordKind.BRIEFING, RecordKind.ANALYSIS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A record with what it says; `answer` is what settled it."""

    row: CaseRecord
    content: Content
    answer: Content


async def keep_record(
    report: Report,
    *,
    kind: RecordKind,
    content: Content,
    key: DataKey,
    at: datetime,
    body: str = "",
    by_id: int | None = None,
    due_at: datetime | None = None,
    is_open: bool = False,
) -> CaseRecord:
    """One that is not `is_open` says all there is to say and waits for nothing."""
    record_id = new_id()
    return await CaseRecord.create(
        id=record_id,
        report_id=report.id,
        kind=kind,
        by_id=by_id,
        body_id=body,
        sealed_content=key.seal_json(_given(content), place=f"case_record:{record_id}:content"),
        made_at=at,
        due_at=due_at,
        settled_at=None if is_open else at,
        outcome=RecordOutcome.OPEN if is_open else RecordOutcome.KEPT,
    )


async def open_record(report: Report, *, kind: RecordKind) -> CaseRecord | None:
    """The latest of that kind that nobody has settled."""
    found = CaseRecord.filter(report_id=report.id, kind=kind, outcome=RecordOutcome.OPEN)
    return await found.order_by("-made_at", "-id").first()


def waiting_in(records: Iterable[CaseRecord]) -> dict[RecordKind, CaseRecord]:
    """Whatever waits for somebody, by its kind, the latest of each."""
    return {row.kind: row for row in records if row.outcome is RecordOutcome.OPEN}


async def settle(
    record: CaseRecord,
    *,
    outcome: RecordOutcome,
    at: datetime,
    by_id: int | None = None,
    answer: Content | None = None,
    key: DataKey | None = None,
) -> None:
    """`key` is needed where there is an `answer`."""
    record.settled_at, record.settled_by_id, record.outcome = at, by_id, outcome
    if answer and key is not None:
        record.sealed_answer = key.seal_json(_given(answer), place=f"case_record:{record.id}:answer")
    await record.save(update_fields=["settled_at", "settled_by_id", "outcome", "sealed_answer"])


async def void_open(report: Report, *, at: datetime, kinds: Sequence[RecordKind]) -> None:
    waiting = CaseRecord.filter(report_id=report.id, kind__in=kinds, outcome=RecordOutcome.OPEN)
    await waiting.update(outcome=RecordOutcome.VOID, settled_at=at)


def opened(row: CaseRecord, *, key: DataKey) -> Opened:
    content = key.open_json(row.sealed_content, place=f"case_record:{row.id}:content")
    answer = (
        key.open_json(row.sealed_answer, place=f"case_record:{row.id}:answer") if row.sealed_answer else {}
    )
    return Opened(row=row, content=content, answer=answer)


def _given(content: Content) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value}


async def kinds_kept(report: Report, *, since: datetime) -> set[RecordKind]:
    found = CaseRecord.filter(report_id=report.id, outcome=RecordOutcome.KEPT, made_at__gte=since)
    return {row.kind async for row in found}


async def find_document(report: Report, *, record_id: str, key: DataKey) -> Opened | None:
    found = CaseRecord.filter(id=record_id, report_id=report.id, kind__in=DOCUMENTS)
    row = await found.select_related("by", "settled_by").first()
    return opened(row, key=key) if row is not None else None
