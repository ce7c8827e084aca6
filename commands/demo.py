"""`mashang demo`: the whole system and the WeChat platform in one process, on the sample prefecture."""

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import click

from app import make_vault, opened_accounts, opened_app
from clients.clock import Clock
from clients.database import migrate, opened
from commands import demo_page, texts
from commands.alone import alone
from commands.demo_parts import (
    FOLDER,
    SAMPLE,
    VILLAGE,
    Bound,
    bound_people,
    demo_settings,
    demo_stand_in,
)
from commands.errors import CommandFailed
from commands.opening import PORT, run, say
from commands.serving import listening, told_to_stop
from models.area import Area
from models.entry_code import EntryCode
from models.liaison import Liaison
from models.staff import Staff
from organisation.house import HOUSE, House
from organisation.importing import import_path
from organisation.live import current_version
from organisation.places import place_in_words
from qrcodes.posters import Wanted, print_posters
from settings import Settings
from watch.logs import write_logs
from wechat_standin import StandIn, serve

LOG_LEVEL = 30
POSTERS = FOLDER / "posters.pdf"


@click.command(help=texts.HELP_DEMO)
@click.option("--port", type=PORT, default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help=texts.HELP_FRESH)
def demo(port: int, fresh: bool) -> None:
    run(run_demo(port=port, is_fresh=fresh))


async def run_demo(*, port: int, is_fresh: bool) -> None:
    """Serves until told to stop; `is_fresh` begins with nothing."""
    write_logs(level=LOG_LEVEL)
    async with alone(database_url=f"sqlite://{FOLDER / 'mashang.db'}", redis_url=""):
        if is_fresh:
            await asyncio.to_thread(_clear, FOLDER)
        settings = demo_settings(port=port)
        await prepare(settings)
        people = bound_people()
        stand_in = demo_stand_in(settings, people=tuple(person.label for person in people))
        async with platform(stand_in, port=port + 1), opened_app(settings) as app:
            stand_in.posters = await posters_of(app[HOUSE])
            demo_page.add_routes(app, posters=POSTERS, phone_url=settings.wechat_api_url)
            async with listening(app, host="127.0.0.1", port=port):
                await make_menu(settings, house=app[HOUSE])
                await give_phones(people, stand_in=stand_in)
                link = await print_one_village(app[HOUSE])
                demo_page.announce(settings, posters=POSTERS, link=link)
                await told_to_stop()


def _clear(folder: Path) -> None:
    """Everything but the lock that is held meanwhile."""
    for path in folder.iterdir():
        if path.suffix == ".web":
            continue
        shutil.rmtree(path) if path.is_dir() else path.unlink()


async def prepare(settings: Settings) -> None:
    """A current database that holds the sample."""
    await migrate(settings.database_url)
    async with opened(settings.database_url):
        if await current_version() == 0:
            say(texts.DEMO_IMPORTING)
            clock = Clock(settings.clock_file)
            await import_path(SAMPLE, vault=make_vault(settings), clock=clock, by="system")


@contextlib.asynccontextmanager
async def platform(stand_in: StandIn, *, port: int) -> AsyncIterator[None]:
    try:
        runner = await serve(stand_in, port=port)
    except (OSError, OverflowError):
        raise CommandFailed(texts.PORT_TAKEN.format(port=port)) from None
    try:
        yield
    finally:
        await runner.cleanup()


async def posters_of(house: House) -> list[dict[str, str]]:
    """The walls of the prefecture, as the phone offers them; the village with bound people comes first."""
    codes = await EntryCode.filter(status="active", purpose="report").order_by("region_id", "area__sort")
    areas = dict(await Area.all().values_list("code", "name"))
    table = house.organisation.table
    found = []
    for code in sorted(codes, key=lambda code: code.region_id != VILLAGE):
        place = place_in_words(table, region_code=code.region_id, purpose=code.purpose)
        if place is not None:
            label = f"{''.join(place.names[2:])} · {areas[code.area_id]}"
            found.append({"code": code.code, "label": label, "url": f"{house.public_url}/s/{code.code}"})
    return found


async def make_menu(settings: Settings, *, house: House) -> None:
    async with opened_accounts(settings, house.coordination) as (official, _):
        await official.create_menu([{"type": "click", "name": word, "key": word} for word in texts.DEMO_MENU])


async def give_phones(people: list[Bound], *, stand_in: StandIn) -> None:
    """Each follows the account and, the first time, binds as in life: by a message with the bind code."""
    openids = {person.name: person.openid for person in stand_in.people.all()}
    for bound in people:
        openid = openids[bound.label]
        await stand_in.follow(openid)
        if not await _is_bound(bound):
            await stand_in.say(openid, texts.BIND_WORDS.format(phone=bound.phone, code=bound.bind_code))


async def _is_bound(bound: Bound) -> bool:
    if await Staff.exists(phone=bound.phone, openid_index__isnull=False):
        return True
    return await Liaison.exists(phone=bound.phone, openid_index__isnull=False)


async def print_one_village(house: House) -> str:
    """The posters of one village, printed once; answers a landing page's address."""
    code = await EntryCode.filter(region_id=VILLAGE, status="active").order_by("area__sort").first()
    if not await asyncio.to_thread(POSTERS.exists):
        await print_posters(
            Wanted(public_url=house.public_url),
            region=VILLAGE,
            out=POSTERS,
            progress=lambda done, total: None,
            at=house.clock.now(),
            by="system",
        )
    return f"{house.public_url}/s/{code.code}" if code else house.public_url
