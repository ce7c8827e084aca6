"""What is said belongs to the draft: noted, counted, and the question that stands asked again."""

from typing import Final

from bot import texts
from bot.effects import Note
from bot.hearing.ear import Ear
from bot.hearing.names import is_nameless_after
from bot.hearing.plainly import number_said
from bot.state import Said, State, Turn

MAX_PIECES: Final = 60


def noted(state: State, said: Said, *, ear: Ear, offered: tuple[str, ...] | None = None) -> Turn:
    """`said` kept for the draft, without an answer yet; an answer and no note when it cannot be kept."""
    note = said.note or (Note(kind="text", text=said.text) if said.text else None)
    if note is None:
        return Turn(state=state, answer=texts.NOTHING_YET)
    if state.pieces >= MAX_PIECES:
        return Turn(state=state, answer=texts.TOO_LONG_A_DRAFT.format(limit=MAX_PIECES))
    after = state._replace(
        pieces=state.pieces + 1,
        is_asked=False,
        photos=state.photos + (note.kind == "image"),
        voices=state.voices + (note.kind == "voice"),
        is_nameless=is_nameless_after(said.text, ear.sayings, was=state.is_nameless),
        offered=state.offered if offered is None else offered,
    )
    return Turn(state=after, note=note)


def kinds_of(state: State) -> str:
    """How many photos and voices are among the pieces; empty when it is all words."""
    counted = ((texts.PHOTOS, state.photos), (texts.VOICES, state.voices))
    each = "、".join(words.format(count=count) for words, count in counted if count)
    return texts.AMONG_THEM.format(each=each) if each else ""


def asked_again(state: State, said: Said, *, ear: Ear, question: str) -> Turn:
    """Something else than the answer came: it belongs to the report, and the question stands."""
    only = asked_only(state, said, ear=ear, question=question)
    if only is not None:
        return only
    again = noted(state, said, ear=ear)
    return again._replace(answer=again.answer or texts.WHO_AGAIN + question)


def asked_only(state: State, said: Said, *, ear: Ear, question: str) -> Turn | None:
    """The question once more for a word that is neither its answer nor anything to keep."""
    if said.note is not None:
        return None
    if number_said(said.text) is not None and state.offered:
        return Turn(state=state, answer=texts.NO_SUCH_CHOICE.format(count=len(state.offered)) + question)
    return Turn(state=state, answer=question) if ear.sayings.is_filler(said.text) else None
