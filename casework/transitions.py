"""The one table of legal transitions (domain.md §5): who may do what in which status, and where it leads."""

from dataclasses import dataclass
from enum import StrEnum

from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from models.choices import Status


class Who(StrEnum):
    """`handler` and `leader` of the owning body; `office` the zone's office, `county` the county's bodies."""

    HANDLER = "handler"
    LEADER = "leader"
    OFFICE = "office"
    COUNTY = "county"
    REPORTER = "reporter"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Transition:
    """`to` is empty when the status stays; several when the outcome depends on more than the status."""

    starts: frozenset[Status]
    to: tuple[Status, ...]
    who: frozenset[Who]


R, A, H = Status.RECEIVED, Status.ACCEPTED, Status.HANDLING
C, F = Status.CONCLUDED, Status.FED_BACK
OPEN = (R, A, H, C, F)
ANY_BUT_CLOSED = (*OPEN, Status.DECLINED)
STAYS: tuple[Status, ...] = ()
STAFF = (Who.HANDLER, Who.LEADER)
ABOVE = (Who.OFFICE, Who.COUNTY)


def _row(starts: tuple[Status, ...], to: tuple[Status, ...], who: tuple[Who, ...]) -> Transition:
    return Transition(frozenset(starts), to, frozenset(who))


TABLE: dict[str, Transition] = {
    "accept": _row((R,), (A,), STAFF),
    "end-consult": _row((R,), (Status.CLOSED,), STAFF),
    "decline": _row((R,), (Status.DECLINED,), (Who.LEADER,)),
    "transfer": _row((R, A), (R,), (Who.LEADER,)),
    "return": _row((R,), (R,), (Who.LEADER,)),
    "recuse": _row(OPEN, (R,), STAFF),
    "ask-recusal": _row(OPEN, STAYS, (Who.REPORTER,)),
    "grant-recusal": _row(OPEN, (R,), (Who.LEADER,)),
    "refuse-recusal": _row(OPEN, STAYS, (Who.LEADER,)),
    "lift": _row(OPEN, (R,), ABOVE),
    "cross": _row(OPEN, (R,), ABOVE),
    "assign-down": _row(OPEN, (R,), ABOVE),
    "assign": _row(OPEN, STAYS, (Who.LEADER,)),
    # what is held until a review day is disposed of again out of 办理中
    "dispose": _row((A, H), STAYS, (Who.HANDLER,)),
    "approve": _row((A, H), (H, C), (Who.LEADER,)),
    "send-back": _row((A, H), STAYS, (Who.LEADER,)),
    **dict.fromkeys(("authorisation", "briefing", "analysis"), _row((A, H), STAYS, (Who.HANDLER,))),
    "conclude": _row((H,), (C,), (Who.HANDLER,)),
    "feedback": _row((C,), (F,), (Who.HANDLER,)),
    "rate": _row((F,), (F, A, R), (Who.REPORTER,)),
    "close": _row((F,), (Status.CLOSED,), (Who.SYSTEM,)),
    "look-back": _row((Status.CLOSED,), STAYS, STAFF),
    "extend": _row((H,), STAYS, (Who.LEADER,)),
    "pause": _row((A, H), STAYS, (Who.LEADER,)),
    "resume": _row((A, H), STAYS, (*STAFF, Who.SYSTEM)),
    "urge": _row(OPEN, STAYS, ABOVE),
    "answer-urge": _row(OPEN, STAYS, STAFF),
    "reply": _row(ANY_BUT_CLOSED, STAYS, STAFF),
    "ask": _row(OPEN, STAYS, STAFF),
    "answer-question": _row(OPEN, STAYS, (Who.REPORTER,)),
    "assist": _row(OPEN, STAYS, (Who.HANDLER,)),
    "withdraw": _row(OPEN, STAYS, (Who.REPORTER,)),
    "link-repeat": _row(OPEN, STAYS, STAFF),
    "dismiss-match": _row(OPEN, STAYS, STAFF),
    "protect": _row((*ANY_BUT_CLOSED, Status.CLOSED), STAYS, (Who.LEADER,)),
    "publish": _row((C, F, Status.CLOSED), STAYS, (Who.LEADER,)),
    "take-back": _row((*ANY_BUT_CLOSED, Status.CLOSED), STAYS, STAFF),
    "send-out": _row((A, H, C), STAYS, (Who.LEADER,)),
    "note-receipt": _row((*ANY_BUT_CLOSED, Status.CLOSED), STAYS, STAFF),
    "note-result": _row((*ANY_BUT_CLOSED, Status.CLOSED), STAYS, STAFF),
    "type-words": _row((*ANY_BUT_CLOSED, Status.CLOSED), STAYS, STAFF),
    # what may be needed longer than its time; whatever becomes of it, two people destroy it
    "retain": _row((*ANY_BUT_CLOSED, Status.CLOSED), STAYS, STAFF),
    "release": _row((*ANY_BUT_CLOSED, Status.CLOSED), STAYS, (Who.LEADER,)),
    "see-identity": _row((*ANY_BUT_CLOSED, Status.CLOSED), STAYS, STAFF),
}


def part_of(viewer: Viewer, *, action: str) -> str:
    """In which part somebody does it: that of their account, or of a body above for what bodies above do."""
    above = {"office": Who.OFFICE, "county": Who.COUNTY}.get(viewer.body_level)
    return (
        above if above is not None and viewer.role in STAFF and TABLE[action].who <= {*ABOVE} else viewer.role
    )


def is_legal(action: str, *, status: Status, role: str) -> bool:
    """`role` is a key of `Who`, as `part_of` gives it."""
    row = TABLE.get(action)
    return row is not None and status in row.starts and role in row.who


def next_status(action: str, *, status: Status, role: str) -> Status:
    """Where `action` leads (the first target); raises `TransitionNotAllowed` with the reason in words."""
    row, name = TABLE[action], texts.ACTIONS[action]
    if role not in row.who:
        who = "或".join(texts.WHO[key] for key in Who if key in row.who)
        raise TransitionNotAllowed(texts.NOT_THEIRS.format(action=name, who=who))
    if status not in row.starts:
        raise TransitionNotAllowed(texts.NOT_IN_STATUS.format(status=status.label, action=name))
    return row.to[0] if row.to else status
