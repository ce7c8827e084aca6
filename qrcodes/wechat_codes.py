"""The official account's own code for an entry: a temporary parametric QR, made when first asked for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from aiohttp import web

from clients.clock import Clock
from clients.wechat import QrTicket, WeChatError
from models.entry_code import EntryCode
from qrcodes.entries import Entry

log = logging.getLogger(__name__)
LIFETIME_SECONDS = 30 * 24 * 3600
# The page was loaded a while ago when somebody presses on the picture.
_MARGIN = timedelta(hours=1)
_PATIENCE_SECONDS = 3.0
_REST = timedelta(seconds=30)

MakeCode = Callable[[str, int], Awaitable[QrTicket]]
"""`WeChatAccount.create_qrcode`: takes the scene and the wished lifetime in seconds."""


class WeChatCodes:
    """One per process. After a failure it leaves WeChat alone for a while; pages never wait, pictures do."""

    def __init__(self, *, make: MakeCode, clock: Clock) -> None:
        self._make = make
        self._clock = clock
        self._resting_until: datetime | None = None
        self._being_made: dict[str, asyncio.Task[str | None]] = {}

    def may_be_had(self, entry: Entry) -> bool:
        """Whether a page should show the picture; it is made when the phone asks for it."""
        return self._known(entry) is not None or not self._is_resting()

    async def text_for(self, entry: Entry) -> str | None:
        """What the square for `entry` holds, or None while WeChat cannot be had."""
        known = self._known(entry)
        if known is not None or self._is_resting():
            return known
        making = self._being_made.get(entry.code)
        if making is None:
            making = self._being_made[entry.code] = asyncio.create_task(self._new_text(entry.code))
            making.add_done_callback(lambda _made: self._being_made.pop(entry.code))
        return await asyncio.shield(making)

    def _known(self, entry: Entry) -> str | None:
        is_good = entry.wechat_until is not None and self._clock.now() < entry.wechat_until
        return entry.wechat_url or None if is_good else None

    def _is_resting(self) -> bool:
        return self._resting_until is not None and self._clock.now() < self._resting_until

    async def _new_text(self, code: str) -> str | None:
        now = self._clock.now()
        try:
            ticket = await asyncio.wait_for(self._make(code, LIFETIME_SECONDS), _PATIENCE_SECONDS)
        except (WeChatError, TimeoutError) as exc:
            log.warning("wechat_code_not_made", extra={"reason": type(exc).__name__})
            self._resting_until = now + _REST
            return None
        until = now + timedelta(seconds=ticket.expires_in or LIFETIME_SECONDS) - _MARGIN
        await EntryCode.filter(code=code).update(wechat_url=ticket.url, wechat_until=until)
        return ticket.url


WECHAT_CODES: web.AppKey[WeChatCodes] = web.AppKey("wechat_codes", WeChatCodes)
