"""From `提交` to filed: whom it is about, whether with a name, name and telephone. Pure."""

import re
from typing import Final

from bot import texts
from bot.business import back
from bot.drafting import asked_again
from bot.effects import File
from bot.hearing.ear import Ear
from bot.hearing.names import is_bare, wants_no_name
from bot.placing import place_first
from bot.state import Said, State, Turn
from models.choices import Level

LEVEL_OF: Final = {level.label: str(level) for level in Level}
PHONE: Final = re.compile(r"\+?[\d\- ]{7,20}")
HOWS: Final = (texts.ANONYMOUS, texts.NAMED, texts.CANCEL)
NAME: Final = re.compile(r"[^\d\s<>]{2,20}")


def submit(state: State, *, ear: Ear) -> Turn:
    if state.pieces == 0:
        return Turn(state=back(state), answer=texts.NOTHING_YET)
    if not state.entry:
        return place_first(state, ear=ear)
    offered = tuple(LEVEL_OF)
    return Turn(
        state=state._replace(stage="who", offered=offered),
        answer=texts.WHO.format(choices=texts.choices(list(offered))),
    )


def who(state: State, said: Said, *, ear: Ear) -> Turn:
    level = LEVEL_OF.get(said.text)
    if level is None:
        question = texts.WHO.format(choices=texts.choices(list(LEVEL_OF)))
        return asked_again(state, said, question=question)
    if state.is_finding and not state.is_nameless:
        filed = state._replace(stage="how", level=level, offered=HOWS)
        return Turn(state=filed, effect=File(entry=state.entry, level=level, is_finding=True))
    offered = HOWS
    after = state._replace(stage="how", level=level, offered=offered)
    if state.is_nameless and not state.has_voice:
        return without_name(after)
    warning = texts.VOICE_WARNING if state.has_voice else ""
    return Turn(state=after, answer=warning + texts.HOW.format(choices=texts.choices(list(offered))))


def how(state: State, said: Said, *, ear: Ear) -> Turn:
    if is_bare(said.text) or said.text == texts.ANONYMOUS:
        return without_name(state)
    if said.text == texts.NAMED:
        return Turn(state=state._replace(stage="name", offered=()), answer=texts.NAME)
    return asked_again(state, said, question=texts.HOW.format(choices=texts.choices(list(state.offered))))


def without_name(state: State) -> Turn:
    return Turn(state=state, effect=File(entry=state.entry, level=state.level))


def name(state: State, said: Said, *, ear: Ear) -> Turn:
    if said.note is not None:
        return asked_again(state, said, question=texts.NAME)
    if wants_no_name(said.text):
        return without_name(state)
    if not NAME.fullmatch(said.text):
        return Turn(state=state, answer=texts.NAME_AGAIN)
    return Turn(state=state._replace(stage="phone", name=said.text), answer=texts.PHONE)


def phone(state: State, said: Said, *, ear: Ear) -> Turn:
    if said.note is not None:
        return asked_again(state, said, question=texts.PHONE)
    if wants_no_name(said.text):
        return without_name(state)
    digits = re.sub(r"[\- ]", "", said.text)
    if not PHONE.fullmatch(said.text) or not 7 <= len(digits.lstrip("+")) <= 15:
        return Turn(state=state, answer=texts.PHONE_AGAIN)
    return Turn(state=state, effect=File(entry=state.entry, level=state.level, name=state.name, phone=digits))
