"""What a reporter adds to a report already filed."""

from collections.abc import Sequence

from tortoise.transactions import in_transaction

from dossier.rematching import rematch
from dossier.rows import keep_message, report_key
from intake.errors import DraftEmpty
from intake.linking import link_attachments
from models.choices import Speaker
from models.message import Message
from models.report import Report
from organisation.house import House
from vault.log import record


async def add_message(
    report: Report,
    *,
    text: str,
    house: House,
    attachments: Sequence[str] = (),
    conversation_id: str | None = None,
    session_index: str | None = None,
) -> Message:
    """Raises `DraftEmpty` when nothing is said, or what `link_attachments` raises."""
    if not text.strip() and not attachments:
        raise DraftEmpty
    at = house.clock.now()
    async with in_transaction():
        message = await keep_words(
            report,
            text=text,
            house=house,
            attachments=attachments,
            conversation_id=conversation_id,
            session_index=session_index,
        )
        await record("report.supplement", by="reporter", at=at, report_id=report.id)
        # somebody who must not see the report may be named only now
        await rematch(report.id, house=house, at=at)
    return message


async def keep_words(
    report: Report,
    *,
    text: str,
    house: House,
    attachments: Sequence[str],
    conversation_id: str | None,
    session_index: str | None,
) -> Message:
    """Call inside a transaction that matches them afterwards; raises what `link_attachments` raises."""
    key = report_key(report, house=house)
    message = await keep_message(report, key=key, text=text, speaker=Speaker.ME, at=house.clock.now())
    await link_attachments(
        attachments,
        report=report,
        key=key,
        message=message,
        house=house,
        conversation_id=conversation_id,
        session_index=session_index,
    )
    return message
