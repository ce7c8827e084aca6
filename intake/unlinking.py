"""Cutting the link between a person and their reports (domain.md §6): the reports stay, the way back goes."""

from datetime import datetime

from models.report import Report
from organisation.house import House
from vault.log import record


async def unlink_reports(person_index: str, *, house: House, at: datetime) -> int:
    """Answers how many reports were unlinked; a name given for a named report stays with its case."""
    mine = await Report.filter(reporter_index=person_index)
    for report in mine:
        key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
        report.sealed_reporter = key.seal_json(
            {"openid": None, "conversation": None}, place=f"report:{report.id}:reporter"
        )
        report.reporter_index = None
        await report.save(update_fields=["sealed_reporter", "reporter_index"])
        await record("report.unlink", by="reporter", at=at, report_id=report.id)
    return len(mine)
