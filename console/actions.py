"""Each action of the report page: what its form brings, and the one function of casework that does it."""

from collections.abc import Awaitable, Callable
from functools import partial

from access.reports import ReportNotFound, find_report
from access.viewer import Viewer
from casework.accept import accept
from casework.answer_urge import answer_urge
from casework.approve import approve
from casework.ask import ask
from casework.assign import assign
from casework.assign_down import assign_down
from casework.assist import assist
from casework.conclude import conclude
from casework.cross import cross
from casework.decline import decline
from casework.dismiss_match import dismiss_match
from casework.dispose import dispose
from casework.documents import FIELDS, write_document
from casework.end_consult import end_consult
from casework.extend import extend
from casework.feedback import feedback
from casework.give_back import give_back
from casework.grant_recusal import grant_recusal
from casework.lift import lift
from casework.link_repeat import link_repeat
from casework.look_back import look_back
from casework.note_receipt import note_receipt
from casework.note_result import note_result
from casework.pause import pause
from casework.protect import protect
from casework.recuse import recuse
from casework.refuse_recusal import refuse_recusal
from casework.release import release
from casework.reply import reply
from casework.resume import resume
from casework.retain import retain
from casework.send_back import send_back
from casework.send_out import send_out
from casework.take_back import take_back
from casework.transfer import transfer
from casework.type_words import type_words
from casework.urge import urge
from console.forms import Form
from organisation.house import House

LIST, LEDGER = "/console/reports", "/console/ledger"
Act = Callable[..., Awaitable[None]]

# action → what does it, and the fields of its form (the contract's names)
ACTIONS: dict[str, tuple[Act, tuple[str, ...]]] = {
    "accept": (accept, ("kind", "together")),
    "end-consult": (end_consult, ()),
    "dispose": (dispose, ("disposition", "text", "study", "review_on")),
    "approve": (approve, ()),
    "send-back": (send_back, ("reason",)),
    **{str(kind): (partial(write_document, kind=kind), tuple(fields)) for kind, fields in FIELDS.items()},
    "conclude": (conclude, ("text",)),
    "feedback": (feedback, ("text", "together")),
    "extend": (extend, ("reason",)),
    "pause": (pause, ("reason", "until")),
    "resume": (resume, ()),
    "urge": (urge, ("text", "due_on")),
    "answer-urge": (answer_urge, ("text",)),
    "link-repeat": (link_repeat, ("of",)),
    "look-back": (look_back, ("text",)),
    "reply": (reply, ("text", "careful", "hold", "together")),
    "ask": (ask, ("text", "options", "until", "careful")),
    "assist": (assist, ("liaison", "text", "careful")),
    "protect": (protect, ("text",)),
    "send-out": (send_out, ("partner", "office", "reference", "text", "sent_on", "due_on")),
    "note-receipt": (note_receipt, ("referral", "text")),
    "note-result": (note_result, ("referral", "text")),
    "retain": (retain, ("reason",)),
    "release": (release, ("reason",)),
    "take-back": (take_back, ("message",)),
    "type-words": (type_words, ("attachment", "text")),
    "assign": (assign, ("staff",)),
    "transfer": (transfer, ("body", "trigger", "reason")),
    "return": (give_back, ("reason",)),
    "lift": (lift, ("reason",)),
    "cross": (cross, ("body", "authorisation")),
    "assign-down": (assign_down, ("body", "authorisation", "reason")),
    "decline": (decline, ("ground", "text")),
    "dismiss-match": (dismiss_match, ("who", "reason")),
    "recuse": (recuse, ("who", "reason")),
    "grant-recusal": (grant_recusal, ("request", "who")),
    "refuse-recusal": (refuse_recusal, ("request", "text")),
}


async def carry_out(action: str, number: str, form: Form, *, by: Viewer, house: House) -> str:
    """Does it and answers where to go next: the report, while one may see it. Raises what the action raises."""
    act, fields = ACTIONS[action]
    await act(number, by=by, house=house, **{name: form.get(name, "") for name in fields})
    try:
        await find_report(by, number=number)
    except ReportNotFound:
        return f"{LEDGER if form.get('from') == 'ledger' else LIST}?done={action}"
    return f"{LIST}/{number}#last" if action in ("reply", "take-back") else f"{LIST}/{number}"
