"""一案一授权, 一案一汇报, 一案一剖析: what a case of the zone needs in writing before it is concluded."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from casework.words import CONCLUSION_LIMIT, words_of
from dossier.records import keep_record, kinds_kept
from dossier.rows import report_key
from dossier.turns import is_zone_case
from models.choices import RecordKind
from models.report import Report
from organisation.house import House
from vault.keys import DataKey
from vault.log import record

FIELDS: Final[Mapping[RecordKind, Sequence[str]]] = {
    RecordKind.AUTHORISATION: ("authoriser", "authorised_on", "scope"),
    RecordKind.BRIEFING: ("reported_to", "reported_on", "facts", "opinion"),
    RecordKind.ANALYSIS: ("causes", "lessons", "measures"),
}
DAYS: Final = ("authorised_on", "reported_on")


async def write_document(number: str, *, kind: RecordKind, by: Viewer, house: House, **given: str) -> None:
    """A later one of its kind takes the place of an earlier one, which is kept.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    at = house.clock.now()
    today = at.astimezone(house.timezone).date()
    content = {name: _said(name, given.get(name, ""), today=today) for name in FIELDS[kind]}
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status(str(kind), status=report.status, role=by.role)
        key = report_key(report, house=house)
        if not await is_zone_case(report, key=key):
            raise TransitionNotAllowed(texts.NO_ZONE_CASE)
        kept = await keep_record(
            report, kind=kind, content=content, body=by.body_code, by_id=by.staff_id, key=key, at=at
        )
        await record(f"report.{kind}", by=by.actor, at=at, report_id=report.id, object_id=kept.id)


async def missing_documents(report: Report, *, key: DataKey) -> list[RecordKind] | None:
    """Since the report came to the body that has it; None where it is no case of the zone."""
    if not await is_zone_case(report, key=key):
        return None
    kept = await kinds_kept(report, since=report.owned_at)
    return [kind for kind in FIELDS if kind not in kept]


async def require_documents(report: Report, *, key: DataKey) -> None:
    """Raises `TransitionNotAllowed` with what is missing."""
    missing = await missing_documents(report, key=key)
    if missing:
        names = texts.AND.join(kind.label for kind in missing)
        raise TransitionNotAllowed(texts.DOCUMENTS_MISSING.format(documents=names))


def _said(name: str, given: str, *, today: date) -> str:
    words = words_of(given, field=name, limit=CONCLUSION_LIMIT, missing=texts.FIELD_MISSING)
    if name not in DAYS:
        return words
    try:
        day = date.fromisoformat(words)
    except ValueError:
        raise FieldWrong(name, texts.DAY_WRONG) from None
    if day > today:
        raise FieldWrong(name, texts.DAY_WRONG)
    return day.isoformat()
