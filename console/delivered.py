"""What became of a message to the reporter, as the console says it."""

from dataclasses import dataclass

from console import texts
from delivery.notices import reason_text
from dossier.contents import has_left
from models.choices import Channel, DeliveryStatus, Speaker
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from organisation.house import House


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """`tone` is waiting, sent, failed or calm."""

    tone: str
    words: str
    reason: str = ""


def delivery_of(
    report: Report, *, message: Message, notice: OutboxNotice | None, house: House
) -> Delivery | None:
    """None for what the reporter said, and for what nobody was to carry."""
    if message.speaker is Speaker.ME or notice is None:
        return None
    return _before_leaving(message, house=house) or _after_leaving(report, message=message, notice=notice)


def _before_leaving(message: Message, *, house: House) -> Delivery | None:
    if message.withdrawn_at is not None:
        return Delivery(tone="calm", words=texts.TAKEN_BACK)
    if message.leaves_at is None or has_left(message, at=house.clock.now()):
        return None
    at = message.leaves_at.astimezone(house.timezone)
    return Delivery(tone="waiting", words=texts.LEAVES_AT.format(time=f"{at:%H:%M:%S}"))


def _after_leaving(report: Report, *, message: Message, notice: OutboxNotice) -> Delivery:
    if message.is_read:
        return Delivery(tone="sent", words=texts.READ)
    if report.channel is not Channel.CHAT:
        return Delivery(tone="calm", words=texts.WEB_DELIVERY)
    if notice.status is DeliveryStatus.SENT and notice.channel == "template":
        return Delivery(tone="calm", words=texts.TEMPLATE_DELIVERY, reason=texts.WINDOW_CLOSED)
    reason = reason_text(notice.reason, is_failed=notice.status is DeliveryStatus.FAILED)
    return Delivery(tone=str(notice.status), words=notice.status.label, reason=reason)
