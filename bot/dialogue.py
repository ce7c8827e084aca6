"""The conversation as a table of stages: what was said, and where one stands → what to answer and do. Pure."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
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
from bot.correcting import changing, correction
from bot.drafting import MAX_PIECES, kinds_of, noted
from bot.effects import (
    Answer,
    Away,
    Bind,
    Discard,
    DropPiece,
    Enter,
    Finding,
    Look,
    More,
    Round,
    ShowDraft,
    Tasks,
    Unbind,
)
from bot.hearing.ear import DEAF, Ear
from bot.placing import area, saying_somewhere, village
from bot.state import Said, State, Turn, chosen
from bot.submitting import PHONE, how, name, phone, submit, who
from organisation import entry_codes, receipts

__all__ = ["MAX_PIECES", "Said", "State", "Turn", "step"]

LONGEST_TYPED_CODE: Final = 20
# questions beside the draft, which 取消 leaves as it is
ASKED_BY_THE_WAY: Final = "choosing acting deleting changing calling consulting tasks unbinding".split()


class Stage(Protocol):
    def __call__(self, state: State, said: Said, *, ear: Ear) -> Turn: ...


def step(state: State, said: Said, *, ear: Ear = DEAF) -> Turn:
    turn = answered(state, said, ear=ear)
    if not state.dropped or not turn.answer:
        return turn
    words = texts.DRAFT_DROPPED.format(count=state.dropped)
    return replace(turn, state=turn.state._replace(dropped=0), answer=words + turn.answer)


def answered(state: State, said: Said, *, ear: Ear) -> Turn:
    text = chosen(state, said.text)
    if said.note is None:
        if text == texts.SUBMIT and state.stage != "tasking":
            return submit(state, ear=ear)
        command = COMMANDS.get(text)
        if command is not None:
            return command(state)
        special = recognised(state, text)
        if special is not None:
            return special
        asked = policies_asked(state, text, ear=ear)
        if asked is not None:
            return asked
    said = Said(text=text, note=said.note)
    try:
        return STAGES[state.stage](state, said, ear=ear)
    except NotAsked:
        return saying(back_to_saying(state), said, ear=ear)


def recognised(state: State, text: str) -> Turn | None:
    """What means the same at every stage: a code, a receipt, binding."""
    words = unicodedata.normalize("NFKC", text[:80]).split() if texts.BIND in text else []
    if words[:1] == [texts.BIND] and (len(words) == 1 or PHONE.fullmatch(words[1])):
        if len(words) == 3:
            return Turn(state=state, effect=Bind(phone=words[1], code=words[2]))
        return Turn(state=state, answer=texts.BIND_HOW)
    mended = correction(state, text)
    if mended is not None:
        return mended
    code = entry_codes.find_in(text) if len(text) >= entry_codes.LENGTH else None
    if code is not None:
        return Turn(state=state, effect=Enter(code=code))
    return mistyped_or_receipt(state, text) if entry_codes.may_be_one(text) else None


def mistyped_or_receipt(state: State, text: str) -> Turn | None:
    if len(text) <= LONGEST_TYPED_CODE and entry_codes.is_shaped(entry_codes.normalise(text)):
        return Turn(state=state, answer=texts.CODE_UNKNOWN)
    receipt = receipts.normalise(text) if 16 <= len(text) <= 40 else ""
    return Turn(state=back(state), effect=Look(receipt=receipt)) if receipts.is_valid(receipt) else None


def cancel(state: State) -> Turn:
    if state.stage == "asking":
        return Turn(state=back(state), answer=texts.QUERY_CANCELLED)
    if state.stage == "tasking":
        thrown_away = Answer(task="", gathered=state.gathered)
        return Turn(state=back_to_saying(state), effect=thrown_away)
    if state.stage in ASKED_BY_THE_WAY:
        return Turn(state=back_to_saying(state), answer=texts.LEFT_AS_IT_IS)
    if state.pieces == 0 and state.stage == "saying":
        return Turn(state=state._replace(offered=()), answer=texts.NOTHING_TO_CANCEL)
    return Turn(
        state=State(entry=state.entry),
        answer=texts.CANCELLED.format(count=state.pieces),
        effect=Discard(),
    )


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


def saying(state: State, said: Said, *, ear: Ear) -> Turn:
    if not state.entry:
        return saying_somewhere(state, said, ear=ear)
    turn = noted(state, said, offered=(texts.SUBMIT,))
    if turn.note is None:
        return turn
    choices = texts.choices([texts.SUBMIT])
    kinds = kinds_of(turn.state)
    answer = texts.NOTED.format(count=turn.state.pieces, kinds=kinds, choices=choices)
    return Turn(state=turn.state, answer=answer, note=turn.note)


def asking(state: State, said: Said, *, ear: Ear) -> Turn:
    """A receipt was expected: sixteen digits are a try, whatever their check says; words are something said."""
    digits = receipts.normalise(said.text)
    if said.note is None and digits.isdecimal():
        if len(digits) == receipts.LENGTH:
            return Turn(state=state, effect=Look(receipt=digits))
        return Turn(state=state, answer=texts.RECEIPT_SHAPE)
    return saying(back(state), said, ear=ear)


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
