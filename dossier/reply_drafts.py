"""Words begun and not sent: sealed with the report, so that a lost session or machine loses none of them."""

from datetime import datetime

from models.fields import new_id
from models.reply_draft import ReplyDraft
from models.report import Report
from vault.keys import DataKey


async def draft_of(report: Report, *, key: DataKey, staff_id: int) -> str:
    row = await ReplyDraft.get_or_none(report_id=report.id, staff_id=staff_id)
    return key.open_text(bytes(row.sealed_text), place=_place(row.id)) if row else ""


async def keep_draft(report: Report, *, key: DataKey, text: str, staff_id: int, at: datetime) -> bool:
    """Whether it is a new one. Nothing to keep removes it."""
    row = await ReplyDraft.get_or_none(report_id=report.id, staff_id=staff_id)
    if not text.strip():
        await drop_draft(report, staff_id=staff_id)
        return False
    if row is not None:
        row.sealed_text = key.seal_text(text, place=_place(row.id))
        row.saved_at = at
        await row.save(update_fields=["sealed_text", "saved_at"])
        return False
    draft_id = new_id()
    sealed = key.seal_text(text, place=_place(draft_id))
    await ReplyDraft.create(
        id=draft_id, report_id=report.id, staff_id=staff_id, sealed_text=sealed, saved_at=at
    )
    return True


async def drop_draft(report: Report, *, staff_id: int) -> None:
    await ReplyDraft.filter(report_id=report.id, staff_id=staff_id).delete()


def _place(draft_id: str) -> str:
    return f"reply_draft:{draft_id}:text"
