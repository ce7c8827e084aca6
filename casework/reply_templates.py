"""答复模板: rows that a body keeps for itself, and a county's body for the whole county."""

import re
from collections.abc import Sequence

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong
from casework.words import TEXT_LIMIT, words_of
from clients.finding import find_where
from models.choices import BodyLevel
from models.reply_template import ReplyTemplate
from models.report import Report
from organisation.house import House
from vault.log import record

TITLE_LIMIT = 32
BLANK = re.compile(r"\{([^{}]*)\}")


async def known_templates(viewer: Viewer) -> Sequence[ReplyTemplate]:
    """Of the viewer's own body first, then of the county's bodies; also those that are out of use."""
    asked = """r.body_id = $1 OR (r_body.level = $2 AND r_body.region_id = $3)
      ORDER BY r.area_id, r.title, r.id"""
    values = (viewer.body_code, BodyLevel.COUNTY, viewer.county_code)
    kept = await find_where(ReplyTemplate, asked, *values, beside=("body", "area"))
    return sorted(kept, key=lambda one: one.body_id != viewer.body_code)


async def offered_templates(viewer: Viewer, *, area: str) -> Sequence[ReplyTemplate]:
    return [one for one in await known_templates(viewer) if one.is_active and one.area_id in (None, area)]


def fill(text: str, *, report: Report, by: Viewer, house: House) -> str:
    table = house.organisation.table
    body = table.bodies.get(by.body_code)
    today = house.clock.now().astimezone(house.timezone)
    values = {
        texts.BLANK_NUMBER: report.number,
        texts.BLANK_AREA: table.areas.get(report.area_id, ""),
        texts.BLANK_PLACE: "".join(table.names_of(report.region_id)[-2:]),
        texts.BLANK_BODY: by.body_name,
        texts.BLANK_PHONE: body.phone if body else "",
        texts.BLANK_DATE: texts.DATE.format(year=today.year, month=today.month, day=today.day),
    }
    return BLANK.sub(lambda found: values.get(found[1], found[0]), text)


async def save_template(
    *, id: str, title: str, area: str, text: str, is_active: bool, by: Viewer, house: House
) -> None:
    """A new one without `id`. One's own body's only. Raises `FieldWrong`."""
    title = words_of(title, field="title", limit=TITLE_LIMIT, missing=texts.TITLE_MISSING)
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.TEMPLATE_MISSING)
    unknown = [blank for blank in BLANK.findall(text) if blank not in texts.BLANKS]
    if unknown:
        raise FieldWrong("text", texts.BLANK_UNKNOWN.format(blank=unknown[0][:20]))
    if area and area not in house.organisation.table.areas:
        raise FieldWrong("area", texts.AREA_WRONG)
    at = house.clock.now()
    async with in_transaction():
        row = await ReplyTemplate.get_or_none(id=id, body_id=by.body_code) if id else None
        if id and row is None:
            raise FieldWrong("title", texts.TEMPLATE_GONE)
        row = row or ReplyTemplate(body_id=by.body_code)
        row.title, row.text, row.area_id = title, text, area or None
        row.is_active, row.changed_at = is_active, at
        await row.save()
        await record("template.save", by=by.actor, at=at, object_id=row.id)
