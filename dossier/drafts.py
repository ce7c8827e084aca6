"""What somebody has begun to write and not sent: sealed, so that a lost session or machine loses none of it.

Each reads only their own, and only through a report that they may see; what is begun about no report has a key of
its own. Whoever loses sight of a report loses what they began to write about it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from clients.database import changed, rows
from clients.finding import find_where
from dossier.rows import report_key
from models.fields import new_id
from models.report import Report
from models.staff_draft import StaffDraft
from organisation.house import House
from vault.keys import DataKey, SealBroken

Fields = Mapping[str, str]
MOST: Final = 200
"""Drafts of one person; the oldest give way."""
NONE: Final[Fields] = {}


async def drafts_of(report: Report, *, key: DataKey, staff_id: int) -> Mapping[str, tuple[Fields, datetime]]:
    """Form → what was typed into it, and when it was kept."""
    asked = "r.report_id = $1 AND r.staff_id = $2 ORDER BY r.saved_at"
    found = await find_where(StaffDraft, asked, report.id, staff_id)
    return {row.form: (_opened(row, key=key), row.saved_at) for row in found}


async def drafts_without_report(name: str, *, staff_id: int, house: House) -> Mapping[str, Fields]:
    """Of all forms called so, each with the object it is about behind a colon."""
    asked = "r.report_id IS NULL AND r.staff_id = $1 AND (r.form = $2 OR r.form LIKE $3) ORDER BY r.saved_at"
    found = await find_where(StaffDraft, asked, staff_id, name, f"{name}:%")
    return {row.form: _without_report(row, house=house) for row in found}


async def draft_without_report(form: str, *, staff_id: int, house: House) -> Fields:
    """Empty when there is none."""
    row = await StaffDraft.filter(report_id=None, staff_id=staff_id, form=form).order_by("-saved_at").first()
    return _without_report(row, house=house) if row else NONE


def _without_report(row: StaffDraft, *, house: House) -> Fields:
    if row.data_key is None:
        return NONE
    return _opened(row, key=house.vault.key(bytes(row.data_key), place=f"staff_draft:{row.id}:key"))


async def keep_draft(
    form: str, fields: Fields, *, report: Report | None, staff_id: int, house: House, at: datetime
) -> bool:
    """In a transaction; whether it is a new one."""
    # two pages of one person take turns, or both would find none and keep two
    await rows("SELECT id FROM staff WHERE id = $1 FOR UPDATE", staff_id)
    is_new = not await drop_draft(form, report=report, staff_id=staff_id)
    draft_id, wrapped = new_id(), None
    if report is None:
        key, wrapped = house.vault.new_key(place=f"staff_draft:{draft_id}:key")
    else:
        key = report_key(report, house=house)
    await StaffDraft.create(
        id=draft_id,
        staff_id=staff_id,
        report_id=report.id if report else None,
        form=form,
        data_key=wrapped,
        sealed_fields=key.seal_json(dict(fields), place=_place(draft_id)),
        saved_at=at,
    )
    if is_new:
        await _make_room(staff_id)
    return is_new


async def drop_draft(form: str, *, report: Report | None, staff_id: int) -> bool:
    """Whether there was one."""
    report_id = report.id if report else None
    return bool(await StaffDraft.filter(report_id=report_id, staff_id=staff_id, form=form).delete())


async def drop_of_body(report: Report, *, body: str) -> None:
    """What the people of a body began about a report that left it."""
    await changed(
        "DELETE FROM staff_draft WHERE report_id = $1 AND staff_id IN (SELECT id FROM staff WHERE body_id = $2)",
        report.id,
        body,
    )


async def drop_of_barred(report: Report, *, who: Iterable[str]) -> None:
    """`who` are person keys and `body:<code>`, as in bars."""
    for each in who:
        kind, _, name = each.partition(":")
        if kind == "body":
            await drop_of_body(report, body=name)
        elif kind == "staff":
            await StaffDraft.filter(report_id=report.id, staff_id=int(name)).delete()


async def _make_room(staff_id: int) -> None:
    kept = await StaffDraft.filter(staff_id=staff_id).order_by("-saved_at", "id").values_list("id", flat=True)
    if len(kept) > MOST:
        await StaffDraft.filter(id__in=kept[MOST:]).delete()


def _opened(row: StaffDraft, *, key: DataKey) -> Fields:
    sealed = bytes(row.sealed_fields)
    try:
        given = key.open_json(sealed, place=_place(row.id))
    except SealBroken:
        # from when only replies had drafts: their words alone, bound to the table of that time
        return {"text": key.open_text(sealed, place=f"reply_draft:{row.id}:text")}
    return {str(name): str(value) for name, value in given.items()}


def _place(draft_id: str) -> str:
    return f"staff_draft:{draft_id}:fields"
