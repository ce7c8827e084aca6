"""Rows into one table: compared in memory, then inserted and updated in bulk; nothing is ever deleted."""

from collections.abc import Iterable, Sequence
from typing import Any

from tortoise.models import Model

from models.area import Area
from models.body import Body
from models.cadre import Cadre
from models.disclosure import Disclosure
from models.figures import CountyFigures
from models.holiday import Holiday
from models.region import Region
from models.saying import Saying
from models.specialist import Specialist
from models.zone import Zone, ZoneMember
from organisation.importing import tables
from organisation.importing.journal import Journal, as_kept
from organisation.importing.records import Batch, Record
from organisation.importing.summary import Count
from organisation.importing.tables import Table

BATCH_SIZE = 1000
UPDATE_BATCH_SIZE = 200
Attributes = dict[str, Any]

MODELS: dict[str, type[Model]] = {
    "areas": Area,
    "regions": Region,
    "bodies": Body,
    "zones": Zone,
    "zone_members": ZoneMember,
    "specialists": Specialist,
    "cadres": Cadre,
    "holidays": Holiday,
    "figures": CountyFigures,
    "sayings": Saying,
    "disclosures": Disclosure,
}
ATTRIBUTES = {
    "active": "is_active",
    "parent_code": "parent_id",
    "region_code": "region_id",
    "county_code": "county_id",
    "office_body": "office_body_id",
    "zone_code": "zone_id",
    "body_code": "body_id",
    "area_code": "area_id",
    "village_code": "village_id",
    "group_code": "group_id",
}
_NULL_WHEN_EMPTY = {"parent_id", "group_id"}
_LEVELS = ("city", "county", "township", "village", "group")


async def write_plain(table: Table, *, batch: Batch, journal: Journal) -> Count:
    """For tables whose columns go into the database as they stand."""
    records = list(batch.records(table))
    if table is tables.REGIONS:
        records.sort(key=lambda record: _LEVELS.index(record.text("level")))
    model = MODELS[table.name]
    key = tuple(ATTRIBUTES.get(column, column) for column in table.key)
    stored = {tuple(getattr(row, name) for name in key): row for row in await model.all()}
    rows = []
    for record in records:
        wanted = dict.fromkeys(key, "") | attributes(record)
        rows.append((stored.get(tuple(wanted[name] for name in key)), wanted))
    return await write(model, rows, journal=journal)


def attributes(record: Record, *, without: Iterable[str] = ()) -> Attributes:
    """The row as model attributes; a column that is not in the file, or an `active` left empty, is left out."""
    found: Attributes = {}
    for column, value in record.values.items():
        if column in without or (column == "active" and value is None):
            continue
        name = ATTRIBUTES.get(column, column)
        found[name] = None if name in _NULL_WHEN_EMPTY and value == "" else value
    return found


async def write(
    model: type[Model], rows: Sequence[tuple[Any | None, Attributes]], *, journal: Journal | None = None
) -> Count:
    """`rows`: the stored row, if there is one, and what it should hold."""
    journal = journal or Journal()
    count = Count()
    new: list[Any] = []
    altered: list[Any] = []
    names: set[str] = set()
    for stored, wanted in rows:
        if stored is None:
            new.append(model(**wanted))
            journal.note(new[-1], before=None)
            continue
        different = differing(stored, wanted)
        if not different:
            continue
        if different.get("is_active") is False:
            count.deactivated += 1
        else:
            count.changed += 1
        before = as_kept(stored)
        stored.update_from_dict(different)
        journal.note(stored, before=before)
        altered.append(stored)
        names |= set(different)
    count.created = len(new)
    await model.bulk_create(new, batch_size=BATCH_SIZE)
    if altered:
        await model.bulk_update(altered, fields=sorted(names), batch_size=UPDATE_BATCH_SIZE)
    return count


def differing(stored: Any, wanted: Attributes) -> Attributes:
    return {name: value for name, value in wanted.items() if getattr(stored, name) != value}
