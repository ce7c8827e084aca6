"""Promises about fetching: what was said in the chat is kept before WeChat throws it away, whatever fails."""

import asyncio
import contextlib
import io
from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest
from PIL import Image

from clients.wechat import WeChatAccount
from intake.attachments import discard, expect_media, read_attachment
from intake.draft import Draft
from intake.fetching import fetch_due, run_fetching
from intake.submit import submit
from models.attachment import Attachment
from models.choices import AttachmentKind, AttachmentStatus, Channel
from models.conversation import Conversation
from organisation.house import House
from tests.factories import make_entry, make_organisation
from tests.waiting import until
from wechat_standin import Fault, Settings, StandIn, serve

MEDIA = "/cgi-bin/media/get"
AMR = b"#!AMR\n" + (bytes([7 << 3 | 4]) + b"\x55" * 31) * 120


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    platform = StandIn(Settings(callback_url="http://127.0.0.1:1/wechat", retries=0, push_timeout=0.2))
    runner = await serve(platform, port=0)
    yield platform
    await runner.cleanup()


@pytest.fixture
async def wechat(standin: StandIn) -> AsyncIterator[WeChatAccount]:
    settings = standin.settings
    async with aiohttp.ClientSession() as http:
        yield WeChatAccount(
            appid=settings.app_id, secret=settings.secret, http=http, base_url=standin.public_url, timeout=2
        )


def photo() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(buffer, "JPEG", comment=b"SECRET")
    return buffer.getvalue()


async def said(
    house: House, standin: StandIn, data: bytes, *, kind: AttachmentKind = AttachmentKind.PHOTO
) -> Attachment:
    name = {"photo": "image", "voice": "voice", "video": "video"}[str(kind)]
    media = standin.media.add(kind=name, data=data, content_type="application/octet-stream", name="x")
    conversation, _ = await Conversation.get_or_create(
        person_index="a" * 64,
        defaults={"data_key": b"", "sealed_state": b"", "changed_at": house.clock.now()},
    )
    return await expect_media(media.media_id, kind=kind, house=house, conversation_id=conversation.id)


def shift(house: House, tmp_offset: float) -> None:
    house.clock._offset_file.write_text(str(tmp_offset))  # type: ignore[union-attr]


async def test_photos_and_voices_are_fetched_cleaned_and_sealed(
    house: House, standin: StandIn, wechat: WeChatAccount
) -> None:
    seen = await said(house, standin, photo())
    heard = await said(house, standin, AMR, kind=AttachmentKind.VOICE)
    assert await fetch_due(house=house, wechat=wechat) == 2
    seen, heard = await Attachment.get(id=seen.id), await Attachment.get(id=heard.id)
    assert (seen.status, seen.content_type, seen.sealed_source) == (
        AttachmentStatus.STORED,
        "image/jpeg",
        None,
    )
    assert b"SECRET" not in await read_attachment(seen, house=house)
    assert (heard.status, heard.seconds) == (AttachmentStatus.STORED, 3)
    assert await fetch_due(house=house, wechat=wechat) == 0


async def test_it_works_after_the_report_was_filed_too(
    house: House, standin: StandIn, wechat: WeChatAccount
) -> None:
    await make_organisation(house)
    waiting = await said(house, standin, photo())
    draft = Draft(
        entry=await make_entry(),
        level="none",
        text="x",
        channel=Channel.CHAT,
        person_index="a" * 64,
        conversation_id=waiting.conversation_id,
        attachments=(waiting.id,),
    )
    await submit(draft, house=house)
    await fetch_due(house=house, wechat=wechat)
    filed = await Attachment.get(id=waiting.id)
    assert filed.is_under_report
    assert (await read_attachment(filed, house=house))[:2] == b"\xff\xd8"


@pytest.mark.parametrize("fault", ["status", "reset", "errcode", "text"])
async def test_a_passing_failure_is_tried_again_within_thirty_seconds(
    house: House, standin: StandIn, wechat: WeChatAccount, fault: str
) -> None:
    standin.faults.add(Fault(path="/cgi-bin/media/get", kind=fault, times=2 if fault == "reset" else 1))  # type: ignore[arg-type]
    waiting = await said(house, standin, photo())
    await fetch_due(house=house, wechat=wechat)
    after = await Attachment.get(id=waiting.id)
    if fault != "text":
        assert after.status is AttachmentStatus.WAITING and after.reason
        assert after.next_at - house.clock.now() <= timedelta(seconds=30)
        shift(house, 31)
        await fetch_due(house=house, wechat=wechat)
        after = await Attachment.get(id=waiting.id)
    assert after.status is AttachmentStatus.STORED


async def test_what_wechat_threw_away_is_said_to_be_gone(
    house: House, standin: StandIn, wechat: WeChatAccount
) -> None:
    waiting = await said(house, standin, photo())
    standin.media.expire()
    await fetch_due(house=house, wechat=wechat)
    after = await Attachment.get(id=waiting.id)
    assert (after.status, after.reason, after.sealed_source) == (AttachmentStatus.REFUSED, "expired", None)


async def test_after_three_days_nobody_asks_any_more(
    house: House, standin: StandIn, wechat: WeChatAccount
) -> None:
    standin.faults.add(Fault(path="/cgi-bin/media/get", kind="status", times=None))
    waiting = await said(house, standin, photo())
    shift(house, 2.9 * 86400)
    await fetch_due(house=house, wechat=wechat)
    assert (await Attachment.get(id=waiting.id)).status is AttachmentStatus.WAITING
    shift(house, 3.1 * 86400)
    await fetch_due(house=house, wechat=wechat)
    assert (await Attachment.get(id=waiting.id)).status is AttachmentStatus.REFUSED


@pytest.mark.parametrize(
    ("data", "kind", "reason"),
    [
        (b"%PDF-1.7 not a picture", AttachmentKind.PHOTO, "file-kind-unknown"),
        (b"\xff\xd8\xff" + b"0" * 40, AttachmentKind.PHOTO, "photo-damaged"),
        (b"\xff\xd8\xff" + b"0" * 11_000_000, AttachmentKind.PHOTO, "too-large"),
        (b"video", AttachmentKind.VIDEO, "elsewhere"),
    ],
)
async def test_what_cannot_be_kept_says_why(
    house: House, standin: StandIn, wechat: WeChatAccount, data: bytes, kind: AttachmentKind, reason: str
) -> None:
    waiting = await said(house, standin, data, kind=kind)
    await fetch_due(house=house, wechat=wechat)
    after = await Attachment.get(id=waiting.id)
    assert (after.status, after.reason) == (AttachmentStatus.REFUSED, reason)


async def test_two_workers_never_fetch_the_same(
    house: House, standin: StandIn, wechat: WeChatAccount
) -> None:
    for _ in range(12):
        await said(house, standin, photo())
    while sum(await asyncio.gather(*(fetch_due(house=house, wechat=wechat) for _ in range(4)))):
        pass
    assert len(standin.record.calls_to(MEDIA)) == 12
    assert await Attachment.filter(status=AttachmentStatus.STORED).count() == 12


async def test_a_worker_that_died_leaves_its_work_to_the_next(
    house: House, standin: StandIn, wechat: WeChatAccount
) -> None:
    waiting = await said(house, standin, photo())
    standin.faults.add(Fault(path=MEDIA, kind="slow", seconds=1.5))
    fetching = asyncio.create_task(fetch_due(house=house, wechat=wechat))
    await until(lambda: not standin.faults.all())
    fetching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await fetching
    assert await fetch_due(house=house, wechat=wechat) == 0, "still leased"
    shift(house, 26)
    assert await fetch_due(house=house, wechat=wechat) == 1
    assert (await Attachment.get(id=waiting.id)).status is AttachmentStatus.STORED


async def test_a_draft_thrown_away_takes_its_photo_along(
    house: House, standin: StandIn, wechat: WeChatAccount, tmp_path: object
) -> None:
    waiting = await said(house, standin, photo())
    standin.faults.add(Fault(path=MEDIA, kind="slow", seconds=0.5))
    fetching = asyncio.create_task(fetch_due(house=house, wechat=wechat))
    await until(lambda: not standin.faults.all())
    await discard([waiting.id], conversation_id=waiting.conversation_id)
    await fetching
    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]  # type: ignore[operator]


async def test_the_loop_is_woken_and_fetches_at_once(
    house: House, standin: StandIn, wechat: WeChatAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.fetching.NAP_SECONDS", 600)
    loop = asyncio.create_task(run_fetching(house=house, wechat=wechat))
    await asyncio.sleep(0.1)
    waiting = await said(house, standin, photo())
    await house.coordination.wake("media")
    async with asyncio.timeout(20):
        while (await Attachment.get(id=waiting.id)).status is not AttachmentStatus.STORED:
            await asyncio.sleep(0.02)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
