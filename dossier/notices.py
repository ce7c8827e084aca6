"""Who is told what of a report (domain.md "Who is told"): never its content."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from clients.database import rows
from clients.writes import Write, write
from delivery.notices import MOVED
from delivery.outbox import QUARANTINED, Recipient, notices
from dossier import texts
from dossier.bars import barred_from
from dossier.rows import keep_message
from models.choices import Speaker
from models.event import Event
from models.message import Message
from models.report import Report
from organisation.house import House
from vault.keys import DataKey

RESPONSIBLE = """SELECT id FROM staff WHERE body_id = $1 AND role IN ('handler', 'leader') AND is_active
    AND confirmed_at IS NOT NULL AND openid_index IS NOT NULL"""


async def tell_new_owner(
    report: Report, *, decision_id: str, key: DataKey, house: House, at: datetime
) -> None:
    """After a report has moved: those of its new body who may see it."""
    barred = await barred_from(report, key=key)
    if f"body:{report.owner_id}" in barred:
        return
    told = await owner_recipients(report, decision_id=decision_id, barred=barred)
    await tell(told, report=report, key=key, house=house, at=at)


async def owner_recipients(report: Report, *, decision_id: str, barred: Collection[str]) -> list[Recipient]:
    """Every bound handler and leader of the owning body who is not `barred`, once a decision.

    Whether they may see the report is looked at again at the moment of telling.
    """
    return those_told(await responsible_for(report, barred=barred), report=report, decision_id=decision_id)


def those_told(staff: Iterable[int], *, report: Report, decision_id: str) -> list[Recipient]:
    """Once a decision."""
    return [
        Recipient(dedupe=f"report_new:{report.id}:{decision_id}:staff:{staff_id}", staff_id=staff_id)
        for staff_id in staff
    ]


async def responsible_for(report: Report, *, barred: Collection[str]) -> list[int]:
    found = await rows(RESPONSIBLE, report.owner_id)
    return free_of((row["id"] for row in found), barred=barred)


def free_of(staff: Iterable[int], *, barred: Collection[str]) -> list[int]:
    """`barred` are person keys."""
    return [staff_id for staff_id in staff if f"staff:{staff_id}" not in barred]


async def tell(
    recipients: Sequence[Recipient],
    *,
    report: Report,
    key: DataKey,
    house: House,
    at: datetime,
) -> None:
    await write(*new_report_notices(recipients, report=report, key=key, house=house, at=at))


def new_report_notices(
    recipients: Sequence[Recipient],
    *,
    report: Report,
    key: DataKey,
    house: House,
    at: datetime,
    held_until: datetime | None = None,
) -> list[Write]:
    """With `held_until` they wait with a report that stands aside."""
    return notices(
        recipients,
        notice="report_new",
        report=report,
        key=key,
        payload=new_report_payload(report, house=house, at=at),
        at=at,
        leaves_at=held_until,
        reason=QUARANTINED if held_until else "",
    )


async def tell_responsible(
    report: Report, *, about: Message, key: DataKey, house: House, at: datetime
) -> None:
    """Of something the reporter said that should not wait to be found: as of a new report, without a word of it."""
    barred = await barred_from(report, key=key)
    if f"body:{report.owner_id}" in barred:
        return
    told = await responsible_for(report, barred=barred)
    recipients = [Recipient(dedupe=f"report_new:{about.id}:staff:{one}", staff_id=one) for one in told]
    await tell(recipients, report=report, key=key, house=house, at=at)


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


async def tell_reporter_moved(report: Report, *, key: DataKey, house: House, at: datetime) -> None:
    """Neither where it went nor why; and once only until a body accepts it, however often it is passed on."""
    words = texts.MOVED.format(status=MOVED)
    accepted = await Event.filter(report_id=report.id, action="report.accept").order_by("-id").first()
    since = accepted.at if accepted else report.submitted_at
    async for said in Message.filter(report_id=report.id, speaker=Speaker.SYSTEM, said_at__gte=since):
        if key.open_text(said.sealed_text, place=f"message:{said.id}:text") == words:
            return
    message = await keep_message(report, key=key, text=words, speaker=Speaker.SYSTEM, at=at)
    await tell_reporter_progress(report, message=message, key=key, house=house, at=at, status=MOVED)


async def tell_reporter_progress(
    report: Report, *, message: Message, key: DataKey, house: House, at: datetime, status: str = ""
) -> None:
    """`status` in words, else that of the report."""
    payload = {
        "number": report.number,
        "status": status or report.status.label,
        "time": time_in_words(at, house=house),
    }
    await write(
        *notices(
            [Recipient(dedupe=f"report_progress:{report.id}:{message.id}")],
            notice="report_progress",
            report=report,
            key=key,
            payload=payload,
            at=at,
            message_id=message.id,
        )
    )


async def tell_reporter_reply(
    report: Report,
    *,
    message: Message,
    key: DataKey,
    house: House,
    at: datetime,
    leaves_at: datetime | None = None,
) -> None:
    await write(
        *notices(
            [Recipient(dedupe=f"report_reply:{report.id}:{message.id}")],
            notice="report_reply",
            report=report,
            key=key,
            payload={"number": report.number, "time": time_in_words(at, house=house)},
            at=at,
            message_id=message.id,
            leaves_at=leaves_at,
        )
    )
