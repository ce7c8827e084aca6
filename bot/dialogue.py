"""The conversation as a table of stages: what was said, and where one stands → what to answer and do. Pure."""

from collections.abc import Callable
from typing import Final, Protocol

from bot import texts
from bot.at_work import tasking, tasks, unbinding
from bot.browsing import policies, policies_asked
from bot.business import (
    NotAsked,
    acting,
    back,
    back_to_saying,
    choosing,
    deleting,
    explain_deleting,
    mine,
    opened,
    wants,
)
from bot.calling import ask_for_a_person, calling, consulting
from bot.correcting import changing
from bot.drafting import MAX_PIECES, asked_only, kinds_of, noted
from bot.effects import (
    Away,
    DropPiece,
    Finding,
    Look,
    More,
    Round,
    ShowDraft,
    Tasks,
    Unbind,
)
from bot.ending import (
    cancel,
    gives_up,
    is_asked_for_more,
    is_passed_on,
    leave_it,
    meant,
    said_wrongly,
    unanswered,
)
from bot.hearing.ear import DEAF, Ear
from bot.hearing.plainly import is_stray_number
from bot.placing import area, saying_somewhere, village
from bot.recognising import recognised
from bot.state import Said, State, Turn, chosen
from bot.submitting import how, name, phone, submit, who
from organisation import receipts

__all__ = ["MAX_PIECES", "Said", "State", "Turn", "step"]


class Stage(Protocol):
    def __call__(self, state: State, said: Said, *, ear: Ear) -> Turn: ...


def step(state: State, said: Said, *, ear: Ear = DEAF) -> Turn:
    turn = answered(state, said, ear=ear)
    if not state.dropped or not turn.answer:
        return turn
    words = texts.DRAFT_DROPPED.format(count=state.dropped)
    return turn._replace(state=turn.state._replace(dropped=0), answer=words + turn.answer)


def answered(state: State, said: Said, *, ear: Ear) -> Turn:
    text = said.text
    if said.note is None:
        text = text if text in FIXED else chosen(state, text, ear.sayings)
        text = meant(state, text, fixed=FIXED, sayings=ear.sayings)
        turn = at_any_stage(state, text, ear=ear)
        if turn is not None:
            return turn
    said = Said(text=text, note=said.note)
    try:
        return STAGES[state.stage](state, said, ear=ear)
    except NotAsked:
        return saying(back_to_saying(state), said, ear=ear)


def at_any_stage(state: State, text: str, *, ear: Ear) -> Turn | None:
    """What is not left to the stage: fixed words, codes, receipts, binding, what is published."""
    if text == texts.SUBMIT and state.stage != "tasking":
        return unanswered(state) if is_asked_for_more(state) else submit(state, ear=ear)
    if text == texts.LEAVE_IT and gives_up(state):
        return leave_it(state)
    if text == texts.WRONG and not is_passed_on(state):
        return said_wrongly(state)
    command = COMMANDS.get(text)
    if command is not None:
        return command(state)
    return recognised(state, text) or policies_asked(state, text, ear=ear)


def ask_receipt(state: State) -> Turn:
    return Turn(state=state._replace(stage="asking", offered=()), answer=texts.ASK_RECEIPT)


def menu(state: State) -> Turn:
    begin = (texts.SUBMIT, texts.CANCEL) if state.pieces else (texts.START,)
    offered = (*begin, texts.QUERY, texts.HELP, texts.PERSON)
    return Turn(
        state=state._replace(stage="saying", offered=offered),
        answer=texts.MENU_TEXT.format(choices=texts.choices(list(offered))),
    )


def start(state: State) -> Turn:
    answer = texts.START_HERE if state.entry else texts.START_TEXT
    return Turn(state=state._replace(stage="saying", offered=()), answer=answer)


COMMANDS: Final[dict[str, Callable[[State], Turn]]] = {
    texts.CANCEL: cancel,
    texts.QUERY: ask_receipt,
    texts.HELP: lambda state: Turn(state=back(state), answer=texts.HELP_TEXT),
    texts.MENU: menu,
    texts.PERSON: ask_for_a_person,
    texts.START: start,
    texts.DROP_LAST: lambda state: Turn(state=state, effect=DropPiece()),
    texts.SHOW_DRAFT: lambda state: Turn(state=back(state), effect=ShowDraft()),
    texts.BEGIN_ANEW: cancel,
    texts.MINE: mine,
    texts.MORE_WORD: lambda state: Turn(state=state, effect=More()),
    texts.DELETE: explain_deleting,
    **{act: wants(act) for act in texts.ACTS},
    texts.TASKS: lambda state: Turn(state=back(state), effect=Tasks()),
    texts.FINDING: lambda state: Turn(state=back(state), effect=Finding()),
    texts.GONE: lambda state: Turn(state=state, effect=Away(is_away=True)),
    texts.BACK: lambda state: Turn(state=state, effect=Away(is_away=False)),
    texts.UNBIND_WORD: lambda state: Turn(state=back(state), effect=Unbind()),
    texts.ROUND: lambda state: Turn(state=back(state), effect=Round()),
}
FIXED: Final = frozenset({texts.SUBMIT, texts.DONE, texts.LEAVE_IT, texts.WRONG, texts.POLICY, *COMMANDS})


def saying(state: State, said: Said, *, ear: Ear) -> Turn:
    if said.note is None and ear.sayings.is_courtesy(said.text):
        return polite(state, said, ear=ear)
    if said.note is None and not state.pieces and is_stray_number(said.text):
        return menu(state)
    if not state.entry:
        return saying_somewhere(state, said, ear=ear)
    turn = noted(state, said, ear=ear, offered=(texts.SUBMIT,))
    return turn if turn.note is None else turn._replace(answer=gathered_so_far(turn.state))


def gathered_so_far(state: State) -> str:
    choices = texts.choices([texts.SUBMIT])
    return texts.NOTED.format(count=state.pieces, kinds=kinds_of(state), choices=choices)


def polite(state: State, said: Said, *, ear: Ear) -> Turn:
    """A greeting or a word of thanks begins no report and belongs to none."""
    if state.pieces and state.entry:
        return Turn(state=state._replace(offered=(texts.SUBMIT,)), answer=gathered_so_far(state))
    if state.pieces:
        return Turn(state=state._replace(offered=()), answer=texts.WHERE_FIRST)
    if ear.sayings.is_thanks(said.text):
        return Turn(state=state, answer=texts.NOT_AT_ALL)
    return Turn(state=state, answer=texts.START_HERE if state.entry else texts.WELCOME)


def asking(state: State, said: Said, *, ear: Ear) -> Turn:
    """A receipt was expected: sixteen digits are a try, whatever their check says; words are something said."""
    digits = receipts.normalise(said.text)
    if said.note is None and digits.isdecimal():
        if len(digits) == receipts.LENGTH:
            return Turn(state=state, effect=Look(receipt=digits))
        return Turn(state=state, answer=texts.RECEIPT_SHAPE)
    return asked_only(state, said, ear=ear, question=texts.ASK_RECEIPT) or saying(back(state), said, ear=ear)


STAGES: Final[dict[str, Stage]] = {
    "saying": saying,
    "village": village,
    "area": area,
    "who": who,
    "how": how,
    "name": name,
    "phone": phone,
    "asking": asking,
    "choosing": choosing,
    "opened": opened,
    "acting": acting,
    "deleting": deleting,
    "changing": changing,
    "calling": calling,
    "consulting": consulting,
    "tasks": tasks,
    "tasking": tasking,
    "unbinding": unbinding,
    "policies": policies,
}
