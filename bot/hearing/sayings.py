"""The words that count in this organisation, made ready for being looked up at every message."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from bot.hearing import texts
from models.saying import LONGEST
from models.terms import Meaning
from organisation.sayings import FIXED, LEVELS, Words, spoken, standard_words

FRAME: Final = re.compile(rf"(?:{'|'.join(texts.BEFORE_A_WORD)})?(.+?)(?:{'|'.join(texts.AFTER_A_WORD)})?")


@dataclass(frozen=True, slots=True)
class Sayings:
    """`fixed` and `levels` map words to what they stand for; `wishes` and `refusals` are looked for within a text."""

    fixed: Mapping[str, str]
    levels: Mapping[str, str]
    thanks: frozenset[str]
    courtesies: frozenset[str]
    fillers: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    wishes: re.Pattern[str]
    refusals: re.Pattern[str]

    @classmethod
    def of(cls, words: Words) -> "Sayings":
        def said_for(meaning: Meaning) -> frozenset[str]:
            return words.get(meaning, frozenset())

        thanks, yes, no = map(said_for, (Meaning.THANKS, Meaning.YES, Meaning.NO))
        courtesies = thanks | said_for(Meaning.GREETING)
        return cls(
            fixed={word: meaning.label for meaning in FIXED for word in said_for(meaning)},
            levels={word: str(meaning) for meaning in LEVELS for word in said_for(meaning)},
            thanks=thanks,
            courtesies=courtesies,
            fillers=courtesies | yes | no,
            yes=yes,
            no=no,
            wishes=_any_of(said_for(Meaning.ANONYMOUS)),
            refusals=_any_of(said_for(Meaning.NAMED)),
        )

    def fixed_word(self, text: str, words: Collection[str]) -> str:
        """The one of `words` that is plainly meant, as `提交。`, `我要查询` or `说完了`; else `text` as it is."""
        if len(text) > LONGEST or text in words:
            return text
        said = spoken(text)
        if said in self.courtesies:
            return text
        framed = FRAME.fullmatch(said)
        for candidate in (said, framed[1] if framed else said):
            meant = self.fixed.get(candidate, candidate)
            if meant in words:
                return meant
        return text

    def is_thanks(self, text: str) -> bool:
        return len(text) <= LONGEST and spoken(text) in self.thanks

    def is_courtesy(self, text: str) -> bool:
        """A greeting or a word of thanks: it says nothing for a report."""
        return len(text) <= LONGEST and spoken(text) in self.courtesies

    def is_filler(self, text: str) -> bool:
        """As `is_courtesy`, and a bare yes or no: where a question is asked it answers nothing."""
        return len(text) <= LONGEST and spoken(text) in self.fillers

    def is_yes(self, text: str) -> bool | None:
        """None for what is neither a yes nor a no."""
        said = spoken(text)
        return True if said in self.yes else False if said in self.no else None

    def level_of(self, text: str) -> str | None:
        """Whom a matter is about, as people call them."""
        return self.levels.get(spoken(text)) if len(text) <= LONGEST else None


def _any_of(words: Collection[str]) -> re.Pattern[str]:
    """Of no words at all nothing is found."""
    return re.compile("|".join(map(re.escape, sorted(words))) or "(?!)")


STANDARD: Final = Sayings.of(standard_words())
