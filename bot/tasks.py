"""`任务`: what a bound liaison was asked, answered here; for staff, how much waits in the console."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Final

from access.counting import in_words
from access.due import due_reports
from access.tasks import own_task, tasks_of
from access.viewer import viewer_of
from bot import texts
from bot.at_work import FILE, PLACE, WORDS
from bot.effects import Answer, GatherFile, OpenTask, Tasks
from bot.entering import Entries
from bot.keeping_media import MEDIA_KINDS
from bot.paging import paged
from bot.talks import Talk
from dossier.rows import report_key
from dossier.tasks import task_text
from intake.attachments import discard, expect_media
from intake.draft import Location
from intake.liaisons import answer_task
from models.body import Body
from models.liaison_task import LiaisonTask
from models.staff import Staff
from organisation.chat_binding import liaison_in, staff_in
from organisation.house import House
from organisation.liaison_links import make_link
from vault.log import record

MOST_SHOWN, LOOKED_AT = 7, 50
DAY: Final = timedelta(days=1)


async def tasks(
    effect: Tasks, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    liaison, staff = await liaison_in(openid, house=house), await staff_in(openid, house=house)
    if liaison is None:
        return await _due(staff, at=at, house=house) if staff else texts.FOR_BOUND.format(word=texts.TASKS)
    found = await tasks_of(liaison, vault=house.vault, limit=LOOKED_AT)
    await record("task.read", by=f"liaison:{liaison.id}", at=at)
    waiting = [task for task in found if task.answered_at is None][:MOST_SHOWN]
    link = f"{house.public_url}/m/liaison.html#{make_link(liaison, at=at, house=house)}"
    page = texts.TASKS_PAGE.format(link=link)
    return await _offered(waiting, talk=talk, house=house, room=len(page.encode())) + page


async def _offered(waiting: Sequence[LiaisonTask], *, talk: Talk, house: House, room: int) -> str:
    if not waiting:
        return texts.NO_TASKS
    if len(waiting) == 1:
        return await _opened(waiting[0], talk=talk, house=house, room=room)
    offered = tuple(_line(task, house=house) for task in waiting)
    places = tuple(task.id for task in waiting)
    talk.state = talk.state._replace(stage="tasks", places=places, offered=offered)
    return texts.WHICH_TASK.format(choices=texts.choices(list(offered)))


async def open_task(
    effect: OpenTask, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """Raises `TaskNotFound`: they may have been kept from it since it was offered."""
    liaison = await liaison_in(openid, house=house)
    if liaison is None:
        return texts.FOR_BOUND.format(word=texts.TASKS)
    task = await own_task(effect.task, liaison=liaison, vault=house.vault)
    return await _opened(task, talk=talk, house=house)


async def _opened(task: LiaisonTask, *, talk: Talk, house: House, room: int = 0) -> str:
    """Leaves `room` bytes for what is said behind it."""
    await _drop_files(talk)
    talk.state = talk.state._replace(stage="tasking", act=task.id, places=(), offered=(), gathered=())
    place, text = _place(task, house=house), task_text(task, key=report_key(task.report, house=house))
    around = len(texts.TASK.format(place=place, text="").encode())
    return texts.TASK.format(place=place, text=paged(text, talk=talk, room=room + around))


async def gather_file(
    effect: GatherFile, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    kind = MEDIA_KINDS[effect.note.kind]
    row = await expect_media(effect.note.media_id, kind=kind, house=house, conversation_id=talk.id)
    talk.state = talk.state._replace(gathered=(*talk.state.gathered, FILE + row.id))
    return texts.GATHERED.format(count=len(talk.state.gathered))


async def answer(
    effect: Answer, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """Raises what `answer_task` raises; without a task only the files gathered for it are forgotten."""
    if not effect.task:
        await discard(_parts(effect.gathered, FILE), conversation_id=talk.id)
        return texts.LEFT_AS_IT_IS
    liaison = await liaison_in(openid, house=house)
    if liaison is None:
        return texts.FOR_BOUND.format(word=texts.TASKS)
    places = _parts(effect.gathered, PLACE)
    await answer_task(
        effect.task,
        liaison=liaison,
        text="\n".join(_parts(effect.gathered, WORDS)),
        attachments=_parts(effect.gathered, FILE),
        location=_location(places[-1]) if places else None,
        conversation_id=talk.id,
        house=house,
    )
    return texts.TASK_ANSWERED


def _parts(gathered: tuple[str, ...], kind: str) -> list[str]:
    return [piece.removeprefix(kind) for piece in gathered if piece.startswith(kind)]


def _location(place: str) -> Location:
    latitude, longitude, label = place.split(",", 2)
    return Location(latitude=float(latitude), longitude=float(longitude), label=label)


async def _drop_files(talk: Talk) -> None:
    await discard(_parts(talk.state.gathered, FILE), conversation_id=talk.id)


def _place(task: LiaisonTask, *, house: House) -> str:
    return "".join(house.organisation.table.names_of(task.report.region_id)[-2:])


def _line(task: LiaisonTask, *, house: House) -> str:
    day = task.asked_at.astimezone(house.timezone)
    return texts.TASK_LINE.format(month=day.month, day=day.day, place=_place(task, house=house))


async def _due(staff: Staff, *, at: datetime, house: House) -> str:
    """Numbers only, by the predicate of who sees what."""
    body = await Body.get(code=staff.body_id)
    county = house.organisation.table.county_of(body.region_id) or ""
    viewer = viewer_of(staff, body=body, county_code=county, vault=house.vault)
    tomorrow = at.astimezone(house.timezone).date() + DAY
    day_ends_at = datetime.combine(tomorrow, time(), house.timezone)
    due = await due_reports(viewer, at=at, day_ends_at=day_ends_at, limit=1)
    address = f"{house.public_url}/console/reports"
    return texts.STAFF_DUE.format(overdue=in_words(due.overdue), today=in_words(due.today), address=address)
