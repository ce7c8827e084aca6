"""Liaisons: their account tied to the mini-program, what they were asked, their answers and their own findings."""

from access.tasks import TaskNotFound, tasks_of
from dossier.rows import report_key
from dossier.tasks import task_text
from intake.attachments import AttachmentUnknown
from intake.errors import AreaWithoutCode, DraftEmpty, OutsideJurisdiction
from intake.liaisons import TaskAnswered, answer_task, file_finding
from miniapp_api import liaison_shapes as told
from miniapp_api import shapes, texts
from miniapp_api.drafts import location_of, subject_of
from miniapp_api.errors import LiaisonOnly, TooMany
from miniapp_api.limits import spend
from miniapp_api.operations import EVERYBODY, LIAISON, REPORTER, Call, operation
from miniapp_api.places import place_of
from miniapp_api.sessions import open_session, openid_of, seconds_of
from models.choices import Status
from models.liaison import Liaison
from models.liaison_task import LiaisonTask
from organisation.house import House
from organisation.liaison_binding import BindingRefused, bind_mini, liaison_of
from organisation.liaison_links import LinkOver, liaison_behind, openid_of_liaison
from organisation.tries import count_try, forgive
from vault.log import record

SIGNED_IN_BY_WECHAT = frozenset({REPORTER})


async def try_binding(call: Call) -> None:
    """Counted before the transaction, so that a refusal does not undo the counting."""
    phone = call.read(told.BindingBody).phone.replace("-", "")
    house = call.house
    names = (f"bind:{call.session.person_index}", f"bind-phone:{house.vault.index('phone', phone)}")
    standing = await count_try(names, house=house)
    if standing.refused_for or standing.is_too_soon:
        raise TooMany(texts.BINDING_PAUSE, retry_after=standing.refused_for or 1)


@operation(
    "POST",
    "/liaison/binding",
    who=SIGNED_IN_BY_WECHAT,
    body=told.BindingBody,
    answer=told.Bound,
    status=201,
    creates=True,
    prepare=try_binding,
    refuses=(BindingRefused, TooMany),
)
async def bind_liaison(call: Call) -> told.Bound:
    body, house = call.read(told.BindingBody), call.house
    openid = openid_of(call.session, house=house) or ""
    bound = await bind_mini(
        phone=body.phone, code=body.bind_code, openid=openid, at=house.clock.now(), house=house
    )
    phone = house.vault.index("phone", body.phone.replace("-", ""))
    await forgive((f"bind:{call.session.person_index}", f"bind-phone:{phone}"), house=house)
    return told.Bound(name=bound.name)


@operation(
    "POST",
    "/liaison/sessions",
    who=EVERYBODY,
    body=told.LinkBody,
    answer=shapes.Session,
    status=201,
    creates=True,
    refuses=(LinkOver,),
)
async def open_link(call: Call) -> shapes.Session:
    """For a browser: by the link that the chat gave, without an account of the mini-program."""
    house = call.house
    liaison = await liaison_behind(call.read(told.LinkBody).link, house=house)
    token = await open_session(role=REPORTER, house=house, openid=openid_of_liaison(liaison, house=house))
    return shapes.Session(token=token, expires_in=seconds_of(REPORTER), role=LIAISON)


@operation("GET", "/liaison/me", who=SIGNED_IN_BY_WECHAT, answer=told.Liaison, refuses=(LiaisonOnly,))
async def show_liaison(call: Call) -> told.Liaison:
    liaison, table = await _liaison(call), call.house.organisation.table
    return told.Liaison(name=liaison.name, role=str(liaison.role), region=place_of(table, liaison.village_id))


@operation(
    "GET",
    "/liaison/tasks",
    who=SIGNED_IN_BY_WECHAT,
    query=shapes.PageQuery,
    answer=told.Tasks,
    refuses=(LiaisonOnly,),
)
async def list_tasks(call: Call) -> told.Tasks:
    asked, house, liaison = call.asked(shapes.PageQuery), call.house, await _liaison(call)
    found = await tasks_of(liaison, vault=house.vault, limit=asked.limit + 1, after=asked.cursor)
    await record("task.read", by=f"liaison:{liaison.id}", at=house.clock.now())
    items = found[: asked.limit]
    return told.Tasks(
        items=[_shown(task, house=house) for task in items],
        next_cursor=items[-1].id if len(found) > asked.limit else None,
    )


@operation(
    "POST",
    "/liaison/tasks/{id}/answer",
    who=SIGNED_IN_BY_WECHAT,
    body=told.AnswerBody,
    answer=told.Task,
    status=201,
    creates=True,
    wakes="outbox",
    refuses=(LiaisonOnly, TaskNotFound, TaskAnswered, DraftEmpty, AttachmentUnknown, TooMany),
)
async def answer(call: Call) -> told.Task:
    body, liaison = call.read(told.AnswerBody), await _liaison(call)
    await spend(call.session, house=call.house)
    task = await answer_task(
        call.part("id"),
        liaison=liaison,
        text=body.text,
        attachments=body.attachments,
        location=location_of(body.location),
        session_index=call.session.person_index,
        house=call.house,
    )
    return _shown(task, house=call.house)


@operation(
    "POST",
    "/liaison/findings",
    who=SIGNED_IN_BY_WECHAT,
    body=told.FindingBody,
    answer=shapes.FiledReport,
    status=201,
    creates=True,
    wakes="outbox",
    refuses=(LiaisonOnly, AreaWithoutCode, DraftEmpty, AttachmentUnknown, OutsideJurisdiction, TooMany),
)
async def file_own_finding(call: Call) -> shapes.FiledReport:
    body, liaison = call.read(told.FindingBody), await _liaison(call)
    await spend(call.session, house=call.house, reports=1)
    filed = await file_finding(
        liaison=liaison,
        area=body.area,
        level=str(body.level),
        text=body.text,
        subject=subject_of(body.subject),
        attachments=body.attachments,
        location=location_of(body.location),
        person_index=call.session.person_index,
        openid=openid_of(call.session, house=call.house),
        house=call.house,
    )
    return shapes.FiledReport(number=filed.number, receipt=filed.receipt, status=Status(filed.status))


async def _liaison(call: Call) -> Liaison:
    found = await liaison_of(openid_of(call.session, house=call.house), house=call.house)
    if found is None:
        raise LiaisonOnly
    return found


def _shown(task: LiaisonTask, *, house: House) -> told.Task:
    """Neither the report's number nor a word of it."""
    table, key = house.organisation.table, report_key(task.report, house=house)
    answered = task.answer
    return told.Task(
        id=task.id,
        place="".join(table.names_of(task.report.region_id)[-2:]),
        text=task_text(task, key=key),
        asked_at=task.asked_at,
        answered_at=task.answered_at,
        answer=key.open_text(bytes(answered.sealed_text), place=f"message:{answered.id}:text")
        if answered
        else None,
    )
