"""What is published for a place: its own matters and those of everything above it, newest first."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from disclosures.masking import mask_name, mask_names_in
from models.disclosure import Disclosure
from models.errors import DomainError


class CursorWrong(DomainError):
    key = "cursor-wrong"
    message = "翻页标记不对，请从第一页重新看起。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """One disclosure as anybody may read it; `beneficiaries` are (masked name, amount in words or digits)."""

    code: str
    kind: str
    title: str
    amount: float | None
    date: date | None
    text: str
    beneficiaries: tuple[tuple[str, str], ...]
    area_id: str
    area_name: str
    region_id: str
    region_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPage:
    items: list[Published]
    next_cursor: str | None


async def published_for(
    region_codes: Sequence[str],
    *,
    area: str = "",
    kind: str = "",
    limit: int = 20,
    cursor: str = "",
    today: date,
) -> PublishedPage:
    """`region_codes` run from the city down to the place; undated matters come last. Raises `CursorWrong`.

    What bears a later date than `today` is not published yet.
    """
    active = Disclosure.filter(published_on(today), region_id__in=list(region_codes))
    if area:
        active = active.filter(area_id=area)
    if kind:
        active = active.filter(kind=kind)
    found = await _after(active, position=_position(cursor), limit=limit + 1)
    items = found[:limit]
    more = len(found) > limit
    return PublishedPage(
        items=[publish(item) for item in items], next_cursor=_cursor(items[-1]) if more else None
    )


def published_on(today: date) -> Q:
    return Q(is_active=True) & (Q(date__isnull=True) | Q(date__lte=today))


async def _after(
    active: QuerySet[Disclosure], *, position: tuple[date | None, str] | None, limit: int
) -> list[Disclosure]:
    # SQLite and PostgreSQL disagree on where an empty date sorts, so the two kinds are asked for apart
    dated, undated = active.filter(date__isnull=False), active.filter(date__isnull=True)
    found: list[Disclosure] = []
    if position is None or position[0] is not None:
        if position is not None:
            last, code = position
            dated = dated.filter(Q(date__lt=last) | Q(date=last, code__gt=code))
        found = await dated.order_by("-date", "code").limit(limit).select_related("area", "region")
    elif position is not None:
        undated = undated.filter(code__gt=position[1])
    if len(found) < limit:
        rest = undated.order_by("code").limit(limit - len(found)).select_related("area", "region")
        found = [*found, *await rest]
    return found


def publish(item: Disclosure) -> Published:
    """The one way out: nobody's name leaves in full, neither in the list nor in the words."""
    title, text = words_of(item)
    people = [_person(entry) for entry in item.beneficiaries or []]
    return Published(
        code=item.code,
        kind=str(item.kind),
        title=title,
        amount=float(item.amount) if item.amount is not None else None,
        date=item.date,
        text=text,
        beneficiaries=tuple((mask_name(name), amount) for name, amount in people),
        area_id=item.area_id,
        area_name=item.area.name,
        region_id=item.region_id,
        region_name=item.region.name,
    )


def words_of(item: Disclosure) -> tuple[str, str]:
    """Title and text as anybody may read them."""
    names = [_person(entry)[0] for entry in item.beneficiaries or []]
    return mask_names_in(item.title, names=names), mask_names_in(item.text, names=names)


def _person(entry: dict[str, Any]) -> tuple[str, str]:
    amount = entry.get("amount")
    return str(entry.get("name", "")).strip(), "" if amount is None else str(amount)


def _cursor(item: Disclosure) -> str:
    day = item.date.isoformat() if item.date else None
    return base64.urlsafe_b64encode(orjson.dumps([day, item.code])).decode().rstrip("=")


def _position(cursor: str) -> tuple[date | None, str] | None:
    if not cursor:
        return None
    try:
        day, code = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return (date.fromisoformat(day) if day is not None else None), code.replace("\0", "")
    except (binascii.Error, ValueError, TypeError, AttributeError):
        raise CursorWrong from None
