"""What `/metrics` says of work that waits: counts and ages over everything, never of one report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from clients.database import rows
from models.fields import to_millis

# name → what it says, the query, and whether its value is a moment, told as the seconds since then
MEASURES: Final[dict[str, tuple[str, str, bool]]] = {
    "mashang_notices_waiting": (
        "Notices not sent yet",
        "SELECT count(*) AS value FROM outbox_notice WHERE status = 'waiting'",
        False,
    ),
    "mashang_oldest_unsent_seconds": (
        "Age of the oldest notice not sent yet",
        """SELECT min(created_at) AS value FROM outbox_notice
          WHERE status = 'waiting' AND reason NOT IN ('not-cleared', 'quarantined')""",
        True,
    ),
    "mashang_notices_failed": (
        "Notices given up, by reason",
        "SELECT reason AS label, count(*) AS value FROM outbox_notice WHERE status = 'failed' GROUP BY reason",
        False,
    ),
    "mashang_quota_used": (
        "Which part of the day's quota of an interface of WeChat is spent",
        "SELECT api AS label, CAST(spent AS FLOAT) / most AS value FROM quota_spent WHERE ends_at > $1",
        False,
    ),
    "mashang_reports_overdue": (
        "Open reports whose clock has run out",
        "SELECT count(*) AS value FROM report WHERE due_at < $1 AND status <> 'closed' AND status <> 'declined'",
        False,
    ),
    "mashang_reports_aside": (
        "Reports that came in a flood and stand aside",
        "SELECT count(*) AS value FROM report WHERE quarantined_until > 0",
        False,
    ),
    "mashang_oldest_unfetched_seconds": (
        "Age of the oldest photo or voice not fetched from WeChat yet",
        "SELECT min(created_at) AS value FROM attachment WHERE status = 'waiting'",
        True,
    ),
    "mashang_unfiled_uploads_bytes": (
        "What was uploaded and not filed yet, and stays three days at most",
        """SELECT COALESCE(SUM(size), 0) AS value FROM attachment
          WHERE session_index IS NOT NULL AND report_id IS NULL AND status = 'stored'""",
        False,
    ),
    "mashang_inbox_stuck": (
        "Pushes kept because no code could work them off",
        "SELECT count(*) AS value FROM inbox_message WHERE sealed_body IS NOT NULL",
        False,
    ),
    "mashang_log_unsealed_seconds": (
        "Age of the oldest event not yet in the chain of the log",
        "SELECT min(at) AS value FROM event WHERE chain_place IS NULL",
        True,
    ),
    "mashang_log_checked_seconds": (
        "Age of the last look through the whole log",
        "SELECT max(checked_at) AS value FROM log_check",
        True,
    ),
    "mashang_log_harmed": (
        "1 when the last look through the log found harm",
        """SELECT CASE WHEN CAST(found AS TEXT) = '[]' THEN 0 ELSE 1 END AS value
          FROM log_check ORDER BY id DESC LIMIT 1""",
        False,
    ),
}
LABELS: Final = {"mashang_notices_failed": "reason", "mashang_quota_used": "api"}
"""What the values of a measure are told apart by: the column `label` of its query."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """`label` is empty for a measure of a single value."""

    name: str
    words: str
    label: str
    values: Sequence[tuple[str, float]]


async def measure(at: datetime) -> list[Measured]:
    """Raises what the database raises when it is away."""
    now = to_millis(at)
    return [
        Measured(name=name, words=words, label=LABELS.get(name, ""), values=await _values(name, now=now))
        for name, (words, _, _) in MEASURES.items()
    ]


async def _values(name: str, *, now: int) -> list[tuple[str, float]]:
    _, sql, is_moment = MEASURES[name]
    found = await (rows(sql, now) if "$1" in sql else rows(sql))
    values = []
    for row in found:
        value = row["value"]
        if is_moment:
            value = max(0.0, (now - value) / 1000) if value is not None else 0.0
        values.append((str(row["label"]) if name in LABELS else "", float(value)))
    return values


class Shown(Collector):
    """What was measured, for one answer of `/metrics`."""

    def __init__(self, measured: Sequence[Measured]) -> None:
        self._measured = measured

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for one in self._measured:
            family = GaugeMetricFamily(one.name, one.words, labels=[one.label] if one.label else [])
            for label, value in one.values:
                family.add_metric([label] if one.label else [], value)
            yield family
