"""Everybody passes one by one, many at a time: messages that wait together share one transaction.

While one group commits the next one gathers, so nobody waits long for company and a busy moment costs few
commits.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asyncpg.exceptions import InterfaceError, InternalClientError, PostgresError
from tortoise.exceptions import BaseORMException
from tortoise.transactions import in_transaction

from bot import texts
from bot.doing import keep_note, perform
from bot.effects import Enter, File
from bot.entering import Entries, enter
from bot.incoming import Incoming
from bot.ledger import Ledger, Talk, day_of
from bot.limits import refusal
from bot.saying import scanned_code, turn_of, window_of
from models.fields import to_millis
from organisation.house import House

log = logging.getLogger(__name__)
COMPANY = 64
# company comes at once after an answer: a commit and a dozen statements shared by more cost each one less
GATHERING_SECONDS = 0.002
PATIENCE_SECONDS = 4.0
HOUR_MILLIS = 3_600_000
# on PostgreSQL a lane mostly waits for answers, and others use the time
LANES_ON_POSTGRES = 3
DATABASE_TROUBLE = (BaseORMException, PostgresError, InterfaceError, InternalClientError, OSError)


@dataclass(slots=True, kw_only=True)
class Waiting:
    """One push at the turnstile; `key` is its blind index in the inbox."""

    incoming: Incoming
    person_index: str
    key: str
    answer: asyncio.Future[str]
    is_under_way: bool = False


class Turnstile:
    """`lanes` work side by side, each person always in the same one; SQLite has one writer, so one lane is best."""

    def __init__(self, house: House, *, lanes: int = 1) -> None:
        self._house = house
        self._ledger = Ledger(house.vault)
        self._lanes: list[asyncio.Queue[Waiting]] = [asyncio.Queue() for _ in range(lanes)]

    async def take(self, incoming: Incoming) -> str:
        """The answer to `incoming`, empty for none, once everything it changes is committed."""
        vault = self._house.vault
        waiting = Waiting(
            incoming=incoming,
            person_index=vault.index("oa", incoming.openid),
            key=vault.index("inbox", incoming.dedupe_key),
            answer=asyncio.get_running_loop().create_future(),
        )
        self._lanes[int(waiting.person_index[:8], 16) % len(self._lanes)].put_nowait(waiting)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                return await waiting.answer
        except TimeoutError:
            # WeChat gives up at five seconds; whoever was not called up by then never will be
            return texts.UNSURE if waiting.is_under_way else texts.BUSY

    async def run(self) -> None:
        """Lets groups through for as long as it runs."""
        async with asyncio.TaskGroup() as lanes:
            for queue in self._lanes:
                lanes.create_task(self._run_lane(queue))

    async def _run_lane(self, queue: asyncio.Queue[Waiting]) -> None:
        while True:
            group = [await queue.get()]
            await asyncio.sleep(GATHERING_SECONDS)
            while len(group) < COMPANY and not queue.empty():
                group.append(queue.get_nowait())
            waiting = [one for one in group if not one.answer.done()]
            for one in waiting:
                one.is_under_way = True
            if waiting:
                await self._let_through(waiting)

    async def _let_through(self, group: Sequence[Waiting]) -> None:
        try:
            answers = await self._commit(group)
        except DATABASE_TROUBLE as trouble:
            log.warning("turns_not_kept", extra={"reason": type(trouble).__name__, "count": len(group)})
            answers = [texts.BUSY] * len(group)
        except Exception as trouble:  # the outermost loop of the bot's worker
            log.error("turn_failed", extra={"reason": type(trouble).__name__, "count": len(group)})
            if len(group) > 1:
                for one in group:
                    await self._let_through([one])
                return
            answers = [await self._set_aside(group[0])]
        for one, answer in zip(group, answers, strict=True):
            if not one.answer.done():
                one.answer.set_result(answer)

    async def _commit(self, group: Sequence[Waiting]) -> list[str]:
        work = _Group(self._house, self._ledger, at=self._house.clock.now())
        async with in_transaction():
            answers = await work.work_off(group)
        for name in sorted(work.wakes):
            await self._house.coordination.wake(name)
        return answers

    async def _set_aside(self, one: Waiting) -> str:
        """Keeps a message that no code of ours could work off, sealed, for somebody to look at."""
        at = self._house.clock.now()
        try:
            async with in_transaction():
                talk = (await self._ledger.load({one.person_index: one.incoming.openid}, at=at))[
                    one.person_index
                ]
                body = talk.key.seal_json(dict(one.incoming.raw), place=f"inbox:{one.key}:body")
                answer = talk.key.seal_text(texts.KEPT_FOR_LATER, place=f"inbox:{one.key}:answer")
                aside = (one.key, talk.id, answer, body, day_of(at))
                await self._ledger.keep(pieces=(), inbox=[aside], at=at)
        except DATABASE_TROUBLE:
            return texts.BUSY
        return texts.KEPT_FOR_LATER


class _Group:
    """The work on one group of messages, inside its transaction; `wakes` names who has work once it commits."""

    def __init__(self, house: House, ledger: Ledger, *, at: datetime) -> None:
        self._house = house
        self._ledger = ledger
        self._at = at
        self._inbox: list[tuple[str, str, bytes | None, bytes | None, int]] = []
        self._pieces: list[tuple[str, str, str, bytes, int]] = []
        self._answers: dict[str, str] = {}
        self._entries = Entries()
        self.wakes: set[str] = set()

    async def work_off(self, group: Sequence[Waiting]) -> list[str]:
        talks = await self._ledger.load({one.person_index: one.incoming.openid for one in group}, at=self._at)
        await self._entries.read({code for one in group if (code := scanned_code(one.incoming))})
        answered = await self._ledger.answered({one.key for one in group})
        touched: dict[str, Talk] = {}
        for one in group:
            talk = talks[one.person_index]
            if one.key in answered:
                self._answers[one.key] = _given(talk, one.key, answered[one.key])
            elif one.key not in self._answers:
                self._answers[one.key] = await self._turn(one, talk)
                touched[talk.id] = talk
        await self._ledger.keep(pieces=self._pieces, inbox=self._inbox, talks=touched.values(), at=self._at)
        return [self._answers[one.key] for one in group]

    async def _turn(self, one: Waiting, talk: Talk) -> str:
        answer = (
            refusal(talk, at=self._at, timezone=self._house.timezone) if one.incoming.kind != "event" else ""
        )
        if not answer:
            answer = await self._converse(one, talk)
        sealed = talk.key.seal_text(answer, place=f"inbox:{one.key}:answer") if answer else None
        self._inbox.append((one.key, talk.id, sealed, None, day_of(self._at)))
        return answer

    async def _converse(self, one: Waiting, talk: Talk) -> str:
        self._open_window(one.incoming, talk)
        turn = turn_of(talk.state, one.incoming)
        if turn.note is not None:
            place = turn.state.pieces
            piece = await keep_note(turn.note, talk=talk, place=place, at=self._at, house=self._house)
            self._pieces.append(piece)
            if turn.note.media_id:
                self.wakes.add("media")
        talk.state = turn.state
        if turn.effect is None:
            return turn.answer
        if isinstance(turn.effect, Enter):
            return turn.answer or await enter(
                turn.effect, talk=talk, entries=self._entries, house=self._house
            )
        # what was said earlier in this very group must be there to be filed or forgotten
        await self._ledger.keep(pieces=self._pieces, inbox=(), at=self._at)
        self._pieces.clear()
        if isinstance(turn.effect, File):
            self.wakes.add("outbox")
        done = await perform(
            turn.effect, talk=talk, openid=one.incoming.openid, at=self._at, house=self._house
        )
        return turn.answer or done

    def _open_window(self, incoming: Incoming, talk: Talk) -> None:
        window = window_of(incoming)
        if window is None:
            return
        now, until = to_millis(self._at), to_millis(self._at + timedelta(seconds=window.seconds))
        if window.seconds > HOUR_MILLIS // 1000:
            # to the hour only: the moment of the last word is often the moment of filing
            until -= until % HOUR_MILLIS
        is_open = talk.window_until is not None and talk.window_until > now
        talk.window_left = max(window.messages, talk.window_left if is_open else 0)
        talk.window_until = max(until, talk.window_until or 0)


def _given(talk: Talk, key: str, row: tuple[str, bytes | None]) -> str:
    """The answer a repeated push was given the first time."""
    talk_id, sealed = row
    if sealed is None or talk_id != talk.id:
        return ""
    return talk.key.open_text(bytes(sealed), place=f"inbox:{key}:answer")
