"""Where a conversation stands, what was said, and what a turn makes of it: values only."""

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from bot import texts
from bot.effects import Effect, Note
from bot.hearing.plainly import is_digit_said, number_said
from bot.hearing.sayings import Sayings
from bot.hearing.texts import SOFT_ENDS
from models.saying import LONGEST
from organisation.sayings import bare

CHOICE: Final = re.compile(r"(\d{1,2})[\s.．。、，：）]*(.*)", re.DOTALL)


class State(NamedTuple):
    """Where a conversation stands. `offered` are the choices last shown, so that a number can pick one.

    `places` are the codes behind offered villages or areas, `region` the village somebody named without a code.
    `is_nameless`: they have said that their name is to be kept out of it. `report` is the number of the report that
    is open, `act` what is to be done with it, `receipt` the blind index of the one that opened it, `more` the rest of
    a long answer. `pieces` counts all of the draft, `photos` and `voices` those of them. `is_asked`: whether the
    draft still stands has been asked; `dropped` so many pieces of one that did not.
    `is_calling`: they want to speak with somebody, and were asked where they are. `is_finding`: a liaison brings in
    what they found; `gathered` is what they have said so far for a task, kind by kind. `has_left`: they unfollowed;
    `is_back`: and followed again, and have not spoken since.
    """

    stage: str = "saying"
    entry: str = ""
    pieces: int = 0
    photos: int = 0
    voices: int = 0
    level: str = ""
    name: str = ""
    offered: tuple[str, ...] = ()
    region: str = ""
    places: tuple[str, ...] = ()
    is_nameless: bool = False
    report: str = ""
    act: str = ""
    receipt: str = ""
    more: str = ""
    is_asked: bool = False
    dropped: int = 0
    is_calling: bool = False
    is_finding: bool = False
    gathered: tuple[str, ...] = ()
    has_left: bool = False
    is_back: bool = False

    @property
    def has_voice(self) -> bool:
        return self.voices > 0

    def as_json(self) -> dict[str, Any]:
        """Only what is not as at the beginning: it is sealed at every turn."""
        return {
            name: value
            for name, value, initial in zip(self._fields, self, INITIAL, strict=True)
            if value != initial
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "State":
        known: dict[str, Any] = {
            name: tuple(each) if isinstance(each, list) else each for name, each in value.items()
        }
        return cls(**known)


INITIAL: Final = State()


class Said(NamedTuple):
    """One thing said: words (`text`), or media or a place (`note`); never both."""

    text: str = ""
    note: Note | None = None


class Turn(NamedTuple):
    """The state afterwards, the answer, what to keep for the draft, and what else is to be done.

    An `effect` answers for itself when `answer` is empty.
    """

    state: State
    answer: str = ""
    note: Note | None = None
    effect: Effect | None = None


def chosen(state: State, text: str, sayings: Sayings) -> str:
    """A number stands for the choice last offered under it; so does the whole line, as it was offered, or its words."""
    if not state.offered or text in state.offered:
        return text
    found = CHOICE.fullmatch(text.strip())
    if found is not None and 1 <= int(found[1]) <= len(state.offered):
        choice = state.offered[int(found[1]) - 1]
        if found[2] in ("", choice):
            return choice
    return _plainly_chosen(state.offered, text, sayings) if len(text) <= LONGEST else text


def _plainly_chosen(offered: tuple[str, ...], text: str, sayings: Sayings) -> str:
    number = number_said(text)
    # while somebody tells what happened, `一` may be part of it
    if number and number <= len(offered) and (offered != (texts.SUBMIT,) or is_digit_said(text)):
        return offered[number - 1]
    if offered[1:] == (texts.LEAVE_IT,) and offered[0] in texts.YES_OF.values():
        is_yes = sayings.is_yes(text)
        if is_yes is not None:
            return offered[0 if is_yes else 1]
    said = bare(text).rstrip(SOFT_ENDS)
    return next((choice for choice in offered if said and bare(choice).rstrip(SOFT_ENDS) == said), text)
