"""Attachments bound to what a reporter says with them: from then on they lie under the report's key."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from clients.database import rows, text_list
from clients.writes import Write, write
from intake.attachments import AttachmentUnknown
from models.message import Message
from models.report import Report
from organisation.house import House
from vault.keys import DataKey

HOLD: Final = """SELECT id, data_key FROM attachment
  WHERE id in_list($1) AND report_id IS NULL AND (conversation_id = $2 OR session_index = $3)
  ORDER BY id FOR UPDATE"""
# column → its type on PostgreSQL
LINKED: Final = {"id": "text", "report_id": "text", "message_id": "text", "data_key": "bytea"}
LINK: Final = """UPDATE attachment SET report_id = given.report_id, message_id = given.message_id,
    data_key = given.data_key, is_under_report = TRUE, conversation_id = NULL, session_index = NULL
  FROM given_rows WHERE attachment.id = given.id"""


async def link_attachments(
    ids: Sequence[str],
    *,
    report: Report,
    key: DataKey,
    message: Message,
    house: House,
    conversation_id: str | None,
    session_index: str | None,
) -> None:
    """Binds what one person sent to their message, which is kept already; call inside that transaction.

    Raises `AttachmentUnknown`.
    """
    held = await hold_attachments(ids, conversation_id=conversation_id, session_index=session_index)
    await write(links(held, report=report, key=key, message=message, house=house))


async def hold_attachments(
    ids: Sequence[str], *, conversation_id: str | None, session_index: str | None
) -> Sequence[Any]:
    """Rows to give to `links`: nobody else binds them before the transaction ends. Raises `AttachmentUnknown`."""
    wanted = set(ids)
    held = await rows(HOLD, text_list(wanted), conversation_id, session_index) if wanted else []
    if len(held) < len(wanted):
        raise AttachmentUnknown
    return held


def links(held: Iterable[Any], *, report: Report, key: DataKey, message: Message, house: House) -> Write:
    """The way back to the person is taken off the row: from here on only the report knows whose it is, so that
    cutting the report's link cuts this one."""
    values = []
    for row in held:
        place = f"attachment:{row['id']}:key"
        raw = house.vault.key(row["data_key"], place=place).raw
        values.append((row["id"], report.id, message.id, key.seal(raw, place=place)))
    return Write(sql=LINK, columns=LINKED, values=values)
