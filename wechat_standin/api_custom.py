"""Customer-service messages and the typing sign."""

from __future__ import annotations

from typing import Any

from wechat_standin.errors import ApiError
from wechat_standin.gate import Ask, api_route
from wechat_standin.people import Person
from wechat_standin.texts import AI_LINE

TEXT_BYTES = 2048
EXCHANGE_SECONDS = 30.0
TYPING_SECONDS = 15.0
MEDIA_TYPES = ("image", "voice", "video")


async def send(ask: Ask) -> dict[str, Any]:
    body = ask.json()
    person = follower(ask, body.get("touser"))
    kind, content = _content(ask, body)
    now = ask.standin.clock.now()
    person.windows.spend(now=now)
    person.last_exchange_at, person.typing_until = now, 0.0
    if isinstance(body.get("aimsgcontext"), dict) and body["aimsgcontext"].get("is_ai_msg") == 1:
        content = {**content, "ai": AI_LINE}
    person.show(at=now, sender="account", kind="custom", type=kind, content=content)
    return {"errcode": 0, "errmsg": "ok"}


async def typing(ask: Ask) -> dict[str, Any]:
    body = ask.json()
    person = follower(ask, body.get("touser"))
    now, command = ask.standin.clock.now(), body.get("command")
    if command not in ("Typing", "CancelTyping"):
        raise ApiError(45072)
    if now - person.last_exchange_at > EXCHANGE_SECONDS:
        raise ApiError(45080)
    if command == "Typing" and person.typing_until > now:
        raise ApiError(45081)
    person.typing_until = now + TYPING_SECONDS if command == "Typing" else 0.0
    person.tell("typing", {"seconds": TYPING_SECONDS if command == "Typing" else 0})
    return {"errcode": 0, "errmsg": "ok"}


def follower(ask: Ask, openid: object) -> Person:
    """ApiError 40003 for an openid that is not ours, 43004 for somebody who does not follow."""
    person = ask.standin.people.find(openid)
    if person is None:
        raise ApiError(40003)
    if not person.following:
        raise ApiError(43004)
    return person


def _content(ask: Ask, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    kind = body.get("msgtype")
    inner = body.get(kind) if isinstance(kind, str) else None
    if not isinstance(kind, str) or not isinstance(inner, dict):
        raise ApiError(45162)
    if kind == "text":
        return kind, {"text": _text(inner.get("content"))}
    if kind in MEDIA_TYPES:
        media = ask.standin.media.get(inner.get("media_id"))
        return kind, {"media_id": media.media_id, "src": f"/_standin/media/{media.media_id}"}
    if kind == "news":
        articles = inner.get("articles")
        if not isinstance(articles, list) or len(articles) != 1:
            raise ApiError(45008)
        return kind, {"articles": articles}
    if kind == "msgmenu":
        return kind, _msgmenu(inner)
    if kind == "miniprogrampage":
        return kind, {"title": inner.get("title", ""), "pagepath": inner.get("pagepath", "")}
    raise ApiError(45162)


def _msgmenu(inner: dict[str, Any]) -> dict[str, Any]:
    entries = inner.get("list")
    if not isinstance(entries, list) or not all(
        isinstance(each, dict) and each.get("id") and each.get("content") for each in entries
    ):
        raise ApiError(47001)
    return {
        "head": inner.get("head_content", ""),
        "list": [{"id": str(each["id"]), "content": str(each["content"])} for each in entries],
        "tail": inner.get("tail_content", ""),
    }


def _text(content: object) -> str:
    if not isinstance(content, str) or not content:
        raise ApiError(44004, "empty content")
    if len(content.encode()) > TEXT_BYTES:
        raise ApiError(45002)
    return content


ROUTES = [
    api_route("/cgi-bin/message/custom/send", send, needs="oa"),
    api_route("/cgi-bin/message/custom/typing", typing, needs="oa"),
]
