"""What a body publishes: shown as the public will see it, then put in place, changed, scheduled or taken down.

A row is one of the import file `disclosures.csv`, under the same checks. Nothing is deleted: `active` no takes it down.
"""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final

import orjson

from access.viewer import Viewer
from clients.content_check import ContentCheck
from disclosures.listing import Published, publish
from models.area import Area
from models.choices import BodyLevel
from models.disclosure import Disclosure
from models.errors import DomainError
from models.region import Region
from organisation.house import House
from organisation.importing.applying import import_batch
from organisation.importing.loading import load_stored
from organisation.importing.problems import ImportRefused
from organisation.importing.reading import read_workbook
from organisation.importing.records import Batch
from organisation.importing.rows import batch_of_rows
from organisation.importing.summary import ImportSummary
from organisation.importing.tables import DISCLOSURES
from organisation.importing.validating import check as check_batch
from organisation.importing.writing import attributes

Row = dict[str, str]
COLUMNS: Final = tuple(column.name for column in DISCLOSURES.columns)
MOST: Final = 500


class NotYours(DomainError):
    key = "disclosure-not-yours"
    message = "只能公开本辖区的事项：请检查区划编码，已有的编码不能拿来公开别处的事。"


def scope_of(viewer: Viewer, *, region_code: str) -> str:
    """The region within which somebody publishes; `region_code` is that of their body."""
    return region_code if viewer.body_level == BodyLevel.TOWNSHIP else viewer.county_code


async def kept_in(scope: str, *, house: House) -> list[Disclosure]:
    """Everything of the scope, published or not, by code."""
    found = await Disclosure.all().order_by("code").select_related("area", "region")
    return [one for one in found if scope in house.organisation.table.path(one.region_id)]


def as_row(item: Disclosure) -> Row:
    return {
        "code": item.code,
        "kind": str(item.kind),
        "area_code": item.area_id,
        "region_code": item.region_id,
        "title": item.title,
        "amount": "" if item.amount is None else str(item.amount),
        "date": item.date.isoformat() if item.date else "",
        "text": item.text,
        "beneficiaries": orjson.dumps(item.beneficiaries).decode() if item.beneficiaries else "",
        "active": "yes" if item.is_active else "no",
    }


async def rows_in(workbook: bytes) -> list[Row]:
    """The rows of an XLSX with a sheet `disclosures`. Raises `ImportRefused`."""

    def reading() -> list[Row]:
        found = read_workbook(workbook, name="disclosures.xlsx")
        if found.problems:
            raise ImportRefused(found.problems)
        return [
            {column.name: cell for column, cell in zip(raw.columns, line, strict=False) if column}
            for raw in found.tables
            if raw.table is DISCLOSURES
            for _, line in raw.rows
        ][:MOST]

    return await asyncio.to_thread(reading)


async def preview(rows: Sequence[Mapping[str, str]], *, scope: str, house: House) -> list[Published]:
    """As the public will read them: every name masked. Raises `ImportRefused` or `NotYours`; nothing is stored."""
    return await _seen(await _checked(rows, scope=scope, house=house))


async def _seen(batch: Batch, *, is_up: bool = False) -> list[Published]:
    """`is_up`: those alone that are not taken down."""
    areas = {area.code: area for area in await Area.all()}
    regions = {region.code: region for region in await Region.filter(code__in=_places(batch))}
    shown = []
    for record in batch.records(DISCLOSURES):
        values: dict[str, Any] = attributes(record)
        item = Disclosure(**values)
        if is_up and not item.is_active:
            continue
        item.area, item.region = areas[item.area_id], regions[item.region_id]
        shown.append(publish(item))
    return shown


async def put(
    rows: Sequence[Mapping[str, str]],
    *,
    scope: str,
    by: Viewer,
    house: House,
    check: ContentCheck | None,
    is_reviewed: bool = False,
) -> ImportSummary:
    """Raises `ImportRefused`, `NotYours` or what `check` does; then nothing is changed."""
    batch = await _checked(rows, scope=scope, house=house)
    if check is not None:
        # as the public would read it: no name in full goes to anybody
        texts = [words for item in await _seen(batch, is_up=True) for words in (item.title, item.text)]
        await check(texts, is_reviewed=is_reviewed)
    return await import_batch(batch, vault=house.vault, clock=house.clock, by=by.actor)


async def _checked(rows: Sequence[Mapping[str, str]], *, scope: str, house: House) -> Batch:
    batch = batch_of_rows(DISCLOSURES, rows)
    check_batch(batch, stored=await load_stored(), found=[])
    path = house.organisation.table.path
    codes = [record.text("code") for record in batch.records(DISCLOSURES)]
    standing = await Disclosure.filter(code__in=codes).values_list("region_id", flat=True)
    # a code that stands elsewhere is not taken over by publishing under it
    if not all(scope in path(region) for region in [*_places(batch), *map(str, standing)]):
        raise NotYours
    return batch


def _places(batch: Batch) -> list[str]:
    return [record.text("region_code") for record in batch.records(DISCLOSURES)]
