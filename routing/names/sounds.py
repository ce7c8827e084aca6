"""How characters sound: pinyin without tones, and a loose form in which common dialects run together."""

import re
from dataclasses import dataclass

from pypinyin import Style, pinyin

from routing.names.spelling import Written

_REMEMBERED = 60_000
_HAN = re.compile(r"[㐀-鿿\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[a-z]+")
_SYLLABLE = re.compile(
    r"(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
    r"(?:iang|iong|uang|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|ei|ao|ou|an|en|in|ia|ie|iu|ua|uo|ui|un|ve|a|o|e|i|u|v)"
    r"|ang|eng|ai|an|ao|ei|en|er|ou|a|o|e"
)
_LONGEST_SYLLABLE, _LONGEST_RUN = 6, 60
_LOOSE = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"ng$"), "n"),
    (re.compile(r"^l"), "n"),
    (re.compile(r"^hu(?=[aeiou]|$)"), "f"),
    (re.compile(r"^f[iu]?"), "f"),
)
Sounds = frozenset[str]
NO_SOUND: Sounds = frozenset()


class _Readings(dict[str, Sounds]):
    def __missing__(self, char: str) -> Sounds:
        read = NO_SOUND
        if _HAN.fullmatch(char):
            found = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
            read = frozenset(found[0]) if found else NO_SOUND
        if len(self) < _REMEMBERED:
            self[char] = read
        return read


class _Numbers(dict[str, int]):
    """A small number for each loose syllable, so that two of them make one key."""

    def __missing__(self, syllable: str) -> int:
        self[syllable] = len(self)
        return self[syllable]


_READINGS = _Readings()
_NUMBERS = _Numbers()
_loosened: dict[Sounds, tuple[int, ...]] = {}


def sounds_of(char: str) -> Sounds:
    """All readings of a Chinese character; empty for anything else."""
    return _READINGS[char]


def loose(sounds: Sounds) -> tuple[int, ...]:
    """The numbers of the loose forms of some readings."""
    found = _loosened.get(sounds)
    if found is None:
        forms = set()
        for sound in sounds:
            form = sound
            for pattern, by in _LOOSE:
                form = pattern.sub(by, form, count=1)
            forms.add(form)
        found = tuple(sorted(_NUMBERS[form] for form in forms))
        if len(_loosened) < _REMEMBERED:
            _loosened[sounds] = found
    return found


@dataclass(slots=True)
class Token:
    """A Chinese character, or one syllable in Latin letters (`char` is empty then)."""

    start: int
    end: int
    char: str
    sounds: Sounds


def tokens_of(written: Written) -> list[Token]:
    """One token for every place of the text; what has no sound breaks a name in two."""
    text = written.text
    tokens: list[Token] = []
    at = 0
    for run in _LATIN.finditer(text):
        tokens.extend(Token(i, i + 1, text[i], _READINGS[text[i]]) for i in range(at, run.start()))
        tokens.extend(_syllables(run.group(), run.start()))
        at = run.end()
        # tones written as digits: zhang1 da4 li4
        if text[at : at + 1] in ("1", "2", "3", "4", "5") and tokens and not tokens[-1].char:
            at += 1
    tokens.extend(Token(i, i + 1, text[i], _READINGS[text[i]]) for i in range(at, len(text)))
    return tokens


def _syllables(letters: str, start: int) -> list[Token]:
    """zhangdali → zhang da li: the longest syllables that use up all letters; else one token without sound."""
    length = len(letters)
    steps = [0] * length + [1]
    if length <= _LONGEST_RUN:
        for at in range(length - 1, -1, -1):
            reach = range(min(_LONGEST_SYLLABLE, length - at), 0, -1)
            fits = (
                size for size in reach if steps[at + size] and _SYLLABLE.fullmatch(letters, at, at + size)
            )
            steps[at] = next(fits, 0)
    if not steps[0]:
        return [Token(start, start + length, letters, NO_SOUND)]
    tokens: list[Token] = []
    at = 0
    while at < length:
        end = at + steps[at]
        tokens.append(Token(start + at, start + end, "", frozenset((letters[at:end],))))
        at = end
    return tokens
