"""A decision made again, on the organisation of its day and of today: looked at, never carried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dossier.asked import Asked, answer, as_asked
from dossier.facts import facts_of
from models.decision import RoutingDecision
from models.errors import DomainError
from models.report import Report
from organisation.history import table_at
from routing.decision import Decision
from routing.table import RoutingTable
from vault.keys import DataKey


class DecisionNotFound(DomainError):
    """There is no such decision of this report, or none that kept what was asked."""

    key = "decision-not-found"
    message = "没有找到这个决定。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """The `stored` decision, and what the same question gives on its own day and now."""

    stored: RoutingDecision
    then: Decision
    then_table: RoutingTable
    now: Decision

    @property
    def agrees_then(self) -> bool:
        return self._agrees(self.then)

    @property
    def agrees_now(self) -> bool:
        return self._agrees(self.now)

    def _agrees(self, decision: Decision) -> bool:
        # without a body it stayed where it lay
        return decision.body in (None, self.stored.body_id) and decision.rule == self.stored.rule


async def replay(report: Report, *, decision_id: str, key: DataKey, table: RoutingTable) -> Replay:
    """On facts as they were: the words said by then, who was out by then. Raises `DecisionNotFound`."""
    stored = await RoutingDecision.get_or_none(id=decision_id, report_id=report.id)
    if stored is None:
        raise DecisionNotFound
    kept = key.open_json(stored.sealed_reasons, place=f"routing_decision:{stored.id}:reasons")
    if "asked" not in kept:
        raise DecisionNotFound
    asked = await _asked_then(report, stored=stored, kept=kept["asked"], key=key)
    is_same = stored.table_version == table.version
    then_table = table if is_same else await table_at(stored.table_version)
    return Replay(
        stored=stored, then=answer(asked, then_table), then_table=then_table, now=answer(asked, table)
    )


async def _asked_then(
    report: Report, *, stored: RoutingDecision, kept: Mapping[str, Any], key: DataKey
) -> Asked:
    return as_asked(kept, facts=await facts_of(report, key=key, until=stored.decided_at))
