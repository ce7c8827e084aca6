"""What a turn of the conversation asks to be done, as values; `bot.doing` does them."""

from dataclasses import dataclass
from typing import NamedTuple


# these two come with nearly every turn, and a frozen dataclass takes three times as long to make
class Note(NamedTuple):
    """A piece for the draft: `kind` is text, place, image, voice or video; media by WeChat's `media_id`."""

    kind: str
    text: str = ""
    media_id: str = ""
    latitude: float = 0.0
    longitude: float = 0.0


class Enter(NamedTuple):
    """A code was scanned or typed."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterAt:
    """A village was named in words and an area chosen: as good as their code."""

    region: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Make the draft a report; `name` and `phone` only for a named one, a liaison's `is_finding` has theirs."""

    entry: str
    level: str
    name: str = ""
    phone: str = ""
    is_finding: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """Forget the draft's pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DropPiece:
    """Forget one piece of the draft, counted from 1; 0 is the last."""

    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDraft:
    """What is gathered so far, by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePiece:
    """Other words in the place of one piece."""

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bind:
    """A staff member or liaison ties this chat to their account."""

    phone: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    """Who answers here, when, and by which telephone; and whether one wants to speak with them."""

    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Consult:
    """Words or a file for the people who answer here; `avoid`: not for the township's own."""

    entry: str
    avoid: str = ""
    text: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The person unfollowed: everything that ties this chat to reports goes (domain.md §6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComeBack:
    """Who had unfollowed follows again and speaks: this chat can be written to once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """What a liaison was asked, or how much waits for staff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTask:
    task: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GatherFile:
    """A photo or voice for the answer to a task."""

    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a task, as gathered; without a task it is thrown away."""

    task: str
    gathered: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    is_away: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbind:
    """Untie this chat from an account; asked about first."""

    is_sure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a liaison found themself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A liaison asks for the link on which posters are photographed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """Show one's reports, or with `act` begin that with the only one it can be done with."""

    act: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Open:
    """Show a report of one's own."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Show what staff want to know of the report, to be answered."""

    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Do something with a report of one's own: `text` or `note` is what was said for it, `to` the question answered."""

    act: str
    number: str
    to: str = ""
    text: str = ""
    note: Note | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """The rest of an answer that did not fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlink:
    """Cut the link to one's reports and forget the draft, without unfollowing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """What is published, of `region` or where one is, by `words`."""

    words: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    code: str
    region: str = ""


Effect = (
    Enter
    | EnterAt
    | File
    | Look
    | Discard
    | DropPiece
    | ShowDraft
    | ChangePiece
    | Bind
    | Telephone
    | Consult
    | Leave
    | ComeBack
    | Mine
    | Open
    | Act
    | Ask
    | More
    | Unlink
    | Policies
    | Policy
    | Round
    | Tasks
    | OpenTask
    | GatherFile
    | Answer
    | Away
    | Unbind
    | Finding
)
