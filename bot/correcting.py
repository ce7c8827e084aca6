"""One piece of the draft is to go or to be said anew: `删第2条`, `改第2条`. Pure."""

import re
from typing import Final

from bot import texts
from bot.business import back_to_saying
from bot.effects import ChangePiece, DropPiece
from bot.hearing.ear import Ear
from bot.state import Said, State, Turn

PIECE: Final = re.compile(
    rf"({'|'.join((*texts.DROP_WORDS, *texts.CHANGE_WORDS))})第?\s*(\d{{1,2}}|[{texts.NUMERALS}])\s*条[。.！!]?"
)


def correction(state: State, text: str) -> Turn | None:
    """Only while there is a draft: else it is something said."""
    found = PIECE.fullmatch(text) if state.pieces else None
    if found is None:
        return None
    number = texts.NUMERALS.find(found[2]) + 1 or int(found[2])
    if not 1 <= number <= state.pieces:
        return Turn(state=state, answer=texts.NO_SUCH_PIECE.format(number=number, count=state.pieces))
    if found[1] in texts.DROP_WORDS:
        return Turn(state=state, effect=DropPiece(number=number))
    asked = state._replace(stage="changing", offered=(), act=str(number))
    return Turn(state=asked, answer=texts.CHANGE_TO.format(number=number))


def changing(state: State, said: Said, *, ear: Ear) -> Turn:
    """The new words were asked for."""
    if said.note is not None or not said.text:
        return Turn(state=state, answer=texts.IN_WORDS)
    effect = ChangePiece(number=int(state.act), text=said.text)
    return Turn(state=back_to_saying(state), effect=effect)
