"""The conversation as a table of stages: what was said, and where one stands → what to answer and do. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot import texts
from bot.effects import Bind, Discard, Effect, Enter, File, Look, Note, Telephone
from models.choices import Level
from organisation import entry_codes, receipts

MAX_PIECES: Final = 60
LONGEST_TYPED_CODE: Final = 20
LEVEL_OF: Final = {level.label: str(level) for level in Level}
PHONE: Final = re.compile(r"\+?[\d\- ]{7,20}")
NAME: Final = re.compile(r"[^\d\s<>]{2,20}")
CHOICE: Final = re.compile(r"(\d{1,2})[\s.．。、，：）]*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a conversation stands. `offered` are the choices last shown, so that a number can pick one."""

    stage: str = "saying"
    entry: str = ""
    pieces: int = 0
    has_voice: bool = False
    level: str = ""
    name: str = ""
    offered: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "State":
        return cls(**{**value, "offered": tuple(value["offered"])})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing said: words (`text`), or media or a place (`note`); never both."""

    text: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """The state afterwards, the answer, what to keep for the draft, and what else is to be done.

    An `effect` answers for itself when `answer` is empty.
    """

    state: State
    answer: str = ""
    note: Note | None = None
    effect: Effect | None = field(default=None)


def step(state: State, said: Said) -> Turn:
    text = chosen(state, said.text)
    if said.note is None:
        command = COMMANDS.get(text)
        if command is not None:
            return command(state)
        special = recognised(state, text)
        if special is not None:
            return special
    return STAGES[state.stage](state, Said(text=text, note=said.note))


def chosen(state: State, text: str) -> str:
    """A number stands for the choice last offered under it; so does the whole line, as it was offered."""
    found = CHOICE.fullmatch(text.strip())
    if found is None or not 1 <= int(found[1]) <= len(state.offered):
        return text
    choice = state.offered[int(found[1]) - 1]
    return choice if found[2] in ("", choice) else text


def recognised(state: State, text: str) -> Turn | None:
    """What means the same at every stage: a code, a receipt, binding."""
    words = unicodedata.normalize("NFKC", text[:80]).split() if texts.BIND in text else []
    if words[:1] == [texts.BIND] and (len(words) == 1 or PHONE.fullmatch(words[1])):
        if len(words) == 3:
            return Turn(state=state, effect=Bind(phone=words[1], code=words[2]))
        return Turn(state=state, answer=texts.BIND_HOW)
    code = entry_codes.find_in(text) if len(text) >= entry_codes.LENGTH else None
    if code is not None:
        return Turn(state=state, effect=Enter(code=code))
    return mistyped_or_receipt(state, text) if entry_codes.may_be_one(text) else None


def mistyped_or_receipt(state: State, text: str) -> Turn | None:
    if len(text) <= LONGEST_TYPED_CODE and entry_codes.is_shaped(entry_codes.normalise(text)):
        return Turn(state=state, answer=texts.CODE_UNKNOWN)
    receipt = receipts.normalise(text) if 16 <= len(text) <= 40 else ""
    return Turn(state=back(state), effect=Look(receipt=receipt)) if receipts.is_valid(receipt) else None


def back(state: State) -> State:
    """Out of a question about a receipt, into what was being said before."""
    return replace(state, stage="saying", offered=()) if state.stage == "asking" else state


def submit(state: State) -> Turn:
    if state.pieces == 0:
        return Turn(state=back(state), answer=texts.NOTHING_YET)
    if not state.entry:
        return Turn(state=replace(state, stage="saying", offered=()), answer=texts.WHERE_FIRST)
    offered = tuple(LEVEL_OF)
    return Turn(
        state=replace(state, stage="who", offered=offered),
        answer=texts.WHO.format(choices=texts.choices(list(offered))),
    )


def cancel(state: State) -> Turn:
    if state.stage == "asking":
        return Turn(state=back(state), answer=texts.QUERY_CANCELLED)
    if state.pieces == 0 and state.stage == "saying":
        return Turn(state=replace(state, offered=()), answer=texts.NOTHING_TO_CANCEL)
    return Turn(
        state=State(entry=state.entry),
        answer=texts.CANCELLED.format(count=state.pieces),
        effect=Discard(),
    )


def ask_receipt(state: State) -> Turn:
    return Turn(state=replace(state, stage="asking", offered=()), answer=texts.ASK_RECEIPT)


def menu(state: State) -> Turn:
    begin = (texts.SUBMIT, texts.CANCEL) if state.pieces else (texts.START,)
    offered = (*begin, texts.QUERY, texts.HELP, texts.PERSON)
    return Turn(
        state=replace(state, stage="saying", offered=offered),
        answer=texts.MENU_TEXT.format(choices=texts.choices(list(offered))),
    )


def start(state: State) -> Turn:
    answer = texts.START_HERE if state.entry else texts.START_TEXT
    return Turn(state=replace(state, stage="saying", offered=()), answer=answer)


COMMANDS: Final[dict[str, Callable[[State], Turn]]] = {
    texts.SUBMIT: submit,
    texts.CANCEL: cancel,
    texts.QUERY: ask_receipt,
    texts.HELP: lambda state: Turn(state=back(state), answer=texts.HELP_TEXT),
    texts.MENU: menu,
    texts.PERSON: lambda state: Turn(state=back(state), effect=Telephone(entry=state.entry)),
    texts.START: start,
}


def saying(state: State, said: Said) -> Turn:
    offered = (texts.SUBMIT,) if state.entry else state.offered
    turn = noted(state, said, offered=offered)
    if turn.note is None:
        return turn
    words = texts.NOTED if state.entry else texts.NOTED_WITHOUT_CODE
    answer = words.format(count=turn.state.pieces, choices=texts.choices(list(offered)))
    return Turn(state=turn.state, answer=answer, note=turn.note)


def noted(state: State, said: Said, *, offered: tuple[str, ...] | None = None) -> Turn:
    """`said` kept for the draft, without an answer yet; an answer and no note when it cannot be kept."""
    note = said.note or (Note(kind="text", text=said.text) if said.text else None)
    if note is None:
        return Turn(state=state, answer=texts.NOTHING_YET)
    if state.pieces >= MAX_PIECES:
        return Turn(state=state, answer=texts.TOO_LONG_A_DRAFT.format(limit=MAX_PIECES))
    after = replace(
        state,
        pieces=state.pieces + 1,
        has_voice=state.has_voice or note.kind == "voice",
        offered=state.offered if offered is None else offered,
    )
    return Turn(state=after, note=note)


def asked_again(state: State, said: Said, *, question: str) -> Turn:
    """Something else than the answer came: it belongs to the report, and the question stands."""
    again = noted(state, said)
    return replace(again, answer=again.answer or texts.WHO_AGAIN + question)


def who(state: State, said: Said) -> Turn:
    level = LEVEL_OF.get(said.text)
    if level is None:
        question = texts.WHO.format(choices=texts.choices(list(LEVEL_OF)))
        return asked_again(state, said, question=question)
    offered = (texts.ANONYMOUS, texts.NAMED, texts.CANCEL)
    warning = texts.VOICE_WARNING if state.has_voice else ""
    return Turn(
        state=replace(state, stage="how", level=level, offered=offered),
        answer=warning + texts.HOW.format(choices=texts.choices(list(offered))),
    )


def how(state: State, said: Said) -> Turn:
    if said.text == texts.ANONYMOUS:
        return Turn(state=state, effect=File(entry=state.entry, level=state.level))
    if said.text == texts.NAMED:
        return Turn(state=replace(state, stage="name", offered=()), answer=texts.NAME)
    return asked_again(state, said, question=texts.HOW.format(choices=texts.choices(list(state.offered))))


def name(state: State, said: Said) -> Turn:
    if said.note is not None:
        return asked_again(state, said, question=texts.NAME)
    if not NAME.fullmatch(said.text):
        return Turn(state=state, answer=texts.NAME_AGAIN)
    return Turn(state=replace(state, stage="phone", name=said.text), answer=texts.PHONE)


def phone(state: State, said: Said) -> Turn:
    if said.note is not None:
        return asked_again(state, said, question=texts.PHONE)
    digits = re.sub(r"[\- ]", "", said.text)
    if not PHONE.fullmatch(said.text) or not 7 <= len(digits.lstrip("+")) <= 15:
        return Turn(state=state, answer=texts.PHONE_AGAIN)
    return Turn(state=state, effect=File(entry=state.entry, level=state.level, name=state.name, phone=digits))


def asking(state: State, said: Said) -> Turn:
    """A receipt was expected: sixteen digits are a try, whatever their check says; words are something said."""
    digits = receipts.normalise(said.text)
    if said.note is None and digits.isdecimal():
        if len(digits) == receipts.LENGTH:
            return Turn(state=state, effect=Look(receipt=digits))
        return Turn(state=state, answer=texts.RECEIPT_SHAPE)
    return saying(back(state), said)


STAGES: Final[dict[str, Callable[[State, Said], Turn]]] = {
    "saying": saying,
    "who": who,
    "how": how,
    "name": name,
    "phone": phone,
    "asking": asking,
}
