"""What a scanned code stands for, read for all who scan at the same moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from clients.database import rows, text_list
from models.choices import EntryStatus, Purpose
from models.fields import from_millis
from organisation import entry_codes
from qrcodes.gathering import Gathering

READ = """SELECT e.code, e.purpose, e.area_id, a.name AS area, e.region_id, e.status, e.replaced_by_id,
    e.wechat_url, e.wechat_until
  FROM entry_code e JOIN area a ON a.code = e.area_id WHERE e.code in_list($1)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One code with the name of its area; `wechat_url` is good until `wechat_until`."""

    code: str
    purpose: Purpose
    area_code: str
    area: str
    region_code: str
    is_active: bool
    replaced_by: str | None
    wechat_url: str | None
    wechat_until: datetime | None


async def read_entries(codes: Sequence[str]) -> Mapping[str, Entry]:
    found = await rows(READ, text_list(codes))
    return {
        row["code"]: Entry(
            code=row["code"],
            purpose=Purpose(row["purpose"]),
            area_code=row["area_id"],
            area=row["area"],
            region_code=row["region_id"],
            is_active=row["status"] == EntryStatus.ACTIVE.value,
            replaced_by=row["replaced_by_id"],
            wechat_url=row["wechat_url"],
            wechat_until=from_millis(row["wechat_until"]) if row["wechat_until"] is not None else None,
        )
        for row in found
    }


ENTRIES: web.AppKey[Gathering[str, Entry]] = web.AppKey("entries", Gathering)


async def entry_of(request: web.Request) -> tuple[str, Entry | None]:
    """The code in the address as it would be printed, and what it stands for; None if it was never issued."""
    code = entry_codes.normalise(request.match_info["code"])
    if not entry_codes.is_valid(code):
        return code, None
    return code, await request.app[ENTRIES].get(code)
