"""What was said for the draft is looked at again, taken out or said anew, piece by piece."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot import texts
from bot.effects import ChangePiece, DropPiece, ShowDraft
from bot.entering import Entries
from bot.hearing.names import is_nameless_after
from bot.hearing.sayings import Sayings
from bot.ledger import change_piece, forget_piece, pieces_of
from bot.talks import Talk
from intake.attachments import discard
from organisation.house import House

MOST_SHOWN, LINE_CHARACTERS = 20, 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    id: str
    kind: str
    body: dict[str, Any]

    @property
    def in_words(self) -> str:
        words = texts.MEDIA_IN_WORDS.get(self.kind) or str(self.body["text"])
        return words if len(words) <= LINE_CHARACTERS else words[:LINE_CHARACTERS] + "…"


async def drop_piece(
    effect: DropPiece, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    pieces = await _pieces(talk)
    if not pieces:
        return texts.NOTHING_TO_CANCEL
    number = effect.number or len(pieces)
    if number > len(pieces):
        return texts.NO_SUCH_PIECE.format(number=number, count=len(pieces))
    gone = pieces.pop(number - 1)
    await forget_piece(gone.id)
    if "attachment" in gone.body:
        await discard([gone.body["attachment"]], conversation_id=talk.id)
    _count_anew(talk, pieces, entries.ears.now.sayings)
    if not pieces:
        return texts.DROPPED_ALL
    dropped = texts.DROPPED_ONE.format(number=effect.number) if effect.number else texts.DROPPED_LAST
    return dropped + texts.STILL_THERE.format(count=len(pieces))


def _count_anew(talk: Talk, pieces: list[Piece], sayings: Sayings) -> None:
    kinds = [piece.kind for piece in pieces]
    talk.state = talk.state._replace(
        pieces=len(pieces),
        photos=kinds.count("image"),
        voices=kinds.count("voice"),
        is_nameless=_is_nameless(pieces, sayings),
    )


def _is_nameless(pieces: list[Piece], sayings: Sayings) -> bool:
    """A wish goes with the words it was said in."""
    wish = False
    for piece in pieces:
        if piece.kind == "text":
            wish = is_nameless_after(str(piece.body["text"]), sayings, was=wish)
    return wish


async def show_draft(
    effect: ShowDraft, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """The last ones, each by its beginning; they stand in the chat in full anyway."""
    pieces = await _pieces(talk)
    if not pieces:
        return texts.NOTHING_TO_CANCEL
    first = max(0, len(pieces) - MOST_SHOWN)
    lines = [
        texts.PIECE_LINE.format(number=number, words=piece.in_words)
        for number, piece in enumerate(pieces[first:], start=first + 1)
    ]
    return texts.DRAFT_SHOWN.format(count=len(pieces), lines="\n".join(lines))


async def alter_piece(
    effect: ChangePiece, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """Words stay in their place; whatever else was there can only go."""
    pieces = await _pieces(talk)
    piece = pieces[effect.number - 1] if effect.number <= len(pieces) else None
    if piece is None:
        return texts.NO_SUCH_PIECE.format(number=effect.number, count=len(pieces))
    if piece.kind != "text":
        return texts.ONLY_WORDS_CHANGE.format(number=effect.number)
    body = piece.body | {"text": effect.text}
    await change_piece(piece.id, talk.key.seal_json(body, place=f"draft_piece:{piece.id}:body"))
    pieces[effect.number - 1] = replace(piece, body=body)
    _count_anew(talk, pieces, entries.ears.now.sayings)
    return texts.CHANGED.format(number=effect.number)


async def _pieces(talk: Talk) -> list[Piece]:
    """In the order said."""
    found = [
        Piece(
            id=row["id"],
            kind=row["kind"],
            body=talk.key.open_json(bytes(row["sealed_body"]), place=f"draft_piece:{row['id']}:body"),
        )
        for row in await pieces_of(talk.id)
    ]
    return sorted(found, key=lambda piece: int(piece.body["place"]))
