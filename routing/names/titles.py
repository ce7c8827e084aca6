"""姓+职务 as it stands in a text: every post mentioned, with the surname and the unit beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

from routing.names import texts
from routing.names.context import Context

_UNIT_REACH, _SURNAME_REACH = 14, 8


@dataclass(frozen=True, slots=True)
class Title:
    """A post mentioned: `kind` is a key of `TITLE`, `unit` the words before it, `surname` empty for a post alone.

    `around` is all that stands before it in the sentence. `start` and `end` enclose surname and post; `before` and
    `after` are the edges of the post itself.
    """

    kind: str
    word: str
    unit: str
    around: str
    surname: str
    is_deputy: bool
    start: int
    end: int
    before: int
    after: int


def titles_in(context: Context) -> Iterator[Title]:
    """Every post of the text, once with each surname beside it, or alone where the words leave no other reading."""
    text = context.text
    for found in texts.TITLE.finditer(text):
        kind = str(found.lastgroup)
        before, after = found.start(), found.end()
        spoken = list(_surnames(context, before, after))
        if not any(surname[0] in texts.SURNAMES or len(surname) > 1 for surname, _, _ in spoken):
            spoken.append(("", before, after))
        for surname, start, end in spoken:
            around = words_before(text, start)
            yield Title(
                kind=kind,
                word=found[kind],
                unit=_unit(around) + found["prefix"],
                around=around,
                surname=surname,
                is_deputy=found["deputy"] is not None,
                start=start,
                end=end,
                before=before,
                after=after,
            )
    for found in texts.OF_A_UNIT.finditer(text):
        around = words_before(text, found.start()) + found["unit"]
        yield Title(
            kind="officer",
            word="",
            unit=_unit(around),
            around=around,
            surname=found["surname"],
            is_deputy=False,
            start=found.start("surname"),
            end=found.end(),
            before=found.end(),
            after=found.end(),
        )


def _surnames(context: Context, before: int, after: int) -> Iterator[tuple[str, int, int]]:
    """王书记, 老王书记, 王某书记, 姓王的书记; 书记老王, 书记姓王, 书记王某."""
    text, reach = context.text, max(0, before - _SURNAME_REACH)
    if text[max(0, before - 2) : before] in texts.COMPOUND_SURNAMES:
        yield (text[before - 2 : before], before - 2, after)
    called = texts.NAMED_BEFORE_TITLE.search(text, reach, before)
    if called:
        yield (called["surname"], called.start(), after)
    found = texts.BEFORE_TITLE.search(text, reach, before)
    if (
        found
        and not called
        and _may_be_surname(context, found["surname"], found.start("surname"), bool(found["old"]))
    ):
        yield (found["surname"], found.start(), after)
    behind = texts.AFTER_TITLE.match(text, after)
    if behind:
        yield (behind["surname"] or behind["masked"], before, behind.end())


def _may_be_surname(context: Context, surname: str, at: int, is_old: bool) -> bool:
    if is_old:
        return True
    return context.left(at) >= (1 if surname in texts.UNCLEAR_SURNAMES else 0)


def words_before(text: str, end: int) -> str:
    """What stands before a place in the same sentence, as far as it may tell a unit."""
    start = end
    while start > max(0, end - _UNIT_REACH) and "一" <= text[start - 1] <= "鿿":
        start -= 1
    return text[start:end]


def unit_before(text: str, end: int) -> str:
    return _unit(words_before(text, end))


def _unit(around: str) -> str:
    """The words that may say of which unit somebody is; 镇纪委 in 向镇纪委反映王书记 is where it went."""
    before = texts.BEFORE_UNIT.match(around)
    return around[before.end() :] if before else around


def names_beside(title: Title, text: str) -> Iterator[tuple[int, int]]:
    """Places of three characters right before and right after a post, where a name may stand."""
    if title.before >= 3:
        yield (title.before - 3, title.before)
    if title.after + 3 <= len(text):
        yield (title.after, title.after + 3)
