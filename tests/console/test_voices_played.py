"""Voices of the chat, heard in the page: by whoever may read them, each time an event, and no script needed."""

from pathlib import Path

from playwright.async_api import Browser, Page

from clients import amr
from models.event import Event
from tests.console.test_pages_in_a_browser import address, chromium, looks_right, sign_in, world_name
from tests.console.test_reports_pages import attach
from wechat_standin import samples

__all__ = ["address", "chromium", "world_name"]
HEARD = """async it => {
  const ended = new Promise(done => { it.onended = () => done("ended"); it.onerror = () => done("error") })
  it.playbackRate = 4
  it.muted = true
  await it.play()
  return [await ended, it.duration, it.seekable.end(0)]
}"""


async def test_it_is_played_whole_and_in_parts_and_each_time_is_a_reading(browser, file):
    report = await file()
    voice = await attach(browser.house, report, samples.voice(seconds=2))
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    here = f"/console/attachments/{voice}/sound"
    assert f'src="{here}"' in browser.text and "下载语音（2 秒）" in browser.text
    answer = await browser.client.get(here)
    sound = await answer.read()
    assert (answer.status, answer.content_type, len(sound)) == (200, "audio/wav", 44 + 2 * 16000)
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    answer = await browser.client.get(here, headers={"Range": "bytes=44-99"})
    assert (answer.status, await answer.read()) == (206, sound[44:100])
    assert answer.headers["Content-Range"] == f"bytes 44-99/{len(sound)}"
    original = f"/console/attachments/{voice}"
    for asked, status, size in (("bytes=-5", 206, 5), ("bytes=9999-", 416, 0), ("lines=1-2", 200, 3206)):
        answer = await browser.client.get(original, headers={"Range": asked})
        assert (answer.status, len(await answer.read())) == (status, size), asked
    assert await Event.filter(action="attachment.read", object_id=voice, report_id=report.id).count() == 5


async def test_for_others_and_for_what_is_no_such_voice_there_is_nothing(opened_browser, file, office):
    report = await file()
    voice = await attach(office, report)
    other, reader = await opened_browser(), await opened_browser()
    await other.sign_in("t-west-a")
    assert (await other.get(f"/console/attachments/{voice}/sound")).status == 404
    assert (await other.get(f"/console/attachments/{'x' * 22}/sound")).status == 404
    assert not await Event.filter(action="attachment.read").exists()
    await reader.sign_in("t-east-a")
    plain = await attach(office, report, b"\xff\xfb\x90\x00" + b"\0" * 413)
    assert (await reader.get(f"/console/attachments/{plain}/sound")).status == 404


async def test_what_cannot_be_played_is_said_and_still_taken_down(browser, file, monkeypatch):
    report = await file()
    voice = await attach(browser.house, report)
    monkeypatch.setattr(amr, "PROGRAM", Path("/nowhere.py"))
    await browser.sign_in("t-east-a")
    assert (await browser.get(f"/console/attachments/{voice}/sound")).status == 422
    assert "放不出来" in browser.text and "下载到电脑上听" in browser.text
    assert (await browser.get(f"/console/attachments/{voice}")).status == 200
    await browser.get(f"/console/reports/{report.number}")
    assert "放不出来就下载" in browser.text and "听写成文字" in browser.text


async def test_a_browser_plays_it_to_its_end(chromium: Browser, address: str, office, file) -> None:
    report = await file()
    await attach(office, report, samples.voice(seconds=3))
    page: Page = await (await chromium.new_context()).new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    await sign_in(page, address, "t-east-a")
    await page.set_viewport_size({"width": 360, "height": 740})
    await page.goto(f"{address}/console/reports/{report.number}")
    await looks_right(page)
    end, seconds, jumps_to = await page.locator("audio").evaluate(HEARD)
    assert (end, seconds, jumps_to) == ("ended", 3, 3) and complaints == []
