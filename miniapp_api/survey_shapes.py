"""Bodies and answers of surveys and of consents to messages."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field, StringConstraints

from miniapp_api.shapes import Body, Named, PageQuery


class SurveyQuestion(BaseModel):
    key: str
    kind: Literal["single", "several", "scale", "text"]
    label: str
    options: list[str]
    is_required: bool


class Survey(BaseModel):
    """`is_once`: a person answers once."""

    code: str
    title: str
    text: str
    is_once: bool
    questions: list[SurveyQuestion]


class RectificationQuery(PageQuery):
    area: Annotated[str, StringConstraints(max_length=32)] = ""


class Rectification(BaseModel):
    """What was put right; its question is the survey of the same code."""

    code: str
    title: str
    text: str
    published_at: datetime
    area: Named | None
    region: Named


class Rectifications(BaseModel):
    items: list[Rectification]
    next_cursor: str | None


class AnswersBody(Body):
    """By the key of the question: an option, several, a score from 1 to 5, or words."""

    answers: Annotated[dict[str, str | int | list[str]], Field(max_length=30)]


class SubscriptionBody(Body):
    """`result` as `wx.requestSubscribeMessage` gives it for the template."""

    template: Literal["report_reply", "report_progress"]
    result: Literal["accept", "reject", "ban", "filter"]


class Subscription(BaseModel):
    template: str
    left: int
