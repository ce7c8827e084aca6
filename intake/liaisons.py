"""What liaisons bring in: answers to what they were asked, and findings of their own."""

from collections.abc import Sequence

from tortoise.transactions import in_transaction

from access.tasks import own_task
from clients.writes import write
from delivery.outbox import Recipient, notices
from dossier.notices import new_report_payload
from dossier.rematching import rematch
from dossier.rows import keep_message, report_key
from intake.draft import Draft, Filed, Identity, Location
from intake.errors import AreaWithoutCode, DraftEmpty
from intake.linking import link_attachments
from intake.submit import submit
from intake.texts import AT_PLACE
from models.choices import Channel, Purpose, Speaker
from models.entry_code import EntryCode
from models.errors import DomainError
from models.liaison import Liaison
from models.liaison_task import LiaisonTask
from organisation.house import House
from routing.facts import Subject
from vault.log import record


class TaskAnswered(DomainError):
    key = "task-answered"
    message = "这个任务已经答复过了。"


async def answer_task(
    task_id: str,
    *,
    liaison: Liaison,
    text: str,
    attachments: Sequence[str],
    location: Location | None,
    house: House,
    session_index: str | None = None,
    conversation_id: str | None = None,
) -> LiaisonTask:
    """Once. Raises `TaskNotFound`, `TaskAnswered`, `DraftEmpty` or `AttachmentUnknown`. Wake "outbox" afterwards."""
    if not text.strip() and not attachments:
        raise DraftEmpty
    at = house.clock.now()
    words = text if location is None else f"{text}\n{_in_words(location)}"
    async with in_transaction():
        task = await own_task(task_id, liaison=liaison, vault=house.vault)
        if not await LiaisonTask.filter(id=task.id, answered_at__isnull=True).update(answered_at=at):
            raise TaskAnswered
        report, key = task.report, report_key(task.report, house=house)
        message = await keep_message(report, key=key, text=words, speaker=Speaker.LIAISON, at=at)
        await link_attachments(
            attachments,
            report=report,
            key=key,
            message=message,
            house=house,
            conversation_id=conversation_id,
            session_index=session_index,
        )
        await LiaisonTask.filter(id=task.id).update(answer_id=message.id)
        # the push that says nothing, to whoever asked; whether they may still see it is looked at when it goes
        await write(
            *notices(
                [Recipient(dedupe=f"task_answer:{task.id}", staff_id=task.asked_by_id)],
                notice="report_new",
                report=report,
                key=key,
                payload=new_report_payload(report, house=house, at=at),
                at=at,
            )
        )
        await record("task.answer", by=f"liaison:{liaison.id}", at=at, report_id=report.id, object_id=task.id)
        # somebody who must not see the report may be named in the answer
        await rematch(report.id, house=house, at=at)
    return await own_task(task_id, liaison=liaison, vault=house.vault)


def _in_words(location: Location) -> str:
    return AT_PLACE.format(
        label=location.label, latitude=f"{location.latitude:.5f}", longitude=f"{location.longitude:.5f}"
    )


async def file_finding(
    *,
    liaison: Liaison,
    area: str,
    level: str,
    text: str,
    subject: Subject | None,
    attachments: Sequence[str],
    location: Location | None,
    person_index: str,
    openid: str | None,
    house: House,
) -> Filed:
    """A named report like others, straight to whoever is responsible: no other liaison hears of it.

    Raises `AreaWithoutCode` or what `submit` raises.
    """
    entry = await EntryCode.filter(
        region_id=liaison.village_id, area_id=area, purpose=Purpose.REPORT, status="active"
    ).first()
    if entry is None:
        raise AreaWithoutCode
    return await submit(
        Draft(
            entry=entry,
            level=level,
            text=text,
            channel=Channel.MINI,
            person_index=person_index,
            openid=openid,
            identity=Identity(name=liaison.name, phone=liaison.phone),
            subject=subject,
            attachments=tuple(attachments),
            location=location,
            avoid=frozenset({"liaison"}),
        ),
        house=house,
    )
