"""The bodies and answers of what liaisons do."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, StringConstraints

from miniapp_api.shapes import Body, LocationBody, MessageBody, Place, SubjectBody
from models.choices import Level
from organisation.liaison_links import LONGEST

Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=32)]


class BindingBody(Body):
    phone: Code
    bind_code: Code


class AnswerBody(MessageBody):
    location: LocationBody | None = None


class FindingBody(AnswerBody):
    area: Code
    level: Level = Level.NONE
    subject: SubjectBody | None = None


class LinkBody(Body):
    link: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]


class Liaison(BaseModel):
    name: str
    role: str
    region: Place


class Bound(BaseModel):
    name: str


class Task(BaseModel):
    id: str
    place: str
    text: str
    asked_at: datetime
    answered_at: datetime | None
    answer: str | None


class Tasks(BaseModel):
    items: list[Task]
    next_cursor: str | None
