"""A voice sent in the chat is heard in the page: by whoever sent it, a few at a time, and by nobody else."""

from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from playwright.async_api import Page, expect

from clients import amr
from miniapp_api import limits
from models.entry_code import EntryCode
from tests.miniapp_api.browsing import address, picture
from tests.miniapp_api.conftest import Phone
from wechat_standin import samples

HEARD = """async it => {
  const ended = new Promise(done => { it.onended = () => done("ended"); it.onerror = () => done("error") })
  it.playbackRate = 4
  await it.play()
  return [await ended, it.duration]
}"""


@pytest.fixture
def world_name() -> str:
    """What is decoded does not depend on the database."""
    return "sqlite"


async def test_its_owner_gets_sound_and_a_photo_has_none(
    phone: Phone, entry: EntryCode, photo: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = (await phone.upload(samples.voice(seconds=2))).body["id"]
    picture = (await phone.upload(photo)).body["id"]
    receipt = (await phone.file(entry.code, attachments=[voice, picture])).body["receipt"]
    opened = await Phone(phone.client).post("/receipts", {"receipt": receipt})
    for owner in (phone, Phone(phone.client, token=opened.body["token"])):
        heard = await owner.get(f"/attachments/{voice}/sound")
        assert (heard.status, heard.headers["Content-Type"]) == (200, "audio/wav")
        assert len(heard.raw) == 44 + 2 * 2 * 8000 and heard.headers["Cache-Control"] == "no-store"
        assert heard.headers["Content-Security-Policy"].startswith("sandbox")
    assert (await phone.get(f"/attachments/{picture}/sound")).body["type"] == "attachment-not-found"
    monkeypatch.setattr(limits, "MESSAGES_A_MINUTE", 1)
    assert (await phone.get(f"/attachments/{voice}/sound")).status == 429


async def test_what_cannot_be_played_is_said_and_still_taken_down(
    page: Page, client: TestClient[Any, Any], phone: Phone, entry: EntryCode, tmp_path: Path
) -> None:
    voice = (await phone.upload(samples.voice(seconds=3))).body["id"]
    receipt = (await phone.file(entry.code, attachments=[voice])).body["receipt"]
    await page.goto(address(client) + "#find")
    await page.get_by_label("回执码（16 位数字）").fill(receipt)
    await page.get_by_role("button", name="查询").click()
    program, amr.PROGRAM = amr.PROGRAM, Path("/nowhere.py")  # type: ignore[misc]
    try:
        await page.get_by_role("button", name="听这段语音").click()
        await expect(page.get_by_text("这段语音现在放不出来")).to_be_visible()
    finally:
        amr.PROGRAM = program  # type: ignore[misc]
    await expect(page.get_by_role("link", name="下载到手机上听")).to_be_visible()
    await picture(page, tmp_path, "unheard")
    await page.get_by_role("button", name="听这段语音").click()
    await expect(page.locator("#messages audio")).to_be_visible()
    assert await page.locator("#messages audio").evaluate(HEARD) == ["ended", 3]
    await picture(page, tmp_path, "heard")
