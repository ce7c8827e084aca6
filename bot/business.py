"""One's own reports: which one, and what is to be done with it, as stages of the conversation. Pure."""

from collections.abc import Callable
from typing import Final

from bot import texts
from bot.drafting import asked_again
from bot.effects import Act, Ask, Mine, Open, Unlink
from bot.hearing.ear import Ear
from bot.state import Said, State, Turn
from models.choices import Rating

RATING_OF: Final = {rating.label: str(rating) for rating in Rating}


def mine(state: State) -> Turn:
    return Turn(state=state, effect=Mine())


def wants(act: str) -> Callable[[State], Turn]:
    """A word like 补充: about the report that is open, the only one that fits, or one to be chosen."""
    return lambda state: begin(state, act) if state.report else Turn(state=state, effect=Mine(act=act))


def begin(state: State, act: str) -> Turn:
    """The question that comes before the act."""
    if act == texts.ANSWER:
        return Turn(state=state, effect=Ask(number=state.report))
    if act == texts.RATE:
        offered = (*RATING_OF, texts.LEAVE_IT)
    elif act in (texts.WITHDRAW, texts.RELINK):
        offered = (texts.YES_OF[act], texts.LEAVE_IT)
    else:
        offered = ()
    question = texts.ACT_QUESTIONS[act].format(number=state.report, choices=texts.choices(list(offered)))
    return Turn(state=state._replace(stage="acting", act=act, offered=offered), answer=question)


def choosing(state: State, said: Said, *, ear: Ear) -> Turn:
    """One of several reports was to be chosen."""
    if said.note is None and said.text in state.offered:
        number = state.places[state.offered.index(said.text)]
        if state.act:
            return begin(state._replace(report=number, places=()), state.act)
        return Turn(state=state, effect=Open(number=number))
    return asked_again(state, said, ear=ear, question=texts.WHICH_REPORT.format(choices=offered_of(state)))


def opened(state: State, said: Said, *, ear: Ear) -> Turn:
    """A report is open and what may be done with it was offered; anything else is something said."""
    if said.note is None and said.text in state.offered:
        return begin(state, said.text)
    raise NotAsked


class NotAsked(Exception):
    """What was said is no answer to the question: it is something said."""


def acting(state: State, said: Said, *, ear: Ear) -> Turn:
    """What was asked for before the act: words, a photo, or yes."""
    if said.text == texts.LEAVE_IT:
        return done(state, texts.LEFT_AS_IT_IS)
    if state.act == texts.ADD:
        return adding(state, said)
    if state.act == texts.ANSWER:
        return answering(state, said)
    if state.offered:
        return confirming(state, said, ear=ear)
    if said.note is not None or not said.text:
        return Turn(state=state, answer=texts.IN_WORDS)
    return Turn(state=state, effect=Act(act=state.act, number=state.report, text=said.text))


def adding(state: State, said: Said) -> Turn:
    """Piece by piece, each goes to the report at once."""
    if said.text == texts.DONE:
        return done(state, texts.ADDED_ALL)
    effect = Act(act=state.act, number=state.report, text=said.text, note=said.note)
    return Turn(state=state, effect=effect)


def answering(state: State, said: Said) -> Turn:
    """One of the answers offered, or anything else they say."""
    if said.note is None and not said.text:
        return Turn(state=state, answer=texts.QUESTION_FREELY)
    (to,) = state.places
    effect = Act(act=state.act, number=state.report, text=said.text, note=said.note, to=to)
    return Turn(state=state, effect=effect)


def confirming(state: State, said: Said, *, ear: Ear) -> Turn:
    if said.note is not None or said.text not in state.offered:
        question = texts.ACT_QUESTIONS[state.act].format(number=state.report, choices=offered_of(state))
        return asked_again(state, said, ear=ear, question=question)
    text = RATING_OF.get(said.text, said.text)
    return Turn(state=state, effect=Act(act=state.act, number=state.report, text=text))


def done(state: State, answer: str) -> Turn:
    """Back to what was being said before."""
    return Turn(state=back_to_saying(state), answer=answer)


def back(state: State) -> State:
    """Out of a question about a receipt, into what was being said before."""
    return state._replace(stage="saying", offered=()) if state.stage == "asking" else state


def back_to_saying(state: State) -> State:
    return state._replace(stage="saying", act="", places=(), offered=(), gathered=())


def explain_deleting(state: State) -> Turn:
    offered = (texts.CUT_LINK, texts.LEAVE_IT)
    return Turn(
        state=state._replace(stage="deleting", offered=offered),
        answer=texts.DELETING.format(choices=texts.choices(list(offered))),
    )


def deleting(state: State, said: Said, *, ear: Ear) -> Turn:
    if said.text == texts.CUT_LINK:
        return Turn(state=state, effect=Unlink())
    if said.text == texts.LEAVE_IT:
        return done(state, texts.LEFT_AS_IT_IS)
    return asked_again(state, said, ear=ear, question=texts.DELETING.format(choices=offered_of(state)))


def offered_of(state: State) -> str:
    return texts.choices(list(state.offered))
