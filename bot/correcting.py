"""One piece of the draft is to go or to be said anew: `删第2条`, `改第2条`. Pure."""

import re
from typing import Final

from bot import texts
from bot.business import back_to_saying
from bot.effects import ChangePiece, DropPiece
from bot.hearing import texts as heard
from bot.hearing.ear import Ear
from bot.state import Said, State, Turn

PIECES: Final = tuple(re.compile(pattern, re.DOTALL) for pattern in heard.PIECES)


def correction(state: State, text: str) -> Turn | None:
    """Only while there is a draft: else it is something said."""
    found = _piece_meant(text) if state.pieces else None
    if found is None:
        return None
    said = found.groupdict()
    number = texts.NUMERALS.find(said["number"]) + 1 or int(said["number"])
    if not 1 <= number <= state.pieces:
        return Turn(state=state, answer=texts.NO_SUCH_PIECE.format(number=number, count=state.pieces))
    if said.get("words"):
        return Turn(state=state, effect=ChangePiece(number=number, text=said["words"]))
    if said.get("drop"):
        return Turn(state=state, effect=DropPiece(number=number))
    asked = state._replace(stage="changing", offered=(), act=str(number))
    return Turn(state=asked, answer=texts.CHANGE_TO.format(number=number))


def _piece_meant(text: str) -> re.Match[str] | None:
    if text[:1] not in heard.PIECE_BEGINNINGS:
        return None
    return next((found for piece in PIECES if (found := piece.fullmatch(text))), None)


def changing(state: State, said: Said, *, ear: Ear) -> Turn:
    """The new words were asked for."""
    if said.note is not None or not said.text:
        return Turn(state=state, answer=texts.IN_WORDS)
    effect = ChangePiece(number=int(state.act), text=said.text)
    return Turn(state=back_to_saying(state), effect=effect)
