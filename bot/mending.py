"""`删上一条`: the last piece of the draft goes, with its file."""

from dataclasses import replace
from datetime import datetime

from bot import texts
from bot.effects import DropLast
from bot.entering import Entries
from bot.ledger import forget_piece, pieces_of
from bot.talks import Talk
from intake.attachments import discard
from organisation.house import House


async def drop_last(
    effect: DropLast, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    pieces = [
        (talk.key.open_json(bytes(row["sealed_body"]), place=f"draft_piece:{row['id']}:body"), row["id"])
        for row in await pieces_of(talk.id)
    ]
    if not pieces:
        return texts.NOTHING_TO_CANCEL
    body, piece_id = max(pieces, key=lambda piece: int(piece[0]["place"]))
    await forget_piece(piece_id)
    if "attachment" in body:
        await discard([body["attachment"]], conversation_id=talk.id)
    left = len(pieces) - 1
    has_voice = talk.state.has_voice and left > 0
    talk.state = replace(talk.state, pieces=left, has_voice=has_voice)
    if not left:
        return texts.DROPPED_ALL
    return texts.DROPPED_LAST.format(count=left)
