"""Who is told of what a body did: never content, never why."""

from datetime import datetime

from delivery.outbox import enqueue
from models.choices import Role
from models.message import Message
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from organisation.house import House
from vault.keys import DataKey


async def tell_reporter_progress(
    report: Report, *, message: Message, key: DataKey, house: House, at: datetime
) -> None:
    payload = {"number": report.number, "status": report.status.label, "time": _time(at, house=house)}
    await enqueue(
        notice="report_progress",
        report=report,
        key=key,
        payload=payload,
        at=at,
        dedupe=f"report_progress:{report.id}:{message.id}",
        message_id=message.id,
    )


async def tell_reporter_reply(
    report: Report, *, message: Message, key: DataKey, house: House, at: datetime
) -> None:
    await enqueue(
        notice="report_reply",
        report=report,
        key=key,
        payload={"number": report.number, "time": _time(at, house=house)},
        at=at,
        dedupe=f"report_reply:{report.id}:{message.id}",
        message_id=message.id,
    )


async def tell_new_owner(
    report: Report, *, decision_id: str, key: DataKey, house: House, at: datetime
) -> None:
    """Every bound handler and leader of the body that now answers for the report and who may see it."""
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
    table = house.organisation.table
    payload = {
        "place": "".join(table.names_of(report.region_id)[-2:]),
        "area": table.areas.get(report.area_id, ""),
        "time": _time(at, house=house),
    }
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


def _time(at: datetime, *, house: House) -> str:
    return at.astimezone(house.timezone).strftime("%Y年%m月%d日 %H:%M")
