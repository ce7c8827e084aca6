"""The people with phones: whom they follow, what their chat shows, and who is watching it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import Any, Literal

from wechat_standin.errors import ControlError
from wechat_standin.texts import NO_SUCH_PERSON
from wechat_standin.windows import Windows

Sender = Literal["me", "account", "system"]
Kind = Literal["me", "passive", "custom", "template", "notice"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bubble:
    """One thing in a chat. `type` is the message type; `content` its fields, ready for the phone."""

    seq: int
    at: float
    sender: Sender
    kind: Kind
    type: str
    content: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return {
            "seq": self.seq,
            "at": self.at,
            "from": self.sender,
            "kind": self.kind,
            "type": self.type,
            **self.content,
        }


@dataclass(slots=True, kw_only=True, eq=False)
class Person:
    """`scene` is the one they followed through; `last_exchange_at` the last message either way."""

    openid: str
    mini_openid: str
    unionid: str
    name: str
    following: bool = False
    followed_at: float = 0.0
    scene: str = ""
    blocks_templates: bool = False
    last_exchange_at: float = 0.0
    typing_until: float = 0.0
    session_key: str = ""
    mini_used_at: float = float("-inf")
    chat: list[Bubble] = field(default_factory=list)
    consents: dict[str, int] = field(default_factory=dict)
    sent_ids: dict[str, tuple[float, int]] = field(default_factory=dict)
    windows: Windows = field(default_factory=Windows)
    watchers: set[asyncio.Queue[tuple[str, dict[str, Any]]]] = field(default_factory=set)

    def as_json(self) -> dict[str, Any]:
        return {
            "openid": self.openid,
            "mini_openid": self.mini_openid,
            "unionid": self.unionid,
            "name": self.name,
            "following": self.following,
            "scene": self.scene,
        }

    def show(self, *, at: float, sender: Sender, kind: Kind, type: str, content: dict[str, Any]) -> Bubble:
        bubble = Bubble(seq=len(self.chat) + 1, at=at, sender=sender, kind=kind, type=type, content=content)
        self.chat.append(bubble)
        self.tell("bubble", bubble.as_json())
        return bubble

    def tell(self, event: str, data: dict[str, Any]) -> None:
        """Reaches every page that has this person's phone open."""
        for queue in self.watchers:
            queue.put_nowait((event, data))


class People:
    """Everybody, found by either openid."""

    def __init__(self, *, app_id: str, mini_app_id: str) -> None:
        self._app_id = app_id
        self._mini_app_id = mini_app_id
        self._by_openid: dict[str, Person] = {}
        self._by_mini: dict[str, Person] = {}

    def add(self, name: str, *, lasting: bool = False) -> Person:
        """`lasting` gives the same openids to the same name every time, over restarts too."""
        seed = name if lasting else secrets.token_hex(16)
        person = Person(
            openid=_openid(self._app_id, seed),
            mini_openid=_openid(self._mini_app_id, seed),
            unionid=_openid("unionid", seed),
            name=name,
        )
        self._by_openid[person.openid] = person
        self._by_mini[person.mini_openid] = person
        return person

    def all(self) -> list[Person]:
        return list(self._by_openid.values())

    def find(self, openid: object) -> Person | None:
        return self._by_openid.get(openid) if isinstance(openid, str) else None

    def find_mini(self, openid: object) -> Person | None:
        return self._by_mini.get(openid) if isinstance(openid, str) else None

    def get(self, openid: str) -> Person:
        person = self.find(openid)
        if person is None:
            raise ControlError(NO_SUCH_PERSON, status=404)
        return person

    def clear(self) -> None:
        self._by_openid.clear()
        self._by_mini.clear()


def _openid(app_id: str, seed: str) -> str:
    digest = hashlib.sha256(f"{app_id}|{seed}".encode()).digest()
    return "o" + base64.urlsafe_b64encode(digest).decode()[:27]
