"""What a person may do with the report on the page, and the choices of each form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from access.viewer import Viewer
from casework.assign import assignable
from casework.decline import is_livelihood
from casework.dispose import dispositions_for
from casework.documents import missing_documents
from casework.extend import may_extend
from casework.give_back import where_back
from casework.keeping_away import may_be_out
from casework.pause import may_pause
from casework.targets import Options, options_for
from casework.transfer import triggers_for
from casework.transitions import is_legal, part_of
from clients.finding import find_one
from console.hints import hint_for
from console.meant import meant_by
from console.reading import OpenedReport
from dossier.facts import HEARD, facts_of
from dossier.records import waiting_in
from dossier.requests import in_words, pending_in
from dossier.rows import report_key
from models.case_record import CaseRecord
from models.choices import Disposition, Kind, RecordKind, Status
from models.report import Report
from models.staff import Staff
from organisation.house import House
from vault.keys import DataKey

SHOWN = (
    "protect",
    "reply",
    "type-words",
    "accept",
    "end-consult",
    "grant-recusal",
    "refuse-recusal",
    "dismiss-match",
    "dispose",
    "approve",
    "send-back",
    "conclude",
    "feedback",
    "look-back",
    "publish",
    "answer-urge",
    "link-repeat",
    "note-receipt",
    "note-result",
)
TO_APPROVE = ("approve", "send-back")
SETTLES = {"look-back": RecordKind.LOOK_BACK, "resume": RecordKind.PAUSE, "answer-urge": RecordKind.URGE}
SETTLES |= {"release": RecordKind.RETENTION}
BEGINS = {"retain": RecordKind.RETENTION}
IF = {"extend": may_extend, "pause": may_pause}
# the most likely one first
FOLDED = (
    "resume",
    "ask",
    "assign",
    "assist",
    "send-out",
    "extend",
    "pause",
    "transfer",
    "return",
    "assign-down",
    "cross",
    "lift",
    "decline",
    "retain",
    "release",
    "recuse",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """`folded` are the actions shown closed, in their order; options are a form's value and its words."""

    may: Sequence[str]
    folded: Sequence[str]
    handler_name: str
    meant: Options
    handlers: Options
    recusable: Options
    is_livelihood: bool
    bodies: Mapping[str, Options]
    triggers: Options
    hint: str
    returns_to: str
    requests: Sequence[tuple[str, str]]
    dispositions: Options
    proposed_by: str
    """Who waits for approval, empty when nobody does."""
    missing_documents: Sequence[str] | None
    """Of a case of the zone, what is not written yet; None where whoever looks has none to write."""


async def offers_of(it: OpenedReport, *, viewer: Viewer, house: House) -> Offers:
    report, hanging = it.report, it.hanging
    key = report_key(report, house=house)
    waiting = waiting_in(hanging.records)
    proposal = waiting.get(RecordKind.PROPOSAL)
    may = [name for name in (*SHOWN, *FOLDED) if _may(name, report=report, waiting=waiting, by=viewer)]
    handler = await find_one(Staff, "id", report.handler_id) if report.handler_id else None
    able = await assignable(report, house=house) if "assign" in may else []
    table = house.organisation.table
    back = await where_back(report, key=key, house=house) if "return" in may else None
    if back is None and "return" in may:
        may.remove("return")
    triggers = triggers_for(report, table=table) if "transfer" in may else []
    asked = pending_in(hanging.requests)
    if asked and "dismiss-match" in may:
        may.remove("dismiss-match")
    now = house.clock.now()
    said = [message for message in hanging.messages if message.speaker in HEARD]
    facts = await facts_of(report, key=key, said=said, bars=it.bars)
    return Offers(
        may=may,
        folded=[name for name in FOLDED if name in may],
        meant=meant_by(it.bars, house=house) if "dismiss-match" in may else [],
        handler_name=handler.name if handler else "",
        handlers=[(person.username, person.name) for person in able if person.id != report.handler_id],
        recusable=await may_be_out(report, bars=it.bars, by=viewer, house=house),
        is_livelihood=is_livelihood(report, key=key),
        bodies=options_for(report, actions=may, facts=facts, by=viewer, house=house),
        triggers=[(str(each), each.label) for each in triggers],
        hint=await hint_for(report, details=it.details, viewer=viewer, at=now) if triggers else "",
        requests=in_words(asked, messages=hanging.messages, key=key) if "grant-recusal" in may else [],
        returns_to=table.name_of(f"body:{back.body}") if back else "",
        dispositions=[(str(each), each.label) for each in dispositions_for(report.kind)],
        proposed_by=table.name_of(f"staff:{proposal.by_id}") if proposal else "",
        missing_documents=await _missing(report, key=key, by=viewer),
    )


async def _missing(report: Report, *, key: DataKey, by: Viewer) -> Sequence[str] | None:
    action = str(RecordKind.AUTHORISATION)
    is_theirs = report.owner_id == by.body_code
    if not is_theirs or not is_legal(action, status=report.status, role=part_of(by, action=action)):
        return None
    missing = await missing_documents(report, key=key)
    return None if missing is None else [kind.label for kind in missing]


def _may(name: str, *, report: Report, waiting: Mapping[RecordKind, CaseRecord], by: Viewer) -> bool:
    """By the table, and by what hangs on the report: a form that cannot be granted is not offered."""
    if name in TO_APPROVE:
        proposal = waiting.get(RecordKind.PROPOSAL)
        if report.approver_id != by.body_code or proposal is None or proposal.by_id == by.staff_id:
            return False
    elif report.owner_id != by.body_code:
        return False
    if name == "end-consult" and report.kind is not Kind.CONSULT:
        return False
    is_begun = name in BEGINS and BEGINS[name] in waiting
    if (
        is_begun
        or (name in SETTLES and SETTLES[name] not in waiting)
        or (name in IF and not IF[name](report))
    ):
        return False
    # what is held is disposed of anew; what is worked on is concluded
    is_apt = (report.disposition is Disposition.HOLD) == (name == "dispose")
    if name in ("dispose", "conclude") and report.status is Status.HANDLING and not is_apt:
        return False
    return is_legal(name, status=report.status, role=part_of(by, action=name))
