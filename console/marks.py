"""Short marks of what a page shows: another mark, and there is something new to see.

A mark is made of what its reader is shown and of nothing else, so that what is hidden from them changes none.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from access.reports import ReportRow
from console.reading import OpenedReport


def mark_of_list(rows: Iterable[ReportRow], *, counts: Mapping[str, int], aside: int) -> str:
    shown = [(row.number, row.status, row.kind, row.due_at, row.handler_name) for row in rows]
    return _mark(sorted(counts.items()), aside, shown)


def mark_of_report(it: OpenedReport) -> str:
    report = it.report
    said = [
        (each.who, each.at, [file.status for file in each.attachments], each.delivery) for each in it.said
    ]
    return _mark(report.status, report.kind, report.owner_id, report.handler_id, report.due_at, said)


def _mark(*shown: object) -> str:
    return sha256(repr(shown).encode()).hexdigest()[:16]
