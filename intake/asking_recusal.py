"""A reporter asks that somebody has nothing to do with their report; whoever may be meant is kept away at once."""

from dataclasses import replace
from datetime import datetime

from tortoise.transactions import in_transaction

from dossier.bars import keep_bars
from dossier.facts import facts_of
from dossier.rematching import OPEN, rematch
from dossier.rows import keep_message, report_key
from dossier.rulings import decide_again, hand_over
from models.choices import BarCause, Speaker
from models.errors import DomainError
from models.recusal_request import RecusalRequest
from models.report import Report
from organisation.house import House
from routing.asking import bodies_asked_out
from routing.decide import decide
from vault.keys import DataKey
from vault.log import record


class RecusalRequestNotPossible(DomainError):
    key = "recusal-request-not-possible"
    message = "这件反映已经办完，不能再提出回避请求。有新的情况，可以再反映一次。"


def may_ask_recusal(report: Report) -> bool:
    return report.status in OPEN


async def ask_recusal(report: Report, *, text: str, house: House) -> RecusalRequest:
    """Raises `RecusalRequestNotPossible`; wake "outbox" after the commit.

    A leader from whom the report is not hidden decides it later (`casework.grant_recusal`).
    """
    at = house.clock.now()
    key = report_key(report, house=house)
    async with in_transaction():
        current = await Report.select_for_update().get(id=report.id)
        if not may_ask_recusal(current):
            raise RecusalRequestNotPossible
        message = await keep_message(report, key=key, text=text, speaker=Speaker.ME, at=at)
        asked = await RecusalRequest.create(report_id=report.id, message_id=message.id, asked_at=at)
        await record("report.ask-recusal", by="reporter", at=at, report_id=report.id, object_id=asked.id)
        await rematch(report.id, house=house, at=at)
        await _keep_bodies_away(report.id, text=text, key=key, house=house, at=at)
    await report.refresh_from_db()
    return asked


async def _keep_bodies_away(report_id: str, *, text: str, key: DataKey, house: House, at: datetime) -> None:
    """A body that may be meant decides nothing about itself, as long as another can have the matter."""
    report, table = await Report.get(id=report_id), house.organisation.table
    asked = bodies_asked_out(text, holder=report.owner_id, region_code=report.region_id, table=table)
    facts = await facts_of(report, key=key)
    asked = {code: why for code, why in asked.items() if code not in facts.ruled_out_bodies}
    without = replace(facts, ruled_out_bodies={**facts.ruled_out_bodies, **asked})
    if not asked or decide(without, table).body is None:
        return
    bars = {f"body:{code}": why for code, why in asked.items()}
    await keep_bars(
        report, key=key, reasons=bars, causes=dict.fromkeys(bars, BarCause.MATCH), house=house, at=at
    )
    if report.owner_id in asked:
        ruling = await decide_again(report, key=key, table=table)
        before = report.owner_id
        await hand_over(report, ruling=ruling, key=key, cause="recusal", house=house, at=at)
        data = {"from": before, "body": report.owner_id, "rule": ruling.decision.rule}
        await record("report.move", by="system", at=at, report_id=report.id, data=data)
