"""A report opened for reading: everything the page shows, unsealed once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.repeats import Repeat, find_repeats
from access.viewer import Viewer
from casework.assist import assisting_options
from casework.protect import waits_for_protection
from casework.reply_templates import offered_templates
from casework.targets import Options
from console import texts
from console.delivered import Delivery, delivery_of
from console.passed_on import Passed, passed_on
from console.records import Line, lines_of
from console.why import Reasons, reasons_of
from dossier.bars import Bar, opened
from dossier.contents import by_message, carried_by, has_left
from dossier.drafts import Fields, drafts_of
from dossier.facts import details_of, subject_of
from dossier.hanging import Hanging, hanging_on
from dossier.identity import Look, looks_of
from dossier.requests import unread_messages
from dossier.rows import report_key
from dossier.tasks import Asked, asked_in
from models.attachment import Attachment
from models.choices import AttachmentKind, Role, Speaker
from models.disclosure import Disclosure
from models.message import Message
from models.reply_template import ReplyTemplate
from models.report import Report
from organisation.house import House
from routing.facts import Subject
from vault.keys import DataKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """`id` is that of the message; `who` is me (the reporter), staff or system."""

    id: str
    who: str
    name: str
    at: datetime
    text: str
    attachments: Sequence[Attachment]
    delivery: Delivery | None
    may_take_back: str = ""
    """The id of a reply that has not left yet, for whoever may withdraw it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedReport:
    """`place` runs from the city down."""

    report: Report
    hanging: Hanging
    bars: Sequence[Bar]
    place: Sequence[str]
    area: str
    subject: Subject | None
    details: dict[str, Any]
    asked: Sequence[str]
    disclosure: str | None
    said: Sequence[Said]
    reasons: Sequence[Reasons]
    records: Sequence[Line]
    repeats: Sequence[Repeat]
    referrals: Sequence[Passed]
    looks: Sequence[Look]
    tasks: Sequence[Asked]
    liaisons: Options
    drafts: Mapping[str, tuple[Fields, datetime]]
    """Form → what was typed into it and not sent, by whoever looks."""
    waits_for_protection: bool
    templates: Sequence[ReplyTemplate]


async def read_report(report: Report, *, viewer: Viewer, house: House) -> OpenedReport:
    key, table = report_key(report, house=house), house.organisation.table
    hanging = await hanging_on(report)
    bars = opened(hanging.bars, key=key)
    details = details_of(report, key=key)
    code = details.get("disclosure")
    disclosure = await Disclosure.get_or_none(code=code) if code else None
    return OpenedReport(
        report=report,
        hanging=hanging,
        bars=bars,
        place=table.names_of(report.region_id),
        area=table.areas.get(report.area_id, ""),
        subject=subject_of(report, key=key),
        details=details,
        asked=[texts.ASKED_TO_AVOID[what] for what in details["avoid"] if what in texts.ASKED_TO_AVOID],
        disclosure=disclosure.title if disclosure else None,
        said=_said(report, hanging=hanging, key=key, viewer=viewer, house=house),
        reasons=reasons_of(hanging.decisions, key=key, viewer=viewer, table=table),
        repeats=await find_repeats(viewer, report=report, has_photos=_has_photos(hanging)),
        referrals=passed_on(hanging.referrals, key=key, house=house),
        records=lines_of(hanging.records, key=key, house=house),
        looks=await looks_of(report, key=key, body=viewer.body_code) if viewer.role == Role.LEADER else [],
        tasks=asked_in(hanging.tasks, key=key),
        liaisons=await assisting_options(report, bars=bars, key=key, house=house),
        waits_for_protection=waits_for_protection(report),
        drafts=await drafts_of(report, key=key, staff_id=viewer.staff_id),
        templates=await offered_templates(viewer, area=report.area_id),
    )


def _has_photos(hanging: Hanging) -> bool:
    return any(file.kind is AttachmentKind.PHOTO for file in hanging.attachments)


def _said(report: Report, *, hanging: Hanging, key: DataKey, viewer: Viewer, house: House) -> list[Said]:
    now = house.clock.now()
    notices, attachments = carried_by(hanging.notices), by_message(hanging.attachments)
    unread = unread_messages(report, hanging.requests, viewer=viewer)
    return [
        Said(
            id=message.id,
            who=str(message.speaker),
            name=_name(message),
            at=message.said_at,
            text=key.open_text(message.sealed_text, place=f"message:{message.id}:text"),
            attachments=attachments.get(message.id, []),
            delivery=delivery_of(report, message=message, notice=notices.get(message.id), house=house),
            may_take_back=message.id if _may_take_back(message, viewer=viewer, now=now) else "",
        )
        for message in hanging.messages
        if message.id not in unread
    ]


def _name(message: Message) -> str:
    if message.staff is None:
        return message.speaker.label
    is_typed = message.speaker is Speaker.VOICE
    return texts.TYPED_BY.format(name=message.staff.name) if is_typed else message.staff.name


def _may_take_back(message: Message, *, viewer: Viewer, now: datetime) -> bool:
    is_theirs = message.staff_id == viewer.staff_id or viewer.role == Role.LEADER
    return (
        message.leaves_at is not None
        and is_theirs
        and not has_left(message, at=now)
        and (message.withdrawn_at is None)
    )
