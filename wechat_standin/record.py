"""The record of every push and every API call, for assertions and for the page that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

SECRET_KEYS = frozenset({"secret", "access_token", "appsecret", "session_key", "ticket", "js_code"})
HIDDEN = "***"


@dataclass(slots=True, kw_only=True)
class Call:
    """One API call as it came and as it was answered; `errcode` is 0 for success and for images."""

    at: float
    method: str
    path: str
    query: dict[str, str]
    body: Any
    status: int
    errcode: int
    elapsed: float
    answer: Any = None
    fault: str = ""

    def as_json(self, *, with_secrets: bool = False) -> dict[str, Any]:
        hide = _shown if with_secrets else hidden
        return {
            "at": self.at,
            "method": self.method,
            "path": self.path,
            "query": hide(self.query),
            "body": hide(self.body),
            "status": self.status,
            "errcode": self.errcode,
            "elapsed": self.elapsed,
            "answer": hide(self.answer),
            "fault": self.fault,
        }


@dataclass(slots=True, kw_only=True)
class Attempt:
    """`status` None: there was no answer, and `error` says why (timeout, connection)."""

    at: float
    elapsed: float
    status: int | None
    error: str = ""


@dataclass(slots=True, kw_only=True)
class Push:
    """One message or event on its way to the callback. `outcome`: pending, silent, replied or failed."""

    id: int
    openid: str
    key: str
    type: str
    at: float
    fields: dict[str, Any]
    query: dict[str, str]
    body: bytes
    attempts: list[Attempt] = field(default_factory=list)
    outcome: str = "pending"
    reason: str = ""
    reply: dict[str, Any] | None = None
    elapsed: float = 0.0

    @property
    def status(self) -> int | None:
        return self.attempts[-1].status if self.attempts else None

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "openid": self.openid,
            "key": self.key,
            "type": self.type,
            "at": self.at,
            "fields": self.fields,
            "attempts": [
                {"at": each.at, "elapsed": each.elapsed, "status": each.status, "error": each.error}
                for each in self.attempts
            ],
            "status": self.status,
            "outcome": self.outcome,
            "reason": self.reason,
            "reply": self.reply,
            "elapsed": self.elapsed,
        }


@dataclass(slots=True)
class Record:
    calls: list[Call] = field(default_factory=list)
    pushes: list[Push] = field(default_factory=list)

    def calls_to(self, path: str) -> list[Call]:
        return [each for each in self.calls if each.path == path]

    def pushes_to(self, openid: str) -> list[Push]:
        return [each for each in self.pushes if each.openid == openid]

    def clear(self) -> None:
        self.calls.clear()
        self.pushes.clear()


def _shown(value: Any) -> Any:
    return value


def hidden(value: Any) -> Any:
    """The same value with every secret starred out."""
    if isinstance(value, dict):
        return {key: HIDDEN if key in SECRET_KEYS else hidden(each) for key, each in value.items()}
    if isinstance(value, list):
        return [hidden(each) for each in value]
    return value
