"""A villager with a phone and an office worker with a PC, in a real browser."""

import csv
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pyotp

from tests.conftest import SAMPLE
from tests.journeys.system import System

PHONE = {"width": 360, "height": 740}
PC = {"width": 1366, "height": 768}
STAFF = {
    row["username"]: row for row in csv.DictReader((SAMPLE / "staff.csv").read_text("utf-8-sig").splitlines())
}
ANSWERS = ".bubble[data-from=account]"
PATIENCE = 20_000


class Camera:
    """Pictures of every step; in `MASHANG_PICTURES` when somebody wants to look at them."""

    def __init__(self, system: System) -> None:
        self.folder = Path(os.environ.get("MASHANG_PICTURES") or system.world.folder / "pictures")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.world = system.world.name

    async def take(self, page: Any, name: str, *, whole: bool = False) -> None:
        await page.screenshot(path=self.folder / f"{self.world}-{name}.png", full_page=whole)


async def watched(context: Any) -> Any:
    """A page on which nothing may go wrong unseen."""
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    page.troubles = []
    page.on("pageerror", lambda error: page.troubles.append(str(error)))
    page.on("console", lambda line: page.troubles.append(line.text) if line.type == "error" else None)
    return page


class Phone:
    """The stand-in's phone, as small as a cheap one."""

    def __init__(self, page: Any, system: System) -> None:
        self.page, self.system = page, system
        self.openid = ""

    @classmethod
    async def new(cls, browser: Any, system: System) -> "Phone":
        context = await browser.new_context(viewport=PHONE)
        phone = cls(await watched(context), system)
        known = {person.openid for person in system.standin.people.all()}
        await phone.page.goto(f"{system.standin.public_url}/?new=1")
        await phone.page.wait_for_selector("body[data-ready=yes]")
        (phone.openid,) = {person.openid for person in system.standin.people.all()} - known
        return phone

    async def scan_and_follow(self, code: str) -> str:
        await self.page.click("#open-posters")
        await self.page.select_option("#poster-select", code)
        return await self._answer_to(self._scan)

    async def _scan(self) -> None:
        await self.page.click("#scan")
        await self.page.click("#follow")

    async def say(self, text: str) -> str:
        async def typed() -> None:
            await self.page.fill("#text", text)
            await self.page.click("#send")

        return await self._answer_to(typed)

    async def send_sample_photo(self) -> str:
        if await self.page.get_attribute("#more", "aria-expanded") != "true":
            await self.page.click("#more")

        async def sent() -> None:
            await self.page.click("#sample-photo")

        return await self._answer_to(sent)

    async def _answer_to(self, act: Callable[[], Awaitable[None]]) -> str:
        """The next passive answer after `act`; each push goes to the next web process."""
        self.system.rotate()
        answers = self.page.locator(f"{ANSWERS}[data-kind=passive]")
        before = await answers.count()
        await act()
        await answers.nth(before).wait_for()
        return str(await answers.nth(before).inner_text())

    async def receives(self, kind: str, *, holding: str) -> str:
        """The text of the customer-service message or template that comes within 20 s."""
        bubble = self.page.locator(f"{ANSWERS}[data-kind={kind}]", has_text=holding)
        await bubble.first.wait_for(timeout=PATIENCE)
        assert await bubble.count() == 1
        return str(await bubble.first.inner_text())


class Office:
    """Somebody at the console; `address` is one of the web processes."""

    def __init__(self, page: Any, system: System) -> None:
        self.page, self.system = page, system

    @classmethod
    async def signed_in(cls, browser: Any, system: System, username: str) -> "Office":
        context = await browser.new_context(viewport=PC)
        office = cls(await watched(context), system)
        await office.sign_in(username)
        return office

    async def sign_in(self, username: str) -> None:
        page, person = self.page, STAFF[username]
        await page.goto(f"{self.system.base}/console/login")
        await page.fill("#username", username)
        await page.fill("#password", person["password"])
        async with page.expect_navigation():
            await page.click("main button[type=submit]")
        if person["totp_secret"]:
            await page.fill(
                "#otp", pyotp.TOTP(person["totp_secret"]).at(int(self.system.standin.clock.now()))
            )
            async with page.expect_navigation():
                await page.click("main button[type=submit]")
        assert "/console/login" not in page.url, await page.inner_text("main")

    async def numbers(self, *, at: str = "") -> list[str]:
        """What the list shows, at any of the web processes."""
        await self.page.goto(f"{at or self.system.base}/console/reports")
        rows = await self.page.locator(".row[data-number]").all()
        return [str(await row.get_attribute("data-number")) for row in rows]

    async def open(self, number: str, *, at: str = "") -> int:
        answer = await self.page.goto(f"{at or self.system.base}/console/reports/{number}")
        return int(answer.status)

    async def photo_bytes(self) -> bytes:
        """The picture as the browser gets it, once it is fetched from WeChat."""
        image = self.page.locator(".files img")
        for _ in range(40):
            if await image.count():
                break
            await self.page.wait_for_timeout(500)
            await self.page.reload()
        await image.first.scroll_into_view_if_needed()
        source = await image.first.get_attribute("src")
        await self.page.wait_for_function("document.querySelector('.files img').naturalWidth > 0")
        answer = await self.page.request.get(f"{self.system.base}{source}")
        assert answer.status == 200
        return bytes(await answer.body())

    async def accept(self, kind: str) -> None:
        await self.page.select_option("#accept-kind", kind)
        async with self.page.expect_navigation():
            await self.page.click("form[action$='/accept'] button[type=submit]")

    async def reply(self, text: str) -> None:
        await self.page.fill("#reply-text", text)
        async with self.page.expect_navigation():
            await self.page.click("form[action$='/reply'] button[type=submit]")


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    assert match, text
    return match[1]
