"""A browser the size of a cheap phone, with a microphone that makes a noise of its own."""

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient
from playwright.async_api import Page, async_playwright, expect

from models.entry_code import EntryCode
from tests.conftest import CHROMIUM, left_out

# a busy machine is slow, not wrong
expect.set_options(timeout=15_000)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]


async def phone_page() -> AsyncIterator[Page]:
    if not Path(CHROMIUM).exists():
        left_out("Chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = await browser.new_context(viewport={"width": 360, "height": 640}, locale="zh-CN")
        opened = await context.new_page()
        troubles: list[str] = []
        opened.on("pageerror", lambda error: troubles.append(str(error)))
        opened.on("console", lambda said: troubles.append(said.text) if "Security" in said.text else None)
        yield opened
        await browser.close()
        assert troubles == []


# where to look at what the tests saw
PICTURES = Path(os.environ["MASHANG_TEST_PICTURES"]) if "MASHANG_TEST_PICTURES" in os.environ else None


def address(client: TestClient[Any, Any], entry: EntryCode | None = None) -> str:
    return str(client.make_url("/m/")) + (f"?entry={entry.code}" if entry else "")


async def picture(page: Page, tmp_path: Path, name: str) -> None:
    await page.screenshot(path=(PICTURES or tmp_path) / f"{name}.png", full_page=True)
    width = await page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360, f"{name} is wider than the phone"
