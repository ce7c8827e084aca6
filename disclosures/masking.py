"""Names of beneficiaries as the public sees them: 张*三, 张*."""

from typing import Final

STAR: Final = "*"
_SHORTEST_WITH_LAST: Final = 3


def mask_name(name: str) -> str:
    """The first character and, from three on, the last; the rest are stars."""
    plain = "".join(name.split())
    if len(plain) < _SHORTEST_WITH_LAST:
        return plain[:1] + STAR if len(plain) > 1 else STAR
    return plain[0] + STAR * (len(plain) - 2) + plain[-1]


def mask_names_in(text: str, *, names: list[str]) -> str:
    """`text` with each of `names` masked wherever it stands; the longest first, since one may hold another."""
    for name in sorted((name for name in set(names) if len(name) > 1), key=len, reverse=True):
        text = text.replace(name, mask_name(name))
    return text
