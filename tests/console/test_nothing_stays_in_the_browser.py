"""A shared office PC: what was read is gone with the sign-out, whichever button is pressed."""

import pytest

from tests.console.test_pages_in_a_browser import address, chromium, leave, sign_in

__all__ = ["address", "chromium"]
WORDS = "会计把低保金领走了三年"


@pytest.fixture(params=["sqlite"])
def world_name(request) -> str:
    """The database makes no difference to what a browser keeps."""
    return request.param


async def test_after_signing_out_the_back_button_shows_nothing(chromium, address, file):
    report = await file(text=WORDS)
    page = await (await chromium.new_context()).new_page()
    await sign_in(page, address, "t-east-a")
    await page.click(f"[data-number='{report.number}'] a")
    await page.wait_for_selector("#said")
    assert WORDS in await page.content()
    await leave(page)
    for _ in range(3):
        await page.go_back()
        assert WORDS not in await page.content()
        assert page.url.endswith("/console/login"), page.url
