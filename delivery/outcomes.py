"""What became of one try to deliver: stable keys, kept on the row and shown by the console in words."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """`channel` is text (a customer-service message) or template."""

    channel: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TryAgain:
    """`not_before`: when trying earlier would be in vain, and spend quota."""

    reason: str
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    reason: str
    channel: str = ""


Outcome = Sent | TryAgain | Failed
