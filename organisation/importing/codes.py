"""Entry codes: those the file names, those it wants made, and one per village and area when there is no file."""

from datetime import datetime

from models.area import Area
from models.choices import EntryStatus, Purpose, RegionLevel
from models.entry_code import EntryCode
from models.region import Region
from organisation import entry_codes
from organisation.importing import tables
from organisation.importing.records import Batch, Record
from organisation.importing.stored import Use
from organisation.importing.summary import Count
from organisation.importing.validating import use_of
from organisation.importing.writing import BATCH_SIZE, Attributes, write


async def write_entries(batch: Batch, *, at: datetime) -> Count:
    stored = {row.code: row for row in await EntryCode.all()}
    by_use: dict[Use, list[EntryCode]] = {}
    for row in stored.values():
        by_use.setdefault(Use(str(row.purpose), row.area_id, row.region_id), []).append(row)
    records = list(batch.records(tables.ENTRIES))
    given = {use_of(record) for record in records if record.text("code")}
    rows: list[tuple[EntryCode | None, Attributes]] = []
    for record in records:
        code, use = record.text("code"), use_of(record)
        if code:
            rows.append((stored.get(code), _wanted(record, stored=stored.get(code), at=at)))
        elif use in by_use:
            rows += [
                (row, _wanted(record, stored=row, at=at)) for row in by_use[use] if record.is_active is False
            ]
        elif record.is_active is not False and use not in given:
            rows.append((None, _new(entry_codes.make(), use=use, at=at)))
    count = await write(EntryCode, rows)
    return count


def _wanted(record: Record, *, stored: EntryCode | None, at: datetime) -> Attributes:
    status = EntryStatus.RETIRED if record.is_active is False else EntryStatus.ACTIVE
    retired_at = at if record.is_active is False else None
    if stored is None:
        return _new(record.text("code"), use=use_of(record), at=at) | {
            "status": status,
            "retired_at": retired_at,
        }
    if record.is_active is None or stored.status == status:
        return {}
    return {"status": status, "retired_at": retired_at}


def _new(code: str, *, use: Use, at: datetime) -> Attributes:
    return {
        "code": code,
        "purpose": use.purpose,
        "area_id": use.area,
        "region_id": use.region,
        "issued_at": at,
    }


async def make_default_entries(*, at: datetime) -> Count:
    """A village and area that ever had a `report` code gets none: who retired it had a reason."""
    had = set(await EntryCode.filter(purpose=Purpose.REPORT).values_list("area_id", "region_id"))
    areas = await Area.filter(is_active=True).order_by("sort", "code").values_list("code", flat=True)
    villages = (
        await Region.filter(is_active=True, level=RegionLevel.VILLAGE)
        .order_by("code")
        .values_list("code", flat=True)
    )
    new = [
        EntryCode(**_new(entry_codes.make(), use=Use(Purpose.REPORT.value, str(area), str(village)), at=at))
        for village in villages
        for area in areas
        if (area, village) not in had
    ]
    await EntryCode.bulk_create(new, batch_size=BATCH_SIZE)
    return Count(created=len(new))
