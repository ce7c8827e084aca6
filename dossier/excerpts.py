"""The first words of many reports, for somebody who looks through a list of them: each is a look that is kept."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from dossier.rows import report_key
from models.choices import Speaker
from models.message import Message
from models.report import Report
from organisation.house import House
from vault.log import record_each

LENGTH: Final = 80


async def glance(ids: Sequence[str], *, by: str, house: House, at: datetime) -> dict[str, str]:
    """By id; `ids` are of reports that whoever looks may see. Empty where somebody sent a photo or a voice alone."""
    said: dict[str, Message] = {}
    for message in await Message.filter(report_id__in=list(ids), speaker=Speaker.ME).order_by(
        "said_at", "id"
    ):
        said.setdefault(message.report_id, message)
    excerpts = {}
    for report in await Report.filter(id__in=list(said)):
        key, first = report_key(report, house=house), said[report.id]
        words = key.open_text(bytes(first.sealed_text), place=f"message:{first.id}:text")
        short = " ".join(words.split())
        excerpts[report.id] = short[:LENGTH] + "…" if len(short) > LENGTH else short
    await record_each("report.glance", by=by, at=at, report_ids=ids)
    return excerpts
