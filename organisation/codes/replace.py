"""换码: a new code for the same use; the old one leads on while old posters still hang."""

from datetime import datetime, timedelta
from typing import Final

from tortoise.transactions import in_transaction

from models.choices import EntryStatus
from models.entry_code import EntryCode
from organisation import entry_codes
from organisation.codes.errors import CodeOver, CodeUnknown
from vault.log import record

LEADS_ON_DAYS: Final = 60


async def replace(code: str, *, days: int = LEADS_ON_DAYS, at: datetime, by: str) -> EntryCode:
    """Answers the new code; the old one ends after `days`. Raises `CodeUnknown`, `CodeOver`."""
    async with in_transaction():
        old = await EntryCode.select_for_update().get_or_none(code=entry_codes.normalise(code))
        if old is None:
            raise CodeUnknown
        if old.status is not EntryStatus.ACTIVE or old.replaced_by_id is not None:
            raise CodeOver
        new = await EntryCode.create(
            code=entry_codes.make(),
            purpose=old.purpose,
            area_id=old.area_id,
            region_id=old.region_id,
            issued_at=at,
        )
        old.replaced_by_id, old.retired_at = new.code, at + timedelta(days=days)
        await old.save(update_fields=["replaced_by_id", "retired_at"])
        await record("entry.issue", by=by, at=at, object_id=new.code)
        data = {"replaced_by": new.code, "days": days}
        await record("entry.replace", by=by, at=at, object_id=old.code, data=data)
    return new
