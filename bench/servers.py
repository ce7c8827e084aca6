"""One server a process: `python servers.py <ours|each|groups> <sqlite|postgres> <port> <folder or address>`."""

import asyncio
import gc
import logging
import sys
from contextlib import AsyncExitStack
from pathlib import Path
from typing import cast

# The house before this folder: `routing` is a room there and a measurement here.
sys.path.insert(0, str(Path(__file__).parents[1]))

import uvloop
from aiohttp import web
from measured import make_house
from pushes import AES_KEY, APPID, TOKEN
from rivals import DATABASES, make_bare

from bot import callback
from bot.envelope import Envelope
from bot.shelf import run_shelf
from bot.turnstile import Turnstile
from clients.database import migrate, opened
from clients.wechat import WeChatAccount
from models.staff import Staff
from tests.factories import bind_staff, make_entry, make_organisation

CODES = 40


class Silent:
    """Where answers go that WeChat no longer waits for."""

    async def send_text(self, _openid: str, _text: str) -> None:
        return


async def make_ours(stack: AsyncExitStack, url: str) -> tuple[web.Application, str]:
    """The real callback on a real house; filing tells the three bound people of the township."""
    await migrate(url)
    await stack.enter_async_context(opened(url))
    house = await make_house(stack)
    await make_organisation(house)
    for number, staff in enumerate(await Staff.filter(body_id="T-EAST")):
        await bind_staff(house, staff, openid=f"o-staff-{number}")
    codes = [(await make_entry()).code for _ in range(CODES)]
    app = web.Application()
    app[callback.ENVELOPE] = Envelope(appid=APPID, token=TOKEN, aes_keys=[AES_KEY])
    app[callback.TURNSTILE] = Turnstile(house)
    callback.add_routes(app)
    turnstile = app[callback.TURNSTILE]
    late = run_shelf(turnstile.shelf, take=turnstile.take_late, wechat=cast(WeChatAccount, Silent()))
    stack.callback(asyncio.create_task(late).cancel)
    running = asyncio.create_task(app[callback.TURNSTILE].run())
    stack.callback(running.cancel)
    return app, ",".join(codes)


async def serve(what: str, database: str, port: int, place: str) -> None:
    url = f"sqlite://{place}/{what}.db" if database == "sqlite" else place
    async with AsyncExitStack() as stack:
        codes = "-"
        if what == "ours":
            app, codes = await make_ours(stack, url)
        else:
            target = f"{place}/{what}.db" if database == "sqlite" else place
            app = await make_bare(await stack.enter_async_context(DATABASES[what, database](target)))
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        gc.collect()
        gc.freeze()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        sys.stdout.write(f"ready {codes}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    uvloop.run(serve(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
