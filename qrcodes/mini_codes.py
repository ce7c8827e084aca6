"""The mini-program's code of an entry: permanent and not counted, drawn by WeChat when a phone first asks for it."""

import asyncio
import logging
import re
from datetime import datetime, timedelta
from typing import Final

from aiohttp import web

from clients.clock import Clock
from clients.wechat import WeChatAccount, WeChatError
from qrcodes.errors import MiniPageWrong

log = logging.getLogger(__name__)
PATH: Final = "/wxa/getwxacodeunlimit"
WIDTH: Final = 280
LARGEST: Final = 1_000_000
PAGE: Final = re.compile(r"([\w-][\w/-]{0,127})(?:@(release|trial|develop))?", re.ASCII)
PATIENCE_SECONDS: Final = 5.0
REST: Final = timedelta(seconds=60)
MOST_KEPT: Final = 200
"""Pictures of some 50 kB; the 5,000 a minute that WeChat draws are far."""


class MiniCodes:
    """One per process. After a failure (a page that is not released, too) it leaves WeChat alone for a while."""

    def __init__(self, mini: WeChatAccount, *, page: str, clock: Clock) -> None:
        """`page` as in the settings: `pages/entry/index`, or `…@trial`. Raises `MiniPageWrong`."""
        self._mini = mini
        self._page, self._version = read_page(page)
        self._clock = clock
        self._kept: dict[str, bytes] = {}
        self._resting_until: datetime | None = None

    def may_be_had(self, code: str) -> bool:
        return code in self._kept or not self._is_resting()

    async def picture_for(self, code: str) -> bytes | None:
        if code in self._kept or self._is_resting():
            return self._kept.get(code)
        try:
            picture = await asyncio.wait_for(self._draw(code), PATIENCE_SECONDS)
        except (WeChatError, TimeoutError) as exc:
            log.warning("mini_code_not_made", extra={"reason": type(exc).__name__})
            self._resting_until = self._clock.now() + REST
            return None
        if len(self._kept) >= MOST_KEPT:
            self._kept.pop(next(iter(self._kept)))
        self._kept[code] = picture
        return picture

    async def _draw(self, code: str) -> bytes:
        """The scene may have 32 characters, a code has 12; a page can be checked only where it is released."""
        asked = {
            "scene": code,
            "page": self._page,
            "check_path": self._version == "release",
            "env_version": self._version,
            "width": WIDTH,
        }
        return await self._mini.post_for_file(PATH, asked, max_bytes=LARGEST)

    def _is_resting(self) -> bool:
        return self._resting_until is not None and self._clock.now() < self._resting_until


def read_page(given: str) -> tuple[str, str]:
    found = PAGE.fullmatch(given)
    if found is None:
        raise MiniPageWrong
    return found[1], found[2] or "release"


MINI_CODES: web.AppKey[MiniCodes] = web.AppKey("mini_codes", MiniCodes)
