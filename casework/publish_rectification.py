"""公开整改: the leader tells everybody what was put right, in words of their own that name nobody (码上评)."""

from tortoise.transactions import in_transaction

from access.repeats import linked_reports
from access.reports import find_report, lock_report
from access.viewer import Viewer
from casework import texts
from casework.careful import warnings_of
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from casework.words import words_of
from clients.content_check import ContentCheck
from dossier.rows import report_key
from models.report import Report
from models.survey import Survey
from organisation.entry_codes import make
from organisation.house import House
from vault.log import record

TITLE_LIMIT, TEXT_LIMIT = 128, 2000


async def publish_rectification(
    number: str,
    *,
    title: str,
    text: str,
    by: Viewer,
    house: House,
    check: ContentCheck | None,
    is_reviewed: bool = False,
) -> Survey:
    """No column of it leads to the report: who published what is in the log alone.

    Nobody may be named in it of all who reported the matter, as far as whoever publishes it may know of them: a
    refusal that knew more would tell from a name alone that its bearer reported something out of their sight.
    It stands for the whole village, since the few households of a group would know whose it was.

    Raises `FieldWrong`, `ReportNotFound`, `TransitionNotAllowed` or what `check` does; nothing is changed then.
    """
    title = words_of(title, field="title", limit=TITLE_LIMIT, missing=texts.RECTIFICATION_UNTITLED)
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.RECTIFICATION_MISSING)
    report = await find_report(by, number=number)
    next_status("publish", status=report.status, role=by.role)
    linked = [await find_report(by, number=other) for other in await linked_reports(by, report=report)]
    for field, words in (("title", title), ("text", text)):
        for each in (report, *linked):
            _name_nobody(words, field=field, report=each, house=house)
    if check is not None:
        await check([title, text], is_reviewed=is_reviewed)
    at = house.clock.now()
    place = house.organisation.table.village_of(report.region_id) or report.region_id
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("publish", status=report.status, role=by.role)
        same = Survey.filter(region_id=place, title=title, is_rectification=True, is_active=True)
        if await same.exists():
            raise TransitionNotAllowed(texts.PUBLISHED_ALREADY)
        made = await Survey.create(
            code=make(),
            region_id=place,
            area_id=report.area_id,
            is_rectification=True,
            title=title,
            text=text,
            questions=texts.RECTIFICATION_QUESTIONS,
            made_at=at,
        )
        await record("report.publish", by=by.actor, at=at, report_id=report.id, object_id=made.code)
    return made


def _name_nobody(words: str, *, field: str, report: Report, house: House) -> None:
    """What hangs on a wall for good is not let through at a second look, as a reply is."""
    warnings = warnings_of(words, report=report, key=report_key(report, house=house), house=house)
    if warnings:
        raise FieldWrong(field, texts.RECTIFICATION_BETRAYS.format(warnings="".join(warnings)))
