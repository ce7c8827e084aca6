"""Drafts that nobody files: asked about once after a day, and gone after thirty."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from tortoise.transactions import in_transaction

from bot import texts
from bot.discarding import discard_draft
from bot.ledger import Ledger
from bot.state import State
from bot.talks import Talk
from clients.database import rows
from clients.wechat import WeChatAccount, WeChatError
from delivery.periodic import tick
from delivery.quotas import Quotas
from models.conversation import Conversation
from models.fields import to_millis
from organisation.house import House

log = logging.getLogger(__name__)
EVERY_SECONDS, LOOK_SECONDS = 600, 60
ASKED_AFTER, DROPPED_AFTER = timedelta(days=1), timedelta(days=30)
AT_ONCE: Final = 200
# an answer of staff must find one message left
LEFT_FOR_STAFF: Final = 1
RESTING = """SELECT c.person_index, MAX(p.said_at) AS last FROM draft_piece p
  JOIN conversation c ON c.id = p.conversation_id
  GROUP BY c.person_index HAVING MAX(p.said_at) < $1 AND MAX(p.said_at) >= $2 ORDER BY last LIMIT $3"""


async def run_reminding(*, house: House, wechat: WeChatAccount, quotas: Quotas) -> None:
    """One of all processes asks and drops, until cancelled; a failure ends it, to be begun again."""
    while True:
        if await tick("drafts", every_seconds=EVERY_SECONDS, at=house.clock.now()):
            await remind(house=house, wechat=wechat, quotas=quotas)
        await asyncio.sleep(LOOK_SECONDS)


async def remind(*, house: House, wechat: WeChatAccount, quotas: Quotas) -> None:
    at = house.clock.now()
    for person in await _resting(since=at - DROPPED_AFTER, before=at - 10 * DROPPED_AFTER):
        async with in_transaction():
            await _drop(person, house=house, at=at)
    # only while the window of the last word is open: later nothing may be sent
    for person in await _resting(since=at - ASKED_AFTER, before=at - 2 * ASKED_AFTER):
        if quotas.later("draft", api="text", at=at) is not None:
            break
        async with in_transaction():
            asked = await _ask(person, house=house, at=at)
        if asked is not None:
            quotas.count("text", at=at)
            try:
                await wechat.send_text(*asked)
            except WeChatError as error:
                log.warning("draft_not_asked_about", extra={"reason": type(error).__name__})


async def _resting(*, since: datetime, before: datetime) -> Sequence[str]:
    """Whose last piece is from between the two moments."""
    found = await rows(RESTING, to_millis(since), to_millis(before), AT_ONCE)
    return [row["person_index"] for row in found]


async def _ask(person: str, *, house: House, at: datetime) -> tuple[str, str] | None:
    """Openid and question, when there is one to ask; the message is counted before it goes."""
    ledger, talk = await _locked(person, house=house, at=at)
    is_open = talk.window_until is not None and talk.window_until > to_millis(at)
    openid = await _openid_of(talk)
    if talk.state.is_asked or not talk.state.pieces or not openid:
        return None
    if not is_open or talk.window_left <= LEFT_FOR_STAFF:
        return None
    talk.state = talk.state._replace(is_asked=True)
    talk.window_left -= 1
    await ledger.keep(talks=[talk], at=at)
    day = (at + DROPPED_AFTER - ASKED_AFTER).astimezone(house.timezone)
    return openid, texts.DRAFT_RESTS.format(count=talk.state.pieces, month=day.month, day=day.day)


async def _drop(person: str, *, house: House, at: datetime) -> None:
    ledger, talk = await _locked(person, house=house, at=at)
    await discard_draft(talk.id, house=house)
    talk.state = State(entry=talk.state.entry, dropped=talk.state.pieces)
    await ledger.keep(talks=[talk], at=at)


async def _locked(person: str, *, house: House, at: datetime) -> tuple[Ledger, Talk]:
    ledger = Ledger(house.vault)
    talks = await ledger.lock({person: ""}, at=at)
    return ledger, talks[person]


async def _openid_of(talk: Talk) -> str:
    """Empty once the person has unfollowed."""
    row = await Conversation.get(id=talk.id)
    if row.sealed_openid is None or not talk.is_following:
        return ""
    return talk.key.open_text(bytes(row.sealed_openid), place=f"conversation:{talk.id}:openid")
