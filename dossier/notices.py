"""Who is told that a report came to a body (domain.md "Who is told"): never its content."""

from datetime import datetime

from delivery.outbox import enqueue
from models.choices import Role
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from organisation.house import House
from vault.keys import DataKey


async def tell_owner(report: Report, *, decision_id: str, key: DataKey, house: House, at: datetime) -> None:
    """Every bound handler and leader of the owning body who may see the report, once a decision."""
    bars = await ReportBar.filter(report_id=report.id, lifted_at__isnull=True)
    barred = {bar.staff_id for bar in bars}
    if any(bar.body_id == report.owner_id for bar in bars):
        return
    responsible = await Staff.filter(
        body_id=report.owner_id,
        role__in=[Role.HANDLER, Role.LEADER],
        is_active=True,
        confirmed_at__isnull=False,
        openid_index__isnull=False,
        known_since__lte=report.matched_version,
    )
    payload = new_report_payload(report, house=house, at=at)
    for person in responsible:
        if person.id not in barred:
            await enqueue(
                notice="report_new",
                report=report,
                key=key,
                payload=payload,
                at=at,
                dedupe=f"report_new:{report.id}:{decision_id}:staff:{person.id}",
                staff_id=person.id,
            )


def new_report_payload(report: Report, *, house: House, at: datetime) -> dict[str, str]:
    """Place and area in words, the time to the minute, and nothing else."""
    table = house.organisation.table
    return {
        "place": "".join(table.names_of(report.region_id)[-2:]),
        "area": table.areas.get(report.area_id, ""),
        "time": time_in_words(at, house=house),
    }


def time_in_words(at: datetime, *, house: House) -> str:
    return at.astimezone(house.timezone).strftime("%Y年%m月%d日 %H:%M")
