"""Beside what people here say for what: the words that ship with the house, and villages of the same name."""

from collections.abc import Mapping, Sequence

from console.keeping import texts
from models.saying import Saying
from models.terms import Meaning
from organisation.sayings import Pair, like_villages, standard_words
from routing.table import RoutingTable


def standard_shown() -> Sequence[tuple[str, str]]:
    words = standard_words()
    return [(meaning.label, "、".join(sorted(words[meaning]))) for meaning in Meaning if meaning in words]


def saying_flags(rows: Sequence[Saying], table: RoutingTable) -> Mapping[str, Sequence[str]]:
    """By the key of the row."""
    pairs: dict[Pair, str] = {(Meaning(row.meaning), row.word): str(row.pk) for row in rows if row.is_active}
    found = like_villages(pairs, table)
    return {pairs[pair]: [texts.LIKE_VILLAGE.format(name=name)] for pair, name in found.items()}
