"""Bodies and answers around what is not sent yet: a draft, and places to pick."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from miniapp_api.shapes import MAX_ATTACHMENTS, AttachmentId, Body, Named, Said, SubjectBody, Word
from models.choices import Level


class DraftBody(Body):
    """What is written and not sent yet; a reporter's own name and telephone stay on the phone."""

    entry: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    text: Said = ""
    level: Level | Literal[""] = ""
    mode: Literal["anonymous", "named", ""] = ""
    subject: SubjectBody | None = None
    disclosure: Annotated[str, StringConstraints(max_length=64)] | None = None
    occurred_on: date | None = None
    place: Word = ""
    attachments: Annotated[list[AttachmentId], Field(default_factory=list, max_length=MAX_ATTACHMENTS)]
    avoid: Annotated[list[Literal["township", "liaison"]], Field(default_factory=list, max_length=2)]


class SavedDraft(BaseModel):
    """`draft` is null when there is none."""

    draft: DraftBody | None
    saved_at: datetime | None


class PlaceBelow(Named):
    level: str


class PlacesBelow(BaseModel):
    items: list[PlaceBelow]
    next_cursor: None = None
