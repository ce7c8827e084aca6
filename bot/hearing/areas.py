"""Which area some words are about, by a list of words that is data: the most and longest words first."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from routing.names.spelling import plain

STANDARD = Path(__file__).with_name("area_words.csv")
APART = "；;、，, "


@cache
def standard_words() -> Mapping[str, tuple[str, ...]]:
    """By the area's name; for a county that has given no words of its own."""
    with STANDARD.open(encoding="utf-8", newline="") as file:
        return {row["name"]: words_in(row["words"]) for row in csv.DictReader(file)}


def words_in(cell: str) -> tuple[str, ...]:
    for mark in APART[1:]:
        cell = cell.replace(mark, APART[0])
    return tuple(word for each in cell.split(APART[0]) if (word := plain(each)))


def guessed(text: str, *, areas: Mapping[str, str], words: Mapping[str, str]) -> list[str]:
    """Codes of `areas` (code → name), likeliest first, only those of which something was said."""
    said = plain(text)
    scores: dict[str, int] = {}
    for code, name in areas.items():
        own = words_in(words.get(code, "")) or standard_words().get(name, ())
        score = sum(len(word) ** 2 for word in (plain(name), *own) if word in said)
        if score:
            scores[code] = score
    order = list(areas)
    return sorted(scores, key=lambda code: (-scores[code], order.index(code)))
