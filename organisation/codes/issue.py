"""发码: a code for one use, or those that are lacking for every village (or group) of a township, a county, all."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tortoise.transactions import in_transaction

from models.area import Area
from models.choices import EntryStatus, Purpose
from models.entry_code import EntryCode
from models.event import Event
from models.region import Region
from organisation import entry_codes
from organisation.codes.asking import AT_ONCE
from organisation.codes.errors import AreaUnknown, NoAreas, PlaceUnknown
from vault.log import event_of, record


async def issue(*, region: str, area: str, purpose: Purpose, at: datetime, by: str) -> EntryCode:
    """A new code beside those there may be already. Raises `PlaceUnknown`, `AreaUnknown`."""
    async with in_transaction():
        if not await Region.exists(code=region, is_active=True):
            raise PlaceUnknown
        if not await Area.exists(code=area, is_active=True):
            raise AreaUnknown
        code = await EntryCode.create(**_new(region, area, purpose, at=at))
        await record("entry.issue", by=by, at=at, object_id=code.code)
    return code


async def issue_lacking(
    regions: Sequence[str], *, area: str | None, purpose: Purpose, at: datetime, by: str
) -> list[EntryCode]:
    """One for each place and area (None: every area) without one in use; asking again makes none.

    `regions` are of the organisation as it is. Raises `AreaUnknown`, `NoAreas`.
    """
    made: list[EntryCode] = []
    async with in_transaction():
        areas = await _areas(area)
        for start in range(0, len(regions), AT_ONCE):
            some = list(regions[start : start + AT_ONCE])
            held = EntryCode.filter(region_id__in=some, purpose=purpose, status=EntryStatus.ACTIVE)
            had = {(code.region_id, code.area_id) for code in await held.select_for_update()}
            made += [
                EntryCode(**_new(region, each, purpose, at=at))
                for region in some
                for each in areas
                if (region, each) not in had
            ]
        await EntryCode.bulk_create(made, batch_size=AT_ONCE)
        events = [event_of("entry.issue", by=by, at=at, object_id=code.code) for code in made]
        await Event.bulk_create(events, batch_size=AT_ONCE)
    return made


async def _areas(area: str | None) -> list[str]:
    found = [each.code for each in await Area.filter(is_active=True).order_by("sort", "code")]
    if area is not None and area not in found:
        raise AreaUnknown
    if not found:
        raise NoAreas
    return found if area is None else [area]


def _new(region: str, area: str, purpose: Purpose, *, at: datetime) -> dict[str, Any]:
    return {
        "code": entry_codes.make(),
        "purpose": purpose,
        "area_id": area,
        "region_id": region,
        "issued_at": at,
    }
