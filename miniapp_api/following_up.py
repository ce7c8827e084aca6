"""What a reporter does after filing: adds, takes back, asks for recusal or protection."""

from access.reports import ReportNotFound
from intake.answering import QuestionGone, answer_question
from intake.asking_protection import ask_protection
from intake.asking_recusal import RecusalRequestNotPossible, ask_recusal
from intake.attachments import AttachmentUnknown
from intake.errors import DraftEmpty
from intake.supplement import add_message
from intake.withdrawal import WithdrawalNotPossible, withdraw
from miniapp_api import shapes
from miniapp_api.errors import TooMany
from miniapp_api.limits import spend
from miniapp_api.operations import SIGNED_IN, Call, operation
from miniapp_api.question_shapes import AnswerBody
from miniapp_api.reports import own_of
from miniapp_api.views import opened


@operation(
    "POST",
    "/reports/{number}/messages",
    who=SIGNED_IN,
    body=shapes.MessageBody,
    answer=shapes.OpenedReport,
    status=201,
    creates=True,
    wakes="outbox",
    refuses=(ReportNotFound, AttachmentUnknown, DraftEmpty, TooMany),
)
async def add(call: Call) -> shapes.OpenedReport:
    body, report = call.read(shapes.MessageBody), await own_of(call)
    await spend(call.session, house=call.house)
    await add_message(
        report,
        text=body.text,
        house=call.house,
        attachments=body.attachments,
        session_index=call.session.person_index,
    )
    return await opened(report, house=call.house)


@operation(
    "POST",
    "/reports/{number}/answer",
    who=SIGNED_IN,
    body=AnswerBody,
    answer=shapes.OpenedReport,
    status=201,
    creates=True,
    wakes="outbox",
    refuses=(ReportNotFound, AttachmentUnknown, DraftEmpty, QuestionGone, TooMany),
)
async def answer_what_was_asked(call: Call) -> shapes.OpenedReport:
    body, report = call.read(AnswerBody), await own_of(call)
    await spend(call.session, house=call.house)
    await answer_question(
        report,
        question=body.question,
        text=body.text,
        house=call.house,
        attachments=body.attachments,
        session_index=call.session.person_index,
    )
    return await opened(report, house=call.house)


@operation(
    "POST",
    "/reports/{number}/withdrawal",
    who=SIGNED_IN,
    answer=shapes.OpenedReport,
    status=201,
    creates=True,
    wakes="outbox",
    refuses=(ReportNotFound, WithdrawalNotPossible, TooMany),
)
async def take_back(call: Call) -> shapes.OpenedReport:
    report = await own_of(call)
    await spend(call.session, house=call.house)
    await withdraw(report, house=call.house)
    return await opened(report, house=call.house)


@operation(
    "POST",
    "/reports/{number}/recusal-requests",
    who=SIGNED_IN,
    body=shapes.RequestBody,
    answer=shapes.OpenedReport,
    status=201,
    creates=True,
    wakes="outbox",
    refuses=(ReportNotFound, RecusalRequestNotPossible, TooMany),
)
async def ask_for_recusal(call: Call) -> shapes.OpenedReport:
    body, report = call.read(shapes.RequestBody), await own_of(call)
    await spend(call.session, house=call.house)
    await ask_recusal(report, text=body.text, house=call.house)
    return await opened(report, house=call.house)


@operation(
    "POST",
    "/reports/{number}/protection-requests",
    who=SIGNED_IN,
    body=shapes.RequestBody,
    answer=shapes.OpenedReport,
    status=201,
    creates=True,
    wakes="outbox",
    refuses=(ReportNotFound, TooMany),
)
async def ask_for_protection(call: Call) -> shapes.OpenedReport:
    body, report = call.read(shapes.RequestBody), await own_of(call)
    await spend(call.session, house=call.house)
    await ask_protection(report, text=body.text, house=call.house)
    return await opened(report, house=call.house)
