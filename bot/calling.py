"""`人工`: a word with the people who answer for a place, and whether the township's own may read it. Pure."""

from typing import Final

from bot import texts
from bot.business import NotAsked, done
from bot.effects import Consult, Telephone
from bot.hearing.ear import Ear
from bot.state import Said, State, Turn

AVOIDED: Final = {texts.CONSULT_HERE: "", texts.CONSULT_ELSEWHERE: "township"}


def ask_for_a_person(state: State) -> Turn:
    """Whatever question stood is over; a draft stays as it is."""
    return Turn(
        state=state._replace(stage="saying", offered=(), is_calling=True), effect=Telephone(entry=state.entry)
    )


def calling(state: State, said: Said, *, ear: Ear) -> Turn:
    """Whether to speak here was asked; anything else is something said."""
    if said.note is not None or said.text not in state.offered:
        raise NotAsked
    if said.text not in AVOIDED:
        return done(state, texts.LEFT_AS_IT_IS)
    asked = state._replace(stage="consulting", act=AVOIDED[said.text], offered=())
    return Turn(state=asked, answer=texts.CONSULT_SAY)


def consulting(state: State, said: Said, *, ear: Ear) -> Turn:
    """The first words for them; what follows is added to these."""
    if said.text == texts.DONE:
        return done(state, texts.LEFT_AS_IT_IS)
    effect = Consult(entry=state.entry, avoid=state.act, text=said.text, note=said.note)
    return Turn(state=state, effect=effect)
