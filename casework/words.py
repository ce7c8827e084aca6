"""What a person writes on a form, trimmed and held to its length."""

from casework import texts
from casework.errors import FieldWrong

REASON_LIMIT = 200
TEXT_LIMIT = 500
CONCLUSION_LIMIT = 2000


def reason_of(given: str, *, field: str = "reason") -> str:
    """Raises `FieldWrong`."""
    return words_of(given, field=field, limit=REASON_LIMIT, missing=texts.REASON_MISSING)


def words_of(given: str, *, field: str, limit: int, missing: str) -> str:
    """Raises `FieldWrong` with `missing` when there is nothing, or when it is too long."""
    words = given.replace("\r\n", "\n").strip()
    if not words:
        raise FieldWrong(field, missing)
    if len(words) > limit:
        raise FieldWrong(field, texts.TOO_LONG.format(limit=limit, length=len(words)))
    return words
