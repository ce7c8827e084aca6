"""停用: a code that leads nowhere any more, at once."""

from datetime import datetime

from tortoise.transactions import in_transaction

from models.choices import EntryStatus
from models.entry_code import EntryCode
from organisation import entry_codes
from organisation.codes.errors import CodeReplacesItself, CodeUnknown
from vault.log import record


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


async def retire_overdue(*, at: datetime) -> int:
    """Those whose time ended after they were replaced; answers how many."""
    over = EntryCode.filter(status=EntryStatus.ACTIVE, retired_at__lte=at)
    codes = await over.values_list("code", flat=True)
    for code in codes:
        async with in_transaction():
            entry = await EntryCode.select_for_update().get(code=code)
            if entry.status is EntryStatus.ACTIVE and entry.retired_at is not None and entry.retired_at <= at:
                entry.status = EntryStatus.RETIRED
                await entry.save(update_fields=["status"])
                await record("entry.retire", by="system", at=at, object_id=entry.code)
    return len(codes)


async def _replacement(entry: EntryCode, code: str) -> str:
    other = await EntryCode.get_or_none(code=code)
    if other is None:
        raise CodeUnknown
    if other.code == entry.code or other.status is not EntryStatus.ACTIVE or other.purpose != entry.purpose:
        raise CodeReplacesItself
    return other.code
