"""What is published for a place: asked for by words, chosen by number. Pure."""

import re
from typing import Final

from bot import texts
from bot.business import NotAsked
from bot.effects import Policies, Policy
from bot.hearing.ear import Ear, Heard
from bot.state import Said, State, Turn

POLICY: Final = re.compile(rf"{texts.POLICY}(?:[\s：:，,]+(.{{1,40}}))?")


def policies_asked(state: State, text: str, *, ear: Ear) -> Turn | None:
    """`政策`, alone or with the words to look for, a village among them or not."""
    found = POLICY.fullmatch(text)
    if found is None:
        return None
    return asked_of(state, found[1] or "", ear=ear)


def asked_of(state: State, words: str, *, ear: Ear) -> Turn:
    heard = ear.place(words)
    if len(heard.villages) > 1 and not heard.is_sure:
        return Turn(state=state, answer=texts.POLICIES_WHICH)
    if heard.villages:
        return Turn(state=state, effect=Policies(words=heard.rest, region=heard.villages[0]))
    return Turn(state=state, effect=Policies(words=words))


def policies(state: State, said: Said, *, ear: Ear) -> Turn:
    """Titles were offered, or the village was asked for; a sentence is something said."""
    if said.note is None and said.text in state.offered:
        return Turn(state=state, effect=Policy(code=state.places[state.offered.index(said.text)]))
    heard = ear.place(said.text) if said.note is None else Heard()
    if not state.offered and heard.is_all and heard.villages:
        return asked_of(state, said.text, ear=ear)
    raise NotAsked
