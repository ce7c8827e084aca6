"""The bodies, queries and answers of `/api/v1`, in the order of the contract; OpenAPI is made from these."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from models.choices import DisclosureKind, Kind, Level, Rating, Status

MAX_TEXT = 5000
MAX_ATTACHMENTS = 12
"""Nine photos and three voices."""

Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=128)]
Said = Annotated[str, StringConstraints(strip_whitespace=True, max_length=MAX_TEXT)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{22}$")]
AttachmentId = Id
Limit = Annotated[int, Field(ge=1, le=100)]
Cursor = Annotated[str, StringConstraints(max_length=200)]


class Body(BaseModel):
    """What is sent; unknown fields are passed over."""

    model_config = ConfigDict(extra="ignore")


class SessionBody(Body):
    js_code: Annotated[str, StringConstraints(min_length=1, max_length=256)] | None = None


class PhoneCodeBody(Body):
    """The code that the mini-program gets from WeChat when somebody agrees to give their number."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=256)]


class ReceiptBody(Body):
    receipt: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class SubjectBody(Body):
    name: Word = ""
    post: Word = ""
    unit: Word = ""


class IdentityBody(Body):
    mode: Literal["anonymous", "named"]
    name: Word = ""
    phone: Word = ""


class LocationBody(Body):
    """Degrees from the phone, or the name of a picked place, or both."""

    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None
    label: Word = ""


class ReportBody(Body):
    entry: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    level: Level
    text: Said = ""
    kind: Kind | None = None
    subject: SubjectBody | None = None
    identity: IdentityBody
    disclosure: Annotated[str, StringConstraints(max_length=64)] | None = None
    appeal_of: (
        Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, max_length=16)] | None
    ) = None
    occurred_on: date | None = None
    location: LocationBody | None = None
    attachments: Annotated[list[AttachmentId], Field(max_length=MAX_ATTACHMENTS)] = []
    avoid: Annotated[list[Literal["township", "liaison"]], Field(max_length=2)] = []


class MessageBody(Body):
    text: Said = ""
    attachments: Annotated[list[AttachmentId], Field(max_length=MAX_ATTACHMENTS)] = []


class RequestBody(Body):
    """Asked for in words: recusal, protection."""

    text: Annotated[Said, StringConstraints(min_length=1)]


class RatingBody(Body):
    result: Rating
    text: Annotated[Said, StringConstraints(max_length=500)] = ""


class PageQuery(Body):
    limit: Limit = 20
    cursor: Cursor = ""


class DisclosureQuery(PageQuery):
    area: Annotated[str, StringConstraints(max_length=32)] = ""
    kind: DisclosureKind | Literal[""] = ""


class Named(BaseModel):
    code: str
    name: str


class Place(Named):
    path: list[str]


class Session(BaseModel):
    token: str
    expires_in: int
    role: str


class OpenedReceipt(BaseModel):
    token: str
    expires_in: int
    number: str


class Ended(BaseModel):
    message: str


class Telephone(BaseModel):
    phone: str


class Entry(BaseModel):
    code: str
    purpose: str
    area: Named
    region: Place
    telephone: str
    questions: list[str]


class Areas(BaseModel):
    items: list[Named]
    next_cursor: None = None


class Beneficiary(BaseModel):
    name: str
    amount: str


class DisclosureItem(BaseModel):
    code: str
    kind: str
    title: str
    amount: float | None
    date: date | None
    text: str
    beneficiaries: list[Beneficiary]
    area: Named
    region: Named


class Disclosures(BaseModel):
    items: list[DisclosureItem]
    next_cursor: str | None


class StoredAttachment(BaseModel):
    id: str


class FiledReport(BaseModel):
    """`receipt` is shown this once."""

    number: str
    receipt: str
    status: Status


class ReportItem(BaseModel):
    number: str
    status: Status
    status_text: str
    area: Named
    region: Place
    submitted_at: datetime


class Reports(BaseModel):
    items: list[ReportItem]
    next_cursor: str | None


class MessageItem(BaseModel):
    at: datetime
    speaker: Annotated[Literal["me", "staff", "system"], Field(serialization_alias="from")]
    text: str
    attachments: list[str]


class QuestionItem(BaseModel):
    """What staff would like to know; any answer will do, `options` are the likely ones."""

    id: str
    text: str
    options: list[str]


class OpenedReport(ReportItem):
    messages: list[MessageItem]
    question: QuestionItem | None
    rating: str | None
    may: list[str]


class Me(BaseModel):
    """`held` says in words what is kept about the asking person."""

    role: str
    reports: int
    named_reports: int
    unfiled_attachments: int
    expires_in: int
    held: list[str]


class Cut(BaseModel):
    """`stays` says in words what is kept all the same, and why."""

    cut_reports: int
    message: str
    stays: list[str]


class FieldError(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457; `type` is stable, `title` is for people."""

    type: str
    title: str
    status: int
    errors: list[FieldError] | None = None
