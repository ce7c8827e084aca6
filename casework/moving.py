"""What every action that moves a report does last: hand it over, and keep who moved it and why."""

from collections.abc import Mapping
from datetime import datetime

from access.viewer import Viewer
from dossier.rulings import Ruling, hand_over
from models.report import Report
from organisation.house import House
from vault.keys import DataKey
from vault.log import record


async def move(
    report: Report,
    *,
    cause: str,
    ruling: Ruling,
    given: Mapping[str, str],
    key: DataKey,
    by: Viewer,
    house: House,
    at: datetime,
) -> None:
    """`given` is kept sealed with the decision; the event holds bodies and the rule, no words."""
    before = report.owner_id
    await hand_over(
        report,
        ruling=ruling,
        key=key,
        cause=cause,
        given={**given, "sender": by.body_code},
        by_id=by.staff_id,
        house=house,
        at=at,
    )
    await record(
        f"report.{cause}",
        by=by.actor,
        at=at,
        report_id=report.id,
        data={"from": before, "body": report.owner_id, "rule": ruling.decision.rule},
    )
