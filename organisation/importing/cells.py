"""The kinds of value a cell can hold: each reads trimmed, non-empty text or raises `Unreadable`."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from models.saying import LONGEST
from organisation import entry_codes
from organisation.importing import texts
from organisation.sayings import NUMERALS, spoken

Beneficiaries = list[dict[str, str]]
Value = str | int | bool | Decimal | date | Beneficiaries | None

_CODE = re.compile(r"[\w.@\-]+")
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{1,18}[0-9]")
_BASE32 = re.compile(r"[A-Z2-7]{16,128}")
_BIND_CODE = re.compile(r"[A-Za-z0-9]{4,32}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]00:00(?::00)?)?")
_YES_NO = {
    **dict.fromkeys(("yes", "y", "true", "1", "是", "启用"), True),
    **dict.fromkeys(("no", "n", "false", "0", "否", "停用"), False),
}
_MOST_YUAN = Decimal(10) ** 14


class Unreadable(ValueError):
    """`expected` says what the cell should hold."""

    def __init__(self, expected: str) -> None:
        self.expected = expected
        super().__init__(expected)


@dataclass(frozen=True, slots=True)
class Kind:
    """`when_empty` is what an empty cell of an optional column means."""

    read: Callable[[str], Value]
    when_empty: Value = ""
    is_secret: bool = False


def folded(text: str) -> str:
    """Full-width letters, digits and brackets as their plain ones."""
    return unicodedata.normalize("NFKC", text).strip()


def _matching(text: str, *, pattern: re.Pattern[str], expected: str) -> str:
    if not pattern.fullmatch(text):
        raise Unreadable(expected)
    return text


def words(most: int) -> Kind:
    def read(text: str) -> str:
        if len(text) > most:
            raise Unreadable(texts.TOO_LONG.format(count=most))
        return text

    return Kind(read)


def code(most: int) -> Kind:
    def read(text: str) -> str:
        found = _matching(folded(text), pattern=_CODE, expected=texts.CODE)
        if len(found) > most:
            raise Unreadable(texts.TOO_LONG.format(count=most))
        return found

    return Kind(read)


def choice(terms: Mapping[str, tuple[str, ...]], *, when_empty: Value = "") -> Kind:
    """`terms`: each key with its Chinese terms, the first of which is named in errors."""
    by_term = {key.lower(): key for key in terms}
    by_term |= {folded(term): key for key, names in terms.items() for term in names}
    shown = texts.listed(
        f"{names[0]}（{key}）" if key != names[0] else key for key, names in terms.items() if key
    )

    def read(text: str) -> str:
        key = by_term.get(folded(text).lower())
        if key is None:
            raise Unreadable(texts.ONE_OF.format(terms=shown))
        return key

    return Kind(read, when_empty=when_empty)


def _integer(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", found := folded(text)):
        raise Unreadable(texts.WHOLE_NUMBER)
    return int(found)


def number(least: int, most: int) -> Kind:
    """Empty where somebody leaves it as it is."""

    def read(text: str) -> int:
        found = folded(text)
        if not found.isdecimal() or not least <= int(found) <= most:
            raise Unreadable(texts.NUMBER_BETWEEN.format(least=least, most=most))
        return int(found)

    return Kind(read, when_empty=None)


def _amount(text: str) -> Decimal:
    try:
        found = Decimal(folded(text).replace(",", "").removesuffix("元"))
    except InvalidOperation:
        raise Unreadable(texts.AMOUNT) from None
    if not found.is_finite() or not 0 <= found < _MOST_YUAN or found != found.quantize(Decimal("0.01")):
        raise Unreadable(texts.AMOUNT)
    return found.quantize(Decimal("0.01"))


def _date(text: str) -> date:
    found = _DATE.fullmatch(folded(text))
    if not found:
        raise Unreadable(texts.DATE)
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        raise Unreadable(texts.DATE) from None


def _day(text: str) -> str:
    return _date(text).isoformat()


def _yes_no(text: str) -> bool:
    found = _YES_NO.get(folded(text).lower())
    if found is None:
        raise Unreadable(texts.YES_NO)
    return found


def _phone(text: str) -> str:
    return _matching(folded(text), pattern=_PHONE, expected=texts.PHONE)


def _base32(text: str) -> str:
    bare = folded(text).replace(" ", "").rstrip("=").upper()
    return _matching(bare, pattern=_BASE32, expected=texts.BASE32)


def _password(text: str) -> str:
    if not 8 <= len(text) <= 128 or not text.isprintable():
        raise Unreadable(texts.PASSWORD)
    return text


def _bind_code(text: str) -> str:
    return _matching(folded(text), pattern=_BIND_CODE, expected=texts.BIND_CODE)


def _aliases(text: str) -> str:
    joined = ";".join(alias for part in re.split("[;；]", text) if (alias := part.strip()))
    if len(joined) > 255:
        raise Unreadable(texts.TOO_LONG.format(count=255))
    return joined


def _saying(text: str) -> str:
    """Without what is not compared. A number alone chooses among what is offered."""
    word = spoken(text)
    if not word or len(word) > LONGEST or NUMERALS.issuperset(word):
        raise Unreadable(texts.SAYING.format(most=LONGEST))
    return word


def _beneficiaries(text: str) -> Beneficiaries:
    """An unexpected key is refused, not dropped: it might be an identity number, and this is published."""
    try:
        found = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise Unreadable(texts.BENEFICIARIES) from None
    if not isinstance(found, list):
        raise Unreadable(texts.BENEFICIARIES)
    return [_beneficiary(item) for item in found]


def _beneficiary(item: object) -> dict[str, str]:
    if not isinstance(item, dict) or not {"name"} <= set(item) <= {"name", "amount"}:
        raise Unreadable(texts.BENEFICIARIES)
    name, amount = item["name"], item.get("amount")
    if not isinstance(name, str) or not name.strip() or isinstance(amount, bool):
        raise Unreadable(texts.BENEFICIARIES)
    if amount in (None, ""):
        return {"name": name.strip(), "amount": ""}
    return {"name": name.strip(), "amount": str(_amount(str(amount)))}


def _entry_code(text: str) -> str:
    found = entry_codes.normalise(text)
    if not entry_codes.is_valid(found):
        raise Unreadable(texts.ENTRY_CODE)
    return found


INTEGER = Kind(_integer, when_empty=None)
SORT = Kind(_integer, when_empty=0)
AMOUNT = Kind(_amount, when_empty=None)
DATE = Kind(_date, when_empty=None)
DAY = Kind(_day)
"""A date as text: it tells rows apart."""
YES_NO = Kind(_yes_no, when_empty=None)
PHONE = Kind(_phone)
ALIASES = Kind(_aliases)
SAYING = Kind(_saying)
BENEFICIARIES = Kind(_beneficiaries, when_empty=[])
ENTRY_CODE = Kind(_entry_code)
PASSWORD = Kind(_password, is_secret=True)
BASE32 = Kind(_base32, is_secret=True)
BIND_CODE = Kind(_bind_code, is_secret=True)
