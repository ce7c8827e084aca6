"""How many there are, as far as somebody wants to know: a count costs the same however long the past."""

from typing import Final

AT_MOST: Final = 99
"""Of what is more than that a list says so, and no number."""


def how_many(condition: str) -> str:
    """SQL of a number: reports `r` for which `condition` holds, and never more than one above `AT_MOST`."""
    return f"(SELECT COUNT(*) FROM (SELECT 1 FROM report r WHERE {condition} LIMIT {AT_MOST + 1}) counted)"


def in_words(count: int) -> str:
    return str(count) if count <= AT_MOST else f"{AT_MOST}+"
