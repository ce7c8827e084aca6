"""Entry codes after the import: listed, issued one by one, retired when a poster is replaced."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.transactions import in_transaction

from models.area import Area
from models.choices import EntryStatus, Purpose
from models.entry_code import EntryCode
from models.errors import DomainError
from models.region import Region
from organisation import entry_codes
from routing.table import RoutingTable
from vault.log import record


class PlaceUnknown(DomainError):
    key = "place-unknown"
    message = "没有这个区划编码，请核对后再试。"


class AreaUnknown(DomainError):
    key = "area-unknown"
    message = "没有这个政策领域编码，请核对后再试。"


class CodeUnknown(DomainError):
    key = "code-unknown"
    message = "没有发过这个码，请核对后再试。"


class CodeReplacesItself(DomainError):
    key = "code-replaces-itself"
    message = "替换的码应是另一个在用的、用途相同的码。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which codes are asked for; None does not restrict, `region` includes all below it."""

    region: str | None = None
    area: str | None = None
    purpose: str | None = None


async def codes_of(asked: Asked, *, table: RoutingTable) -> list[EntryCode]:
    """In the order of places, areas and purposes. Raises `PlaceUnknown`, `AreaUnknown`."""
    if asked.region is not None and asked.region not in table.tree.nodes:
        raise PlaceUnknown
    if asked.area is not None and asked.area not in table.areas:
        raise AreaUnknown
    wanted = {"area_id": asked.area, "purpose": asked.purpose}
    codes = await EntryCode.filter(**{name: value for name, value in wanted.items() if value}).order_by(
        "region_id", "area__sort", "area_id", "purpose", "code"
    )
    if asked.region is None:
        return list(codes)
    return [code for code in codes if asked.region in table.path(code.region_id)]


async def issue(*, region: str, area: str, purpose: Purpose, at: datetime, by: str) -> EntryCode:
    """A new code beside those there may be already. Raises `PlaceUnknown`, `AreaUnknown`."""
    async with in_transaction():
        if not await Region.exists(code=region, is_active=True):
            raise PlaceUnknown
        if not await Area.exists(code=area, is_active=True):
            raise AreaUnknown
        code = await EntryCode.create(
            code=entry_codes.make(), purpose=purpose, area_id=area, region_id=region, issued_at=at
        )
        await record("entry.issue", by=by, at=at, object_id=code.code)
    return code


async def retire(code: str, *, replaced_by: str | None, at: datetime, by: str) -> EntryCode:
    """Repeating it changes nothing. Raises `CodeUnknown`, `CodeReplacesItself`."""
    async with in_transaction():
        entry = await EntryCode.select_for_update().get_or_none(code=entry_codes.normalise(code))
        if entry is None:
            raise CodeUnknown
        if replaced_by is not None:
            entry.replaced_by_id = await _replacement(entry, entry_codes.normalise(replaced_by))
        if entry.status is EntryStatus.ACTIVE:
            entry.status, entry.retired_at = EntryStatus.RETIRED, at
            await record("entry.retire", by=by, at=at, object_id=entry.code)
        await entry.save(update_fields=["status", "retired_at", "replaced_by_id"])
    return entry


async def _replacement(entry: EntryCode, code: str) -> str:
    other = await EntryCode.get_or_none(code=code)
    if other is None:
        raise CodeUnknown
    if other.code == entry.code or other.status is not EntryStatus.ACTIVE or other.purpose != entry.purpose:
        raise CodeReplacesItself
    return other.code
