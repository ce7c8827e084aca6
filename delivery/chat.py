"""The reporter's chat: the full text as customer-service messages while the window is open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tortoise.expressions import F

from clients.clock import Clock
from clients.database import changed
from clients.wechat import WeChatAccount, WeChatError, WeChatFailed
from delivery.breaker import Breaker
from delivery.notices import PROGRESS, PROGRESS_SAID, REPLY
from delivery.outbox import Claimed, rewrite
from delivery.outcomes import Outcome, Sent, TryAgain
from delivery.parts import split_text
from delivery.quotas import Quotas
from delivery.refusals import Alarms, is_ours_to_mend, outcome_of
from models.conversation import Conversation
from models.message import Message
from vault.keys import DataKey

SENT_PARTS = "sent_parts"
SPEND = """UPDATE conversation SET window_left = window_left - 1, version = version + 1
  WHERE id = $1 AND window_left > $2"""
GIVE_BACK = "UPDATE conversation SET window_left = window_left + 1, version = version + 1 WHERE id = $1"


def kept_for_staff(claimed: Claimed) -> int:
    """What only tells how a matter stands leaves one message for an answer of staff."""
    return 0 if claimed.notice == "report_reply" else 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    openid: str
    conversation: Conversation | None
    wechat: WeChatAccount
    alarms: Alarms
    breaker: Breaker
    quotas: Quotas

    @classmethod
    async def find(cls, person_index: str, **parts: Any) -> "Chat":
        return cls(conversation=await Conversation.get_or_none(person_index=person_index), **parts)

    async def deliver(
        self, claimed: Claimed, *, key: DataKey, values: dict[str, str], clock: Clock
    ) -> Outcome | None:
        """None when the chat is closed for what is still to be sent: then the template goes instead."""
        parts = split_text(await _text(claimed, key=key, values=values))
        done = int(values.get(SENT_PARTS, 0))
        if done < len(parts) and not self._has_room(len(parts) - done + kept_for_staff(claimed), clock=clock):
            return None
        return await self._send(parts[done:], done, claimed, key=key, values=values, clock=clock)

    def _has_room(self, count: int, *, clock: Clock) -> bool:
        known = self.conversation
        return (
            known is not None
            and known.window_until is not None
            and known.window_until > clock.now()
            and known.window_left >= count
        )

    async def _send(
        self,
        parts: Sequence[str],
        done: int,
        claimed: Claimed,
        *,
        key: DataKey,
        values: dict[str, str],
        clock: Clock,
    ) -> Outcome | None:
        for index, part in enumerate(parts, start=done + 1):
            at = clock.now()
            if (until := self.breaker.rests_until(at)) is not None:
                # a template has a quota of its own
                is_spent = self.breaker.is_quota_spent
                return None if is_spent else TryAgain(reason="channel-rests", not_before=until)
            if not await self._spend(kept=kept_for_staff(claimed)):
                return None
            self.quotas.count("text", at=at)
            try:
                await self.wechat.send_text(self.openid, part)
            except WeChatError as error:
                await self._give_back()
                self.breaker.failed(error, at=at)
                refused = await self._refused(error, at=at)
                return refused and self.breaker.put_off(refused, at=at)
            self.breaker.worked()
            self.alarms.clear()
            sealed = key.seal_json(values | {SENT_PARTS: str(index)}, place=f"outbox:{claimed.id}:payload")
            is_last = index == done + len(parts)
            if not is_last and not await rewrite(claimed, sealed_payload=sealed):
                return TryAgain(reason="timeout")
        return Sent(channel="text")

    async def _refused(self, error: WeChatError, *, at: datetime) -> Outcome | None:
        """None: this text will not go, but a template may."""
        if not isinstance(error, WeChatFailed) or error.is_passing or is_ours_to_mend(error):
            return outcome_of(error, alarms=self.alarms, channel="text", at=at)
        if error.not_following:
            return outcome_of(error, alarms=self.alarms, channel="text", at=at)
        if error.closes_window:
            await self._close()
        else:
            self.alarms.raise_for(error.errcode)
        return None

    async def _spend(self, *, kept: int) -> bool:
        """Before it goes, so that two who send at this moment do not both take the last but one."""
        return self.conversation is not None and bool(await changed(SPEND, self.conversation.id, kept))

    async def _give_back(self) -> None:
        if self.conversation is not None:
            await changed(GIVE_BACK, self.conversation.id)

    async def _close(self) -> None:
        """Unless the person has spoken meanwhile, which opened a new window."""
        if self.conversation is not None:
            known = Conversation.filter(id=self.conversation.id, window_until=self.conversation.window_until)
            await known.update(window_left=0, version=F("version") + 1)


async def mark_unfollowed(person_index: str) -> None:
    person = Conversation.filter(person_index=person_index)
    await person.update(is_following=False, version=F("version") + 1)


async def _text(claimed: Claimed, *, key: DataKey, values: dict[str, str]) -> str:
    """The line that says what it is, then the message in full where the notice carries one."""
    words = ""
    if claimed.message_id is not None:
        message = await Message.get(id=claimed.message_id)
        words = key.open_text(bytes(message.sealed_text), place=f"message:{message.id}:text")
    if claimed.notice == "report_progress":
        number, status = values.get("number", ""), values.get("status", "")
        if status and words.startswith(status):
            return PROGRESS_SAID.format(number=number, words=words)
        heading = PROGRESS.format(number=number, status=status)
        return f"{heading}\n{words}" if words else heading
    return REPLY.format(number=values.get("number", "")) + words
