"""Every refusal as application/problem+json (RFC 9457), made in one place."""

from typing import Any

import orjson
from aiohttp import web
from pydantic import ValidationError

from miniapp_api.errors import FieldsWrong, SessionUnknown, TooMany, status_of
from miniapp_api.texts import FIELD_MESSAGES, FIELD_WRONG
from models.errors import DomainError
from surveys.errors import AnswersWrong

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def problem(refusal: DomainError, *, headers: dict[str, str] | None = None) -> web.Response:
    status = status_of(refusal)
    told: dict[str, Any] = {"type": refusal.key, "title": refusal.message, "status": status}
    sent = HEADERS | (headers or {})
    if isinstance(refusal, FieldsWrong | AnswersWrong):
        told["errors"] = [{"field": name, "message": message} for name, message in refusal.errors]
    if isinstance(refusal, TooMany):
        sent["Retry-After"] = str(refusal.retry_after)
    if isinstance(refusal, SessionUnknown):
        sent["WWW-Authenticate"] = "Bearer"
    return web.Response(
        body=orjson.dumps(told), status=status, headers=sent, content_type="application/problem+json"
    )


def in_words(wrong: ValidationError) -> FieldsWrong:
    """pydantic's findings, each as a field and a sentence; what was sent is never repeated."""
    told = [
        (_field(error["loc"]), _sentence(error))
        for error in wrong.errors(include_url=False, include_input=False)
    ]
    return FieldsWrong(list(dict.fromkeys(told)))


def _field(path: tuple[int | str, ...]) -> str:
    # where a field may be one of several types, pydantic adds the type it tried: no part of the address
    return ".".join(str(part) for part in path if str(part).isidentifier() or isinstance(part, int)) or "body"


def _sentence(error: Any) -> str:
    return FIELD_MESSAGES.get(error["type"], FIELD_WRONG).format_map(_Plain(error.get("ctx") or {}))


class _Plain(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return ""
