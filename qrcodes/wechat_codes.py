"""The official account's own code for an entry: a temporary parametric QR, made when first asked for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiohttp import web

from clients.clock import Clock
from clients.wechat import QrTicket, WeChatError
from models.entry_code import EntryCode

log = logging.getLogger(__name__)
LIFETIME_SECONDS = 30 * 24 * 3600
# The page was loaded a while ago when somebody presses on the picture.
_MARGIN = timedelta(hours=1)
_PATIENCE_SECONDS = 3.0
_REST = timedelta(seconds=30)

MakeCode = Callable[[str, int], Awaitable[QrTicket]]
"""`WeChatAccount.create_qrcode`: takes the scene and the wished lifetime in seconds."""


class WeChatCodes:
    """One per process. After a failure it leaves WeChat alone for a while: pages must not wait for it."""

    def __init__(self, *, make: MakeCode, clock: Clock) -> None:
        self._make = make
        self._clock = clock
        self._resting_until: datetime | None = None

    async def text_for(self, entry: EntryCode) -> str | None:
        """What the square for `entry` holds, or None while WeChat cannot be had."""
        now = self._clock.now()
        if entry.wechat_url and entry.wechat_until and now < entry.wechat_until:
            return entry.wechat_url
        if self._resting_until is not None and now < self._resting_until:
            return None
        try:
            ticket = await asyncio.wait_for(self._make(entry.code, LIFETIME_SECONDS), _PATIENCE_SECONDS)
        except (WeChatError, TimeoutError) as exc:
            log.warning("wechat_code_not_made", extra={"reason": type(exc).__name__})
            self._resting_until = now + _REST
            return None
        until = now + timedelta(seconds=ticket.expires_in or LIFETIME_SECONDS) - _MARGIN
        await EntryCode.filter(code=entry.code).update(wechat_url=ticket.url, wechat_until=until)
        return ticket.url


WECHAT_CODES: web.AppKey[WeChatCodes] = web.AppKey("wechat_codes", WeChatCodes)
