"""WeChat's check of words that are about to be published; nothing a reporter said ever goes there (domain.md §6).

The platform takes the words from a person who used the mini-program within two hours: one of the office, named in
the settings.
"""

import asyncio
from collections.abc import Iterable, Iterator
from typing import Final

from clients.wechat import WeChatAccount, WeChatError, WeChatFailed
from models.errors import DomainError

LONGEST: Final = 2500
OVERLAP: Final = 100
AT_ONCE: Final = 8
SHOWN: Final = 20
SCENE_OF_ARTICLES: Final = 3
NOT_SEEN_LATELY: Final = 61010


class ContentRefused(DomainError):
    """`start` is how the words begin, `kind` what the platform holds them for."""

    key = "content-refused"

    KINDS: Final = {
        10001: "广告",
        20001: "时政",
        20002: "色情",
        20003: "辱骂",
        20006: "违法犯罪",
        20008: "欺诈",
        20012: "低俗",
        20013: "版权",
    }
    OTHER: Final = "其他"
    sentence = "“{start}…”没有通过微信平台的内容检测（{kind}），没有公开。请改好以后再试。"

    def __init__(self, text: str, *, label: int) -> None:
        self.start, self.kind = text[:SHOWN], self.KINDS.get(label, self.OTHER)
        super().__init__(self.sentence.format(start=self.start, kind=self.kind))


class ContentDoubtful(ContentRefused):
    key = "content-doubtful"

    sentence = (
        "微信平台对“{start}…”拿不准（{kind}），没有公开。请看一遍，确定可以公开，就勾选“已人工复核”再公开。"
    )


class ContentNotChecked(DomainError):
    key = "content-not-checked"
    message = "现在连不上微信平台的内容检测，没有公开，写的内容还在。请过几分钟再公开一次。"


class CheckerAway(ContentNotChecked):
    key = "content-checker-away"
    message = (
        "内容检测登记的微信号两小时内没有打开过小程序，没有公开。请用那个微信打开一次小程序，再公开一次。"
    )


class ContentCheck:
    """Asks for the mini-program `mini`, in the name of its user `openid`."""

    def __init__(self, mini: WeChatAccount, *, openid: str) -> None:
        self._mini, self._openid = mini, openid
        self._gate = asyncio.Semaphore(AT_ONCE)

    async def __call__(self, texts: Iterable[str], *, is_reviewed: bool) -> None:
        """Raises `ContentRefused`, `ContentNotChecked`, and for what a person must decide `ContentDoubtful`.

        `is_reviewed`: a person has decided already.
        """
        pieces = [piece for text in texts for piece in _pieces(text.strip())]
        for piece, (suggest, label) in zip(pieces, await self._asked(pieces), strict=True):
            if suggest == "pass" or (suggest == "review" and is_reviewed):
                continue
            raise (ContentDoubtful if suggest == "review" else ContentRefused)(piece, label=label)

    async def _asked(self, pieces: list[str]) -> list[tuple[str, int]]:
        try:
            return await asyncio.gather(*[self._ask(piece) for piece in pieces])
        except WeChatFailed as failed:
            raise (CheckerAway if failed.errcode == NOT_SEEN_LATELY else ContentNotChecked) from None
        except WeChatError:
            raise ContentNotChecked from None

    async def _ask(self, piece: str) -> tuple[str, int]:
        asked = {"version": 2, "openid": self._openid, "scene": SCENE_OF_ARTICLES, "content": piece}
        async with self._gate:
            answer = await self._mini.post("/wxa/msg_sec_check", data=asked)
        result = answer.get("result")
        if not isinstance(result, dict) or not isinstance(result.get("suggest"), str):
            raise ContentNotChecked
        label = result.get("label")
        return result["suggest"], label if isinstance(label, int) else 0


def _pieces(text: str) -> Iterator[str]:
    """Each overlaps the one before, so that a cut hides no word."""
    for start in range(0, len(text), LONGEST - OVERLAP):
        yield text[start : start + LONGEST]
        if start + LONGEST >= len(text):
            return
