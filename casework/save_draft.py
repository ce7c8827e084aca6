"""存草稿: what somebody has begun to write to a reporter, with a template filled in below it where one is asked for."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong
from casework.reply_templates import fill, offered_templates
from dossier.reply_drafts import keep_draft
from dossier.rows import report_key
from organisation.house import House
from vault.log import record

MOST = 2000


async def save_draft(number: str, *, text: str, by: Viewer, house: House, template: str = "") -> None:
    """Only that a draft was begun is an event: it changes with every word. Raises `FieldWrong`, `ReportNotFound`."""
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        words = text.replace("\r\n", "\n")[:MOST]
        if template:
            found = {one.id: one for one in await offered_templates(by, area=report.area_id)}
            if template not in found:
                raise FieldWrong("template", texts.TEMPLATE_GONE)
            filled = fill(found[template].text, report=report, by=by, house=house)
            words = f"{words.rstrip()}\n{filled}" if words.strip() else filled
        key = report_key(report, house=house)
        is_new = await keep_draft(report, key=key, text=words, staff_id=by.staff_id, at=at)
        if is_new:
            await record("reply.draft", by=by.actor, at=at, report_id=report.id)
