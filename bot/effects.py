"""What a turn of the conversation asks to be done, as values; `bot.doing` does them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A piece for the draft: `kind` is text, place, image, voice or video; media by WeChat's `media_id`."""

    kind: str
    text: str = ""
    media_id: str = ""
    latitude: float = 0.0
    longitude: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Enter:
    """A code was scanned or typed."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterAt:
    """A village was named in words and an area chosen: as good as their code."""

    region: str
    area: str


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """Make the draft a report; `name` and `phone` only for a named one."""

    entry: str
    level: str
    name: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    receipt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Discard:
    """Forget the draft's pieces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bind:
    """A staff member or liaison ties this chat to their account."""

    phone: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Telephone:
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """The person unfollowed: everything that ties this chat to reports goes (domain.md §6)."""


Effect = Enter | EnterAt | File | Look | Discard | Bind | Telephone | Leave
