"""What a door hands over when a reporter says "submit"."""

from dataclasses import dataclass

from models.choices import Channel
from models.entry_code import EntryCode
from routing.facts import Subject
from vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Given for a named report only."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """WGS84 or GCJ-02 degrees, as the phone gave them; None when only a name was picked."""

    latitude: float | None
    longitude: float | None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Everything said before filing.

    `person_index` is the blind index under which the reporter finds the report again; `openid` is where
    answers go (None on a web page). `attachments` are ids of rows this conversation or session made.
    `has_words` is False when `text` holds nothing but the names of places that the phone gave. `appeal_of` is
    the number of the report whose outcome is appealed. `avoid` holds "township", "liaison". `is_in_flood`: too many
    came from one source just now.
    """

    entry: EntryCode
    level: str
    text: str
    channel: Channel
    person_index: str
    openid: str | None = None
    conversation_id: str | None = None
    identity: Identity | None = None
    subject: Subject | None = None
    kind: str | None = None
    disclosure: str | None = None
    appeal_of: str | None = None
    occurred_on: str | None = None
    location: Location | None = None
    attachments: tuple[str, ...] = ()
    has_words: bool = True
    avoid: frozenset[str] = frozenset()
    is_in_flood: bool = False


def chat_reporter(openid: str, *, vault: Vault) -> str:
    """`Draft.person_index` of somebody in the official account's chat.

    Another value than their conversation's: a dump alone must not join what a chat tells (when it spoke, whose
    account it was bound to) to reports.
    """
    return vault.index("reporter", openid)


def mini_reporter(openid: str, *, vault: Vault) -> str:
    """`Draft.person_index` of somebody signed in to the mini-program: the same over all their sessions."""
    return vault.index("mini", openid)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """`receipt` is 16 digits and exists readable only here: it is shown once."""

    report_id: str
    number: str
    receipt: str
    status: str
