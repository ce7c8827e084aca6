"""Bodies and answers of surveys and of consents to messages."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from miniapp_api.shapes import Body


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
