"""销毁: a report, all that hangs on it and the keys of both; a row for figures is left, to which nothing leads."""

from datetime import datetime
from typing import Final

from access.bars import bar_index
from clients.database import changed, rows
from dossier.bars import bars_of
from dossier.rows import report_key
from models.choices import RegionLevel
from models.fields import new_id
from models.past_report import PastBar, PastReport
from models.region import Region
from models.report import Report
from models.report_bar import ReportBar
from organisation.house import House
from vault.keys import SealBroken
from vault.log import record

# in this order: rows that others point to come after those others
HANGING: Final = (
    "outbox_notice",
    "attachment",
    "recusal_request",
    "liaison_task",
    "identity_look",
    "referral",
    "staff_draft",
    "case_record",
    "routing_decision",
    "report_bar",
    "api_session",
    "retention_item",
    "message",
)
MEDIA = "SELECT id FROM attachment WHERE report_id = $1"
ABOVE: Final = (RegionLevel.TOWNSHIP, RegionLevel.COUNTY, RegionLevel.CITY)


async def destroy(report: Report, *, plan_id: str, house: House, at: datetime) -> list[str]:
    """Within a transaction that has the row locked; answers the names of media files to drop once it is committed."""
    media = [row["id"] for row in await rows(MEDIA, report.id)]
    past = await _keep_past(report, house=house, at=at)
    await _keep_bars(report, past=past, house=house)
    for table in HANGING:
        await changed(f"DELETE FROM {table} WHERE report_id = $1", report.id)
    await changed("DELETE FROM report WHERE id = $1", report.id)
    await record("report.destroy", by="system", at=at, report_id=report.id, object_id=plan_id)
    return media


async def _keep_past(report: Report, *, house: House, at: datetime) -> PastReport:
    def day(moment: datetime | None) -> datetime | None:
        local = moment and moment.astimezone(house.timezone)
        return local and local.replace(hour=0, minute=0, second=0, microsecond=0)

    return await PastReport.create(
        id=new_id(),
        owner_id=report.owner_id,
        region_id=await _township_of(report.region_id),
        area_id=report.area_id,
        kind=report.kind,
        status=report.status,
        disposition=report.disposition,
        level=report.level,
        purpose=report.purpose,
        channel=report.channel,
        is_named=report.is_named,
        rating=report.rating,
        submitted_at=day(report.submitted_at),
        accepted_at=day(report.accepted_at),
        concluded_at=day(report.concluded_at),
        fed_back_at=day(report.fed_back_at),
        closed_at=day(report.closed_at),
        destroyed_at=day(at),
    )


async def _keep_bars(report: Report, *, past: PastReport, house: House) -> None:
    """Of staff and bodies, who read figures; liaisons read none."""
    try:
        bars = await bars_of(report, key=report_key(report, house=house))
        read = [bar.who for bar in bars if not bar.is_lifted and not bar.who.startswith("liaison:")]
        indexes = {bar_index(who, vault=house.vault) for who in read}
    except SealBroken:
        # what cannot be read any more hides from as many as before
        indexes = {bar.who_index for bar in await ReportBar.filter(report_id=report.id, lifted_at=None)}
    await PastBar.bulk_create(
        [PastBar(id=new_id(), past_id=past.id, who_index=each) for each in sorted(indexes)]
    )


async def _township_of(code: str) -> str:
    region = await Region.get(code=code)
    while region.level not in ABOVE and region.parent_id is not None:
        region = await Region.get(code=region.parent_id)
    return region.code
