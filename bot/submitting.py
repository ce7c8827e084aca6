"""From `提交` to filed: whom it is about, whether with a name, name and telephone. Pure."""

import re
import unicodedata
from typing import Final

from bot import texts
from bot.business import back
from bot.drafting import asked_again, noted
from bot.effects import File, Note
from bot.hearing.ear import Ear
from bot.hearing.names import is_bare, is_bare_name, wants_no_name
from bot.hearing.texts import NAME_GIVEN, UNNAMED_ANSWERS
from bot.placing import place_first
from bot.state import Said, State, Turn
from models.choices import Level
from organisation.sayings import bare

LEVEL_OF: Final = {level.label: str(level) for level in Level}
PHONE: Final = re.compile(r"[+(]?[\d\-() ]{7,20}")
HOWS: Final = (texts.ANONYMOUS, texts.NAMED, texts.CANCEL)
GIVEN: Final = re.compile(NAME_GIVEN)
AMONG_WORDS: Final = re.compile(r"\D{0,12}?(?P<phone>[+(]?\d[\d\-() ]{5,18}\d)\D{0,4}")


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
        named = ear.sayings.level_of(said.text) if said.note is None else None
        question = texts.WHO.format(choices=texts.choices(list(LEVEL_OF)))
        if named is not None:
            return who_named(state, said, named, ear=ear)
        return asked_again(state, said, ear=ear, question=question)
    return about(state, level)


def who_named(state: State, said: Said, level: str, *, ear: Ear) -> Turn:
    """`村长` says whom it is about, and stays a word of the report."""
    kept = noted(state, said, ear=ear)
    if kept.note is None:
        return kept
    return about(kept.state, level)._replace(note=kept.note)


def about(state: State, level: str) -> Turn:
    after = state._replace(stage="how", level=level, offered=HOWS)
    if state.is_finding and not state.is_nameless:
        return Turn(state=after, effect=File(entry=state.entry, level=level, is_finding=True))
    if state.is_nameless and not state.has_voice:
        return without_name(after)
    return how_asked(after)


def how_asked(state: State) -> Turn:
    warning = texts.VOICE_WARNING if state.has_voice else ""
    question = warning + texts.HOW.format(choices=texts.choices(list(HOWS)))
    return Turn(state=state._replace(stage="how", name="", offered=HOWS), answer=question)


def how(state: State, said: Said, *, ear: Ear) -> Turn:
    if is_bare(said.text, ear.sayings) or said.text == texts.ANONYMOUS:
        return without_name(state)
    if said.text == texts.NAMED or is_bare_name(said.text):
        return Turn(state=state._replace(stage="name", offered=()), answer=texts.NAME)
    heard = said.note is not None and said.note.kind == "voice"
    warning = texts.VOICE_WARNING if heard else ""
    question = warning + texts.HOW.format(choices=texts.choices(list(HOWS)))
    again = asked_again(state, said, ear=ear, question=question)
    # said among other words it is an answer as well, and the words are kept
    is_answer = again.note is not None and wants_no_name(said.text, ear.sayings)
    return without_name(again.state, note=again.note) if is_answer else again


def without_name(state: State, *, note: Note | None = None) -> Turn:
    return Turn(state=state, note=note, effect=File(entry=state.entry, level=state.level))


def nameless_after_all(state: State) -> Turn:
    """A voice is warned about first: it may have come after the question was asked."""
    return how_asked(state) if state.has_voice else without_name(state)


def name(state: State, said: Said, *, ear: Ear) -> Turn:
    if said.note is not None:
        return asked_again(state, said, ear=ear, question=texts.NAME)
    if wants_no_name(said.text, ear.sayings):
        return nameless_after_all(state)
    if bare(said.text) in UNNAMED_ANSWERS:
        return how_asked(state)
    given = GIVEN.fullmatch(unicodedata.normalize("NFKC", said.text))
    if given is None:
        is_courtesy = ear.sayings.is_courtesy(said.text)
        return Turn(state=state, answer=texts.NAME if is_courtesy else texts.NAME_AGAIN)
    named = state._replace(stage="phone", name=given["name"])
    return phoned(named, given["phone"]) if given["phone"] else Turn(state=named, answer=texts.PHONE)


def phone(state: State, said: Said, *, ear: Ear) -> Turn:
    if said.note is not None:
        return asked_again(state, said, ear=ear, question=texts.PHONE)
    if wants_no_name(said.text, ear.sayings):
        return nameless_after_all(state)
    found = AMONG_WORDS.fullmatch(unicodedata.normalize("NFKC", said.text))
    return phoned(state, found["phone"] if found else "")


def phoned(state: State, typed: str) -> Turn:
    digits = re.sub(r"[^\d+]", "", typed)
    if not PHONE.fullmatch(typed) or not 7 <= len(digits.lstrip("+")) <= 15:
        return Turn(state=state, answer=texts.PHONE_AGAIN)
    return Turn(state=state, effect=File(entry=state.entry, level=state.level, name=state.name, phone=digits))
