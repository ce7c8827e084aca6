"""Photos and voices said in the chat are fetched from WeChat before it throws them away after three days."""

import asyncio
import logging
from datetime import datetime, timedelta
from typing import Final

from tortoise.queryset import QuerySet

from clients.database import rows
from clients.wechat import MediaUnavailable, WeChatAccount, WeChatFailed, WeChatUnreachable
from delivery.outbox import pause
from intake.attachments import attachment_key, fill
from intake.photos import AttachmentRefused
from models.attachment import Attachment
from models.choices import AttachmentStatus
from models.fields import to_millis
from organisation.house import House

log = logging.getLogger(__name__)

MAX_BYTES: Final = 10 * 1024 * 1024
AT_ONCE: Final = 4
LEASE: Final = timedelta(seconds=25)
GIVE_UP_AFTER: Final = timedelta(days=3)
NAP_SECONDS: Final = 1.0
MEDIA_EXPIRED: Final = 40007

# The lease is the next time it is due: a worker that dies leaves nothing behind.
# The outermost condition is looked at again on the locked row: what another worker took meanwhile drops out.
CLAIM = """WITH taken AS (
    SELECT id FROM attachment WHERE status = 'waiting' AND next_at <= $1
    ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED
  )
  UPDATE attachment SET lease_until = $2, next_at = $2, tries = tries + 1
  WHERE id IN (SELECT id FROM taken) AND status = 'waiting' AND next_at <= $1
  RETURNING id"""


async def run_fetching(*, house: House, wechat: WeChatAccount) -> None:
    """Fetches for as long as it runs; any number of these beside each other on PostgreSQL."""
    woken = house.coordination.waker("media")
    while True:
        woken.clear()
        try:
            fetched = await fetch_due(house=house, wechat=wechat)
        except Exception as exc:  # the loop outlives a database that is gone for a while
            log.warning("media_round_failed", extra={"error": type(exc).__name__})
            fetched = 0
        if fetched == 0:
            await _wait(woken)


async def _wait(woken: asyncio.Event) -> None:
    try:
        # not wait_for: on Python 3.11 it swallows a cancellation that meets the wake-up
        async with asyncio.timeout(NAP_SECONDS):
            await woken.wait()
    except TimeoutError:
        return


async def fetch_due(*, house: House, wechat: WeChatAccount) -> int:
    """Takes and settles a handful of those that are due; answers how many."""
    at = house.clock.now()
    taken = await rows(CLAIM, to_millis(at), to_millis(at + LEASE), AT_ONCE)
    await asyncio.gather(*(fetch(row["id"], house=house, wechat=wechat) for row in taken))
    return len(taken)


async def fetch(attachment_id: str, *, house: House, wechat: WeChatAccount) -> None:
    attachment = await Attachment.get_or_none(id=attachment_id)
    if attachment is None or attachment.sealed_source is None:
        return
    key = await attachment_key(attachment, house=house)
    media_id = key.open_text(bytes(attachment.sealed_source), place=f"attachment:{attachment.id}:source")
    try:
        content, _ = await wechat.download_media(media_id, max_bytes=MAX_BYTES)
        if not await fill(attachment, content, house=house):
            await _tidy(attachment_id, house=house)
    except MediaUnavailable as unavailable:
        await _refuse(attachment, reason=unavailable.reason)
    except AttachmentRefused as refused:
        await _refuse(attachment, reason=refused.key)
    except WeChatFailed as failed:
        if failed.errcode == MEDIA_EXPIRED:
            await _refuse(attachment, reason="expired")
        else:
            await _postpone(attachment, reason=f"errcode {failed.errcode}", at=house.clock.now())
    except WeChatUnreachable:
        await _postpone(attachment, reason="wechat-unreachable", at=house.clock.now())
    except OSError:
        # the media store is full or away; WeChat keeps the file meanwhile
        await _postpone(attachment, reason="store-unreachable", at=house.clock.now())


async def _refuse(attachment: Attachment, *, reason: str) -> None:
    await _still_mine(attachment).update(
        status=AttachmentStatus.REFUSED,
        reason=reason[:32],
        sealed_source=None,
        next_at=None,
        lease_until=None,
    )


async def _postpone(attachment: Attachment, *, reason: str, at: datetime) -> None:
    age = at - attachment.created_at
    if age >= GIVE_UP_AFTER:
        await _refuse(attachment, reason="expired")
        return
    next_at = at + pause(tries=attachment.tries, age=age)
    await _still_mine(attachment).update(next_at=next_at, lease_until=None, reason=reason[:32])


def _still_mine(attachment: Attachment) -> QuerySet[Attachment]:
    return Attachment.filter(id=attachment.id, status=AttachmentStatus.WAITING, tries=attachment.tries)


async def _tidy(attachment_id: str, *, house: House) -> None:
    """The draft was thrown away while its photo was on the way: the photo goes too."""
    if not await Attachment.exists(id=attachment_id):
        await house.media.drop(attachment_id)
