"""`mashang audit`: looks through the log of events, and prints the anchors to keep on paper."""

import re
from datetime import datetime, timedelta, tzinfo

import click

from clients.clock import Clock
from commands import texts
from commands.errors import COULD_NOT, CommandRefused
from commands.opening import opened_with, run, say, vault_of
from models.fields import from_millis
from models.log_anchor import LogAnchor
from settings import SEALING
from vault.chain import Chain
from vault.texts import HARMS
from vault.verifying import Verdict, check_log

ANCHOR = re.compile(r"(\d{4}-\d\d-\d\d):([0-9a-f]{64})")
LATE = timedelta(minutes=10)


@click.group(help=texts.HELP_AUDIT)
def audit() -> None: ...


@audit.command("verify", help=texts.HELP_VERIFY)
@click.option("--anchor", "printed", multiple=True, metavar="DAY:CODE", help=texts.HELP_PRINTED)
def verify(printed: tuple[str, ...]) -> int:
    kept = [_anchor(each) for each in printed]
    code = 0

    async def work() -> None:
        nonlocal code
        async with opened_with(SEALING) as settings:
            at = Clock(settings.clock_file).now()
            verdict = await check_log(Chain(vault_of(settings)), at=at, printed=kept)
        for line in lines_of(verdict, at=at, timezone=settings.timezone):
            say(line)
        code = COULD_NOT if verdict.found else 0

    run(work())
    return code


@audit.command("anchors", help=texts.HELP_ANCHORS)
@click.option("--since", default="", help=texts.HELP_SINCE)
def anchors(since: str) -> None:
    async def work() -> None:
        async with opened_with():
            found = await LogAnchor.filter(day__gte=since).order_by("day")
        say(texts.ANCHORS_HEAD if found else texts.NO_ANCHORS)
        for one in found:
            say(texts.ANCHOR_LINE.format(day=one.day, place=one.place, link=one.link))

    run(work())


def _anchor(given: str) -> tuple[str, str]:
    found = ANCHOR.fullmatch(given.replace(" ", ""))
    if found is None:
        raise CommandRefused(texts.ANCHOR_UNREADABLE)
    return found[1], found[2]


def lines_of(verdict: Verdict, *, at: datetime, timezone: tzinfo) -> list[str]:
    lines = [
        f"{texts.BAD} " + HARMS[one.harm].format(place=one.place, event=one.event or "—", day=one.day)
        for one in verdict.found
    ]
    if verdict.waiting_since is not None and at - from_millis(verdict.waiting_since) > LATE:
        since = from_millis(verdict.waiting_since).astimezone(timezone).strftime("%Y-%m-%d %H:%M")
        lines.append(f"{texts.NOTE} " + texts.LOG_NOT_SEALED.format(count=verdict.waiting, since=since))
    told = texts.LOG_HARMED if verdict.found else texts.LOG_WHOLE
    return [*lines, told.format(sealed=verdict.sealed, anchors=verdict.anchors, waiting=verdict.waiting)]
