"""What is about to be published passes the platform's check, and a refusal says which words and what to do."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from clients.content_check import (
    CheckerAway,
    ContentCheck,
    ContentDoubtful,
    ContentNotChecked,
    ContentRefused,
)
from clients.wechat import WeChatAccount
from wechat_standin import Fault, Settings, StandIn, serve

PATH = "/wxa/msg_sec_check"


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    platform = StandIn(Settings(callback_url="http://127.0.0.1:1/wechat", retries=0, push_timeout=0.2))
    runner = await serve(platform, port=0)
    yield platform
    await runner.cleanup()


@pytest.fixture
async def check(standin: StandIn) -> AsyncIterator[ContentCheck]:
    """In the name of a colleague who has just opened the mini-program."""
    known = standin.settings
    colleague = standin.add_person("colleague")
    async with aiohttp.ClientSession() as http:
        mini = WeChatAccount(
            appid=known.mini_app_id,
            secret=known.mini_secret,
            http=http,
            base_url=standin.public_url,
            timeout=2,
        )
        await mini.code_to_session(standin.mini_login(colleague.openid))
        yield ContentCheck(mini, openid=colleague.mini_openid)


async def test_what_is_fit_passes_and_every_word_of_it_was_asked_about(
    check: ContentCheck, standin: StandIn
) -> None:
    long = "".join(chr(0x4E00 + number % 5000) for number in range(6000))
    await check(["春季补助", "", long], is_reviewed=False)
    asked = [str(call.body["content"]) for call in standin.record.calls if call.path == PATH]
    assert all(0 < len(piece) <= 2500 for piece in asked) and asked[0] == "春季补助"
    assert all(any(long[at : at + 100] in piece for piece in asked) for at in range(5900))


async def test_a_refusal_names_the_words_and_the_reason(check: ContentCheck, standin: StandIn) -> None:
    standin.verdicts = {"贷款": ("risky", 10001), "集会": ("review", 20001)}
    with pytest.raises(ContentRefused, match="content-refused") as refused:
        await check(["好的", "低息贷款找我"], is_reviewed=True)
    assert "低息贷款找我" in refused.value.message and "广告" in refused.value.message
    with pytest.raises(ContentDoubtful) as doubtful:
        await check(["村民集会"], is_reviewed=False)
    assert "已人工复核" in doubtful.value.message
    await check(["村民集会"], is_reviewed=True)


async def test_when_it_cannot_be_asked_nothing_passes(check: ContentCheck, standin: StandIn) -> None:
    for fault in (
        Fault(path=PATH, kind="status", status=502),
        Fault(path=PATH, kind="errcode", errcode=45009),
    ):
        standin.faults.add(fault)
        with pytest.raises(ContentNotChecked, match="content-not-checked"):
            await check(["春季补助"], is_reviewed=True)
    standin.clock.offset = 3 * 3600
    with pytest.raises(CheckerAway):
        await check(["春季补助"], is_reviewed=True)
