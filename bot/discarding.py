"""Forgetting a draft: its pieces, and the photos and voices nobody will file."""

from datetime import datetime

from bot.effects import Discard
from bot.entering import Entries
from bot.ledger import forget_pieces
from bot.talks import Talk
from intake.attachments import discard_unfiled
from organisation.house import House


async def forget(
    effect: Discard, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    await discard_draft(talk.id, house=house)
    return ""


async def discard_draft(talk_id: str, *, house: House) -> None:
    await forget_pieces(talk_id)
    await discard_unfiled(conversation_id=talk_id)
