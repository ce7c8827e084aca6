"""Systems of real processes, and a browser to use them with."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CHROMIUM, World, left_out
from tests.journeys.system import System, a_system

SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
]


@pytest.fixture
async def system(world: World) -> AsyncIterator[System]:
    """Migrated, filled and started by the commands an operator uses."""
    async with a_system(world) as made:
        await made.run("migrate")
        await made.run("import", "sample")
        await made.start()
        yield made


@pytest.fixture
async def browser() -> AsyncIterator[Any]:
    if not Path(CHROMIUM).exists():
        left_out("Chromium")
    from playwright.async_api import async_playwright

    async with async_playwright() as driver:
        started = await driver.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield started
        await started.close()
