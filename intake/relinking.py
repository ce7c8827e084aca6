"""Somebody comes back with the receipt: answers reach their chat again (domain.md §6, the other way round)."""

from tortoise.transactions import in_transaction

from dossier.rows import report_key
from intake.draft import chat_reporter
from models.choices import Channel
from models.errors import DomainError
from models.report import Report
from organisation.house import House
from vault.log import record


class LinkNotCut(DomainError):
    key = "link-not-cut"
    message = "这件反映的答复已经会发到提交它的微信里。"


def may_relink(report: Report) -> bool:
    """Only where the link was cut: a receipt in strange hands must not turn answers away from whoever reported."""
    return report.channel is Channel.CHAT and report.reporter_index is None


async def relink(report: Report, *, openid: str, conversation_id: str, house: House) -> None:
    """For whoever has shown the receipt. Raises `LinkNotCut`."""
    key = report_key(report, house=house)
    async with in_transaction():
        current = await Report.select_for_update().get(id=report.id)
        if not may_relink(current):
            raise LinkNotCut
        sealed = key.seal_json(
            {"openid": openid, "conversation": conversation_id}, place=f"report:{report.id}:reporter"
        )
        index = chat_reporter(openid, vault=house.vault)
        await Report.filter(id=report.id).update(reporter_index=index, sealed_reporter=sealed)
        await record("report.relink", by="reporter", at=house.clock.now(), report_id=report.id)
