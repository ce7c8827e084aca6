"""`mashang codes`: entry codes listed, issued, replaced and retired."""

import sys
from typing import Any

import click

from clients.clock import Clock
from commands import texts
from commands.errors import CommandRefused
from commands.listing import write_codes
from commands.opening import opened_with, run, say
from models.choices import Purpose, RegionLevel
from models.entry_code import EntryCode
from organisation.codes.asking import Asked, codes_of, places_below
from organisation.codes.errors import PlaceUnknown
from organisation.codes.issue import issue, issue_lacking
from organisation.codes.replace import LEADS_ON_DAYS, replace
from organisation.codes.retire import retire
from organisation.live import current_version, read_table

PURPOSES = click.Choice([purpose.value for purpose in Purpose])
LEVELS = click.Choice([level.value for level in RegionLevel])
BY = "system"


@click.group(help=texts.HELP_CODES)
def codes() -> None: ...


@codes.command("list", help=texts.HELP_CODES_LIST)
@click.option("--region", help=texts.HELP_REGION)
@click.option("--area", help=texts.HELP_AREA)
@click.option("--purpose", type=PURPOSES, help=texts.HELP_PURPOSE)
def list_codes(region: str | None, area: str | None, purpose: str | None) -> None:
    async def work() -> None:
        async with opened_with({"PUBLIC_URL"}) as settings:
            table = await read_table(await current_version())
            found = await codes_of(Asked(region=region, area=area, purpose=purpose), table=table)
            write_codes(found, public_url=settings.public_url, out=sys.stdout)

    run(work())


@codes.command("issue", help=texts.HELP_ISSUE)
@click.option("--region", help=texts.HELP_REGION)
@click.option("--all", "everywhere", is_flag=True, help=texts.HELP_EVERYWHERE)
@click.option("--each", type=LEVELS, help=texts.HELP_EACH)
@click.option("--area", help=texts.HELP_AREA)
@click.option("--purpose", type=PURPOSES, default="report", show_default=True, help=texts.HELP_PURPOSE)
def issue_codes(**asked: Any) -> None:
    _check(**asked)

    async def work() -> None:
        async with opened_with({"PUBLIC_URL"}) as settings:
            made = await _issued(clock=Clock(settings.clock_file), **asked)
            write_codes(made, public_url=settings.public_url, out=sys.stdout)

    run(work())


def _check(*, region: str | None, everywhere: bool, each: str | None, area: str | None, **_: object) -> None:
    if bool(region) == everywhere:
        raise CommandRefused(texts.REGION_OR_ALL)
    if everywhere and each is None:
        raise CommandRefused(texts.ALL_OF_WHAT)


async def _issued(
    *, clock: Clock, region: str | None, each: str | None, area: str | None, purpose: str, everywhere: bool
) -> list[EntryCode]:
    """For one place and one area always a new code; otherwise those that are lacking."""
    use, at = Purpose(purpose), clock.now()
    if region and each is None and area is not None:
        return [await issue(region=region, area=area, purpose=use, at=at, by=BY)]
    table = await read_table(await current_version())
    if region is not None and region not in table.tree.nodes:
        raise PlaceUnknown
    within = None if everywhere else region
    places = places_below(within, level=RegionLevel(each), table=table) if each else [str(region)]
    return await issue_lacking(places, area=area, purpose=use, at=at, by=BY)


@codes.command("replace", help=texts.HELP_REPLACE)
@click.argument("code")
@click.option(
    "--days", type=click.IntRange(0, 3650), default=LEADS_ON_DAYS, show_default=True, help=texts.HELP_DAYS
)
def replace_code(code: str, days: int) -> None:
    async def work() -> None:
        async with opened_with({"PUBLIC_URL"}) as settings:
            made = await replace(code, days=days, at=Clock(settings.clock_file).now(), by=BY)
            write_codes([made], public_url=settings.public_url, out=sys.stdout)

    run(work())


@codes.command("retire", help=texts.HELP_RETIRE)
@click.argument("code")
@click.option("--replaced-by", help=texts.HELP_REPLACED_BY)
def retire_code(code: str, replaced_by: str | None) -> None:
    async def work() -> None:
        async with opened_with() as settings:
            at = Clock(settings.clock_file).now()
            retired = await retire(code, replaced_by=replaced_by, at=at, by=BY)
        say(texts.RETIRED.format(code=retired.code))

    run(work())
