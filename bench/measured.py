"""What servers and measurements have in common: a house with nothing around it, and what a process spends."""

import os
from contextlib import AsyncExitStack
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import web

from clients.clock import Clock
from clients.media import MediaStore
from clients.redis import coordinated
from console.app import make_console
from organisation.house import HOUSE, House
from organisation.live import LiveOrganisation
from vault.vault import Vault

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid: int) -> float:
    values = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(values[11]) + int(values[12])) / TICKS


async def make_house(stack: AsyncExitStack) -> House:
    house = House(
        vault=Vault(keys=[bytes(range(32))], index_key=bytes(range(32, 64))),
        clock=Clock(),
        organisation=LiveOrganisation(),
        coordination=await stack.enter_async_context(coordinated("")),
        media=MediaStore(Path("unused")),
        public_url="http://127.0.0.1",
        timezone=ZoneInfo("Asia/Shanghai"),
    )
    await house.organisation.refresh()
    return house


async def serve_console(stack: AsyncExitStack, house: House) -> int:
    """The console alone, on loopback; answers its port."""
    app = web.Application()
    app[HOUSE] = house
    app.add_subapp("/console", make_console(house))
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    return int(runner.addresses[0][1])
