"""What ends something: `提交`, `完成`, `取消`, `算了`; and short words that mean one of these. Pure."""

from collections.abc import Collection
from typing import Final

from bot import texts
from bot.business import back, back_to_saying, offered_of
from bot.effects import Answer, Discard
from bot.hearing.sayings import Sayings
from bot.state import State, Turn
from bot.submitting import how_asked
from organisation.sayings import bare

# questions beside the draft, which 取消 leaves as it is
ASKED_BY_THE_WAY: Final = "choosing acting deleting changing calling consulting tasks unbinding".split()
# what is said there is passed on as it is
PASSED_ON: Final = (texts.ADD, texts.ANSWER)


def meant(state: State, text: str, *, fixed: Collection[str], sayings: Sayings) -> str:
    """The fixed word that `text` plainly stands for where one is; else `text`."""
    if text in state.offered:
        return text
    word = sayings.fixed_word(text, fixed)
    if is_passed_on(state) and word not in (texts.SUBMIT, texts.DONE) and word != bare(text):
        return text
    return _ending(state, word)


def is_passed_on(state: State) -> bool:
    """Whether what is said now is for somebody else, or for one piece."""
    is_for_staff = state.stage == "acting" and state.act in PASSED_ON
    return is_for_staff or state.stage in ("consulting", "changing", "tasking")


def _ending(state: State, word: str) -> str:
    """`提交` and `完成` are one to whoever says them: what is meant is what can be ended now."""
    if word not in (texts.SUBMIT, texts.DONE) or state.stage == "tasking":
        return word
    is_adding = state.stage == "consulting" or (state.stage == "acting" and state.act == texts.ADD)
    return texts.DONE if is_adding and (word == texts.DONE or not state.pieces) else texts.SUBMIT


def is_asked_for_more(state: State) -> bool:
    """Whether `提交` comes where words or a choice are waited for, and nothing is there to be submitted."""
    return state.stage == "acting" and not state.pieces


def unanswered(state: State) -> Turn:
    if state.act == texts.ANSWER:
        return Turn(state=state, answer=texts.QUESTION_IN_WORDS if state.offered else texts.QUESTION_FREELY)
    if not state.offered:
        return Turn(state=state, answer=texts.IN_WORDS)
    question = texts.ACT_QUESTIONS[state.act].format(number=state.report, choices=offered_of(state))
    return Turn(state=state, answer=question)


def cancel(state: State) -> Turn:
    if state.stage == "asking":
        return Turn(state=back(state), answer=texts.QUERY_CANCELLED)
    if state.stage == "tasking":
        thrown_away = Answer(task="", gathered=state.gathered)
        return Turn(state=back_to_saying(state), effect=thrown_away)
    if state.stage in ASKED_BY_THE_WAY:
        return Turn(state=back_to_saying(state), answer=texts.LEFT_AS_IT_IS)
    if state.pieces == 0:
        return Turn(state=State(entry=state.entry), answer=texts.NOTHING_TO_CANCEL)
    return Turn(
        state=State(entry=state.entry),
        answer=texts.CANCELLED.format(count=state.pieces),
        effect=Discard(),
    )


def gives_up(state: State) -> bool:
    """Whether `算了` is said here, and is neither a choice nor a word to be passed on."""
    is_passed_on = state.stage == "tasking" or (state.stage == "acting" and state.act in PASSED_ON)
    return texts.LEAVE_IT not in state.offered and not is_passed_on


def leave_it(state: State) -> Turn:
    """What was said is not deleted for a word that may mean less."""
    if state.stage == "asking" or state.stage in ASKED_BY_THE_WAY:
        return cancel(state)
    if state.stage in ("name", "phone"):
        return how_asked(state)
    if not state.pieces:
        return Turn(state=State(entry=state.entry), answer=texts.LEFT_AS_IT_IS)
    offered = (texts.CANCEL, texts.SUBMIT)
    question = texts.GIVE_UP.format(count=state.pieces, choices=texts.choices(list(offered)))
    return Turn(state=state._replace(stage="saying", offered=offered), answer=question)


def said_wrongly(state: State) -> Turn:
    """`上一句说错了`: what can be done about it; the words themselves are no part of the report."""
    if not state.pieces:
        return Turn(state=back(state), answer=texts.NOTHING_TO_CANCEL)
    offered = (texts.DROP_LAST, texts.SHOW_DRAFT)
    question = texts.WRONG_HOW.format(choices=texts.choices(list(offered)))
    return Turn(state=state._replace(stage="saying", offered=offered), answer=question)
