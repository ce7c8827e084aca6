"""验证词: three everyday words that stand on a poster and on the page that its code opens.

Whoever pasted another code over ours leads to a page that cannot know the words of every wall. No key is
involved: the words follow from the code, which stands beside them, and are there to be compared, not kept secret.
"""

from hashlib import sha256

from organisation.terms import VERIFICATION_WORDS

COUNT = 3
_PLACE = b"mashang verification words 1:"


def verification_words(code: str) -> tuple[str, ...]:
    """Of a code as it is printed; always the same ones."""
    digest = sha256(_PLACE + code.encode()).digest()
    return tuple(VERIFICATION_WORDS[digest[place]] for place in range(COUNT))
