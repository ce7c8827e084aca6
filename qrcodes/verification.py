"""Words that stand on a poster and on its page: a code of another place pasted over ours does not have them."""

from hashlib import sha256
from typing import Final

from qrcodes.terms import WORDS

COUNT: Final = 2


def words_of(code: str) -> tuple[str, ...]:
    """Two different words, the same for a code for ever: posters hang for years.

    They are no secret and prove nothing about a page elsewhere: whoever copies a poster copies them too.
    """
    number = int.from_bytes(sha256(f"verification:{code}".encode()).digest())
    words: list[str] = []
    while len(words) < COUNT:
        number, rest = divmod(number, len(WORDS))
        if WORDS[rest] not in words:
            words.append(WORDS[rest])
    return tuple(words)
