"""The state of the platform, and how a push and its answer change a person's chat."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine, Mapping
from typing import Any, Self

from wechat_standin import texts
from wechat_standin.clock import Clock
from wechat_standin.errors import ControlError
from wechat_standin.faults import Faults
from wechat_standin.logins import Logins
from wechat_standin.media import MediaStore
from wechat_standin.people import People, Person
from wechat_standin.push import MiniPusher, Pusher
from wechat_standin.record import Push, Record
from wechat_standin.replies import BadReply, articles_of, read_reply
from wechat_standin.scenes import Scenes
from wechat_standin.settings import Settings
from wechat_standin.tokens import Tokens

BACKGROUND_EVENTS = frozenset({"TEMPLATESENDJOBFINISH", "unsubscribe", "VIEW", "view_miniprogram"})
ARTICLES_TO_MESSAGE, ARTICLES_TO_EVENT = 1, 8


class Parts:
    """Everything the stand-in knows. `public_url` is its own address as the product and the phone see it."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.clock = Clock(offset_file=self.settings.clock_file)
        self.record = Record()
        self.faults = Faults()
        self.pusher = Pusher(settings=self.settings, clock=self.clock, record=self.record)
        self.mini_pusher = MiniPusher(settings=self.settings, clock=self.clock, record=self.record)
        self.people = People(app_id=self.settings.app_id, mini_app_id=self.settings.mini_app_id)
        self.media = MediaStore(clock=self.clock, seconds=self.settings.media_seconds)
        self.scenes = Scenes(clock=self.clock, permanent_codes=self.settings.permanent_codes)
        self.logins = Logins(clock=self.clock)
        self.oa_tokens = self._tokens()
        self.mini_tokens = self._tokens()
        self.menu: list[dict[str, Any]] = []
        self.posters: list[dict[str, str]] = []
        self.public_url = ""
        # a word → what the check of texts says where it stands: pass, review or risky, and the label
        self.verdicts: dict[str, tuple[str, int]] = {}
        # Microseconds of the real clock: unique over restarts, as a product with a lasting inbox needs.
        self._last_id = time.time_ns() // 100
        self._tasks: set[asyncio.Task[Any]] = set()
        self._add_people()

    def reset(self) -> None:
        """People, chats, media, codes, tokens, menu, faults, record and clock are as at the start."""
        for part in (self.people, self.media, self.scenes, self.logins, self.faults, self.record):
            part.clear()
        self.oa_tokens, self.mini_tokens = self._tokens(), self._tokens()
        self.menu, self.verdicts = [], {}
        self.clock.offset = 0.0
        self._add_people()

    async def close(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.pusher.close()
        await self.mini_pusher.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def next_id(self) -> int:
        """MsgId and msgid: 64 bits, never twice."""
        self._last_id += 1
        return self._last_id

    def later(self, work: Coroutine[Any, Any, Any]) -> None:
        """Runs beside; `close` ends what is still running."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def push(self, person: Person, fields: Mapping[str, Any]) -> Push:
        """Delivers `fields` (MsgType and its own) as from this person; the reply lands in the chat."""
        head = {
            "ToUserName": self.settings.gh_id,
            "FromUserName": person.openid,
            "CreateTime": int(self.clock.now()),
        }
        push, answer = await self.pusher.send(person.openid, {**head, **fields})
        self._take_answer(person, push, answer)
        return push

    async def push_again(self, push_id: int, *, copies: int = 1) -> list[Push]:
        """The same bytes again, `copies` of them at once; the chat shows no answer a second time."""
        pushes = [each for each in self.record.pushes if each.id == push_id]
        if not pushes:
            raise ControlError(texts.NO_SUCH_PUSH, status=404)
        return list(await asyncio.gather(*(self._again(pushes[0]) for _ in range(copies))))

    async def _again(self, push: Push) -> Push:
        copy = Push(
            id=len(self.record.pushes) + 1,
            openid=push.openid,
            key=push.key,
            type=push.type,
            at=self.clock.now(),
            fields=push.fields,
            query=dict(push.query),
            body=push.body,
        )
        self.record.pushes.append(copy)
        self._read_answer(copy, await self.pusher.deliver(copy))
        return copy

    def _take_answer(self, person: Person, push: Push, answer: bytes | None) -> None:
        self._read_answer(push, answer)
        if not person.following:
            return
        if push.outcome == "failed" and push.type not in BACKGROUND_EVENTS:
            self.notice(person, texts.OUT_OF_SERVICE)
        if push.reply is not None:
            person.last_exchange_at = self.clock.now()
            person.show(
                at=self.clock.now(),
                sender="account",
                kind="passive",
                type=push.reply["MsgType"],
                content=self._content(push.reply),
            )

    def _read_answer(self, push: Push, answer: bytes | None) -> None:
        push.outcome, push.reason = "failed", "no answer"
        if answer is None:
            return
        try:
            push.reply = read_reply(
                answer,
                crypt=self.pusher.crypt,
                mode=self.pusher.mode,
                openid=push.openid,
                gh_id=self.settings.gh_id,
                most_articles=ARTICLES_TO_EVENT if "Event" in push.fields else ARTICLES_TO_MESSAGE,
            )
        except BadReply as error:
            push.reason = str(error)
            return
        push.outcome, push.reason = ("silent" if push.reply is None else "replied"), ""

    def notice(self, person: Person, words: str) -> None:
        person.show(at=self.clock.now(), sender="system", kind="notice", type="text", content={"text": words})

    def file_url(self, media_id: str) -> str:
        return f"{self.public_url}/_standin/media/{media_id}"

    def _content(self, reply: dict[str, Any]) -> dict[str, Any]:
        kind = reply["MsgType"]
        if kind == "text":
            return {"text": reply["Content"]}
        if kind == "news":
            return {
                "articles": [
                    {
                        "title": each.get("Title", ""),
                        "description": each.get("Description", ""),
                        "url": each.get("Url", ""),
                        "picurl": each.get("PicUrl", ""),
                    }
                    for each in articles_of(reply)
                ]
            }
        holder = reply.get(kind.capitalize())
        media_id = holder.get("MediaId", "") if isinstance(holder, dict) else ""
        return {"media_id": media_id, "src": f"/_standin/media/{media_id}"}

    def _tokens(self) -> Tokens:
        return Tokens(
            clock=self.clock, seconds=self.settings.token_seconds, overlap=self.settings.token_overlap
        )

    def _add_people(self) -> None:
        for name in self.settings.people:
            self.people.add(name, lasting=True)
