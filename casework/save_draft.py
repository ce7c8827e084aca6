"""存草稿: what somebody has begun to write on a form of the console, kept until it is sent or thrown away."""

import asyncio
from typing import Any, Final

from redis.exceptions import RedisError
from tortoise.transactions import in_transaction

from access.ledger import lock_listed, may_read_ledger
from access.reports import ReportNotFound, lock_report, lock_to_approve
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TooManySaved
from casework.reply_templates import fill, offered_templates
from dossier.drafts import Fields, drop_draft, keep_draft
from models.report import Report
from organisation.house import House
from vault.log import record

LONGEST: Final = 20_000
"""Characters of one field: more than any form takes."""
A_MINUTE: Final = 60
MOST_A_MINUTE: Final = 100
# a silent Redis must not hold up whoever is writing
PATIENCE_SECONDS: Final = 0.5
AWAY: Final = (RedisError, OSError, TimeoutError)
FROM_ABOVE: Final = ("urge", "lift", "assign-down", "cross")
"""What is written about a report of which one sees no more than its row in the ledger."""


async def save_draft(
    form: str, fields: Fields, *, number: str = "", by: Viewer, house: House, is_empty: bool = False
) -> None:
    """About no report where `number` is empty; one that `is_empty` goes. Raises `ReportNotFound`, `TooManySaved`.

    Only that a draft was begun is an event: it changes with every word.
    """
    await _count(by, house=house)
    at = house.clock.now()
    async with in_transaction():
        report = await _report(number, form=form, by=by, house=house) if number else None
        if is_empty:
            await drop_draft(form, report=report, staff_id=by.staff_id)
            return
        kept = {name: value.replace("\r\n", "\n")[:LONGEST] for name, value in fields.items()}
        is_new = await keep_draft(form, kept, report=report, staff_id=by.staff_id, house=house, at=at)
        if is_new:
            action = form.partition(":")[0]
            report_id = report.id if report else None
            await record("draft.begin", by=by.actor, at=at, report_id=report_id, data={"form": action})


async def throw_away(form: str, *, number: str = "", by: Viewer, house: House) -> None:
    """Sent, or not wanted any more. Nothing happens where there is none, or the report is out of sight."""
    async with in_transaction():
        try:
            report = await _report(number, form=form, by=by, house=house) if number else None
        except ReportNotFound:
            # whoever lost sight of it lost the draft then
            return
        await drop_draft(form, report=report, staff_id=by.staff_id)


async def fill_in_template(number: str, *, text: str, template: str, by: Viewer, house: House) -> None:
    """A template below what was written, kept as the draft of a reply. Raises `FieldWrong`, `ReportNotFound`."""
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        found = {one.id: one for one in await offered_templates(by, area=report.area_id)}
        if template not in found:
            raise FieldWrong("template", texts.TEMPLATE_GONE)
        filled = fill(found[template].text, report=report, by=by, house=house)
        words = text.replace("\r\n", "\n")[:LONGEST]
        fields = {"text": f"{words.rstrip()}\n{filled}" if words.strip() else filled}
        await keep_draft("reply", fields, report=report, staff_id=by.staff_id, house=house, at=at)


async def _report(number: str, *, form: str, by: Viewer, house: House) -> Report:
    try:
        return await lock_to_approve(by, number=number)
    except ReportNotFound:
        if form not in FROM_ABOVE or not may_read_ledger(by):
            raise
    return await lock_listed(by, number=number, at=house.clock.now())


async def _count(by: Viewer, *, house: House) -> None:
    """Raises `TooManySaved`: a page saves once in a second and a half at most, and few people write on two."""
    redis: Any = house.coordination.redis
    name = f"drafts:{by.staff_id}"
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), redis.pipeline(transaction=True) as pipe:
            saved, _ = await pipe.incr(name).expire(name, A_MINUTE, nx=True).execute()
    except AWAY:
        # nobody counts while Redis is away; how much is kept is bounded all the same
        return
    if saved > MOST_A_MINUTE:
        raise TooManySaved
