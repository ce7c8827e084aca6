"""Who is told that a report came in (domain.md "Who is told"): never its content."""

from datetime import datetime

from delivery.outbox import enqueue
from models.choices import Role
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from organisation.house import House
from routing.decision import Decision
from vault.keys import DataKey


async def tell_owner(report: Report, *, key: DataKey, house: House, at: datetime) -> None:
    """Every bound handler and the leader of the owning body who may see the report."""
    bars = ReportBar.filter(report_id=report.id, staff_id__isnull=False, lifted_at__isnull=True)
    responsible = Staff.filter(
        body_id=report.owner_id,
        role__in=[Role.HANDLER, Role.LEADER],
        is_active=True,
        confirmed_at__isnull=False,
        openid_index__isnull=False,
        known_since__lte=report.matched_version,
    )
    payload = new_report_payload(report, house=house, at=at)
    barred = {bar.staff_id for bar in await bars}
    for person in await responsible:
        if person.id in barred:
            continue
        await enqueue(
            notice="report_new",
            report=report,
            key=key,
            payload=payload,
            at=at,
            dedupe=f"report_new:{report.id}:{report.owner_id}:staff:{person.id}",
            staff_id=person.id,
        )


async def tell_liaisons(
    report: Report, *, key: DataKey, decision: Decision, house: House, at: datetime
) -> None:
    payload = new_report_payload(report, house=house, at=at)
    for liaison in decision.liaisons_told:
        await enqueue(
            notice="report_new",
            report=report,
            key=key,
            payload=payload,
            at=at,
            dedupe=f"report_new:{report.id}:liaison",
            liaison_id=liaison.id,
        )


def new_report_payload(report: Report, *, house: House, at: datetime) -> dict[str, str]:
    """Place and area in words, the time to the minute, and nothing else."""
    table = house.organisation.table
    return {
        "place": "".join(table.names_of(report.region_id)[-2:]),
        "area": table.areas.get(report.area_id, ""),
        "time": at.astimezone(house.timezone).strftime("%Y年%m月%d日 %H:%M"),
    }
