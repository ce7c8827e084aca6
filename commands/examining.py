"""`mashang doctor`: every part this installation stands on, looked at once."""

import os
import shutil
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Final, NamedTuple

import click

from app import make_vault, opened_accounts
from clients.clock import Clock
from clients.database import opened
from clients.redis import coordinated
from clients.schema import require_current_schema
from clients.wechat import TokenRefused, WeChatAccount, WeChatFailed, WeChatUnreachable
from commands import texts
from commands.errors import COULD_NOT, CommandRefused
from commands.linting import complaints
from commands.opening import run, say
from delivery.templates import VALUES, read_templates
from models.conversation import Conversation
from models.errors import DomainError
from models.report import Report
from organisation.live import current_version, read_table
from organisation.sayings import given_sayings, like_villages
from routing.table import RoutingTable
from settings import SERVING, Settings, settings_around
from vault.keys import KeyUnknown, SealBroken
from vault.known_keys import IndexKeyOther, require_known_keys
from vault.vault import Vault
from watch.measures import measure

ROOM_SHARE: Final = 0.1


class Finding(NamedTuple):
    """`is_note`: worth a look, though nothing fails for it."""

    is_fine: bool
    words: str
    is_note: bool = False


async def findings(settings: Settings) -> AsyncIterator[Finding]:
    """One after the other; a part that is missing keeps the rest from being looked at only where they need it."""
    yield Finding(True, texts.CHECKED_SETTINGS)
    yield templates_finding(settings)
    yield await redis_finding(settings)
    async for finding in wechat_findings(settings):
        yield finding
    try:
        async with opened(settings.database_url):
            await require_current_schema()
            yield Finding(True, texts.CHECKED_DATABASE)
            yield await keys_finding(settings)
            async for finding in work_findings(settings):
                yield finding
            table = await read_table(await current_version())
            problems = await complaints(table)
            if all(problem.severity == "warning" for problem in problems):
                yield Finding(True, texts.ORGANISATION_FINE)
            for problem in problems:
                yield Finding(False, problem.words, is_note=problem.severity == "warning")
            for finding in await sayings_findings(table):
                yield finding
    except DomainError as refused:
        yield Finding(False, refused.message)


async def work_findings(settings: Settings) -> AsyncIterator[Finding]:
    """What waits too long, what was harmed, and whether there is room for more."""
    told = {
        one.name: max((value for _, value in one.values), default=0.0)
        for one in await measure(Clock(settings.clock_file).now())
    }
    for name, (limit, words, is_note) in texts.WORK.items():
        if told[name] > limit:
            yield Finding(False, words, is_note=is_note)
    folder = next(
        each for each in (settings.media_dir, *settings.media_dir.absolute().parents) if each.exists()
    )
    room = shutil.disk_usage(folder)
    if room.free < room.total * ROOM_SHARE:
        yield Finding(False, texts.ROOM_SHORT.format(folder=folder, percent=room.free * 100 // room.total))
    elif not os.access(folder, os.W_OK):
        yield Finding(False, texts.MEDIA_CLOSED.format(folder=folder))


async def sayings_findings(table: RoutingTable) -> list[Finding]:
    """A word that the organisation has added and that is a village's name would be heard instead of the village."""
    added = [pair for pair, counts in (await given_sayings()).items() if counts]
    found = like_villages(added, table)
    return [
        Finding(False, texts.SAYING_LIKE_VILLAGE.format(word=word, name=name), is_note=True)
        for (_, word), name in found.items()
    ]


def templates_finding(settings: Settings) -> Finding:
    missing = sorted(VALUES.keys() - read_templates(settings.templates).keys())
    if missing:
        return Finding(False, texts.TEMPLATES_MISSING.format(names="、".join(missing)))
    return Finding(True, texts.CHECKED_TEMPLATES)


async def redis_finding(settings: Settings) -> Finding:
    if not settings.redis_url:
        return Finding(True, texts.NO_REDIS)
    async with coordinated(settings.redis_url) as coordination:
        is_answering = await coordination.is_answering()
    return Finding(is_answering, texts.CHECKED_REDIS if is_answering else texts.REDIS_AWAY)


async def keys_finding(settings: Settings) -> Finding:
    """Raises `KeyMissing`, `IndexKeyOther`, `CommandRefused`."""
    at = Clock(settings.clock_file).now()
    is_checked = await require_fitting_keys(make_vault(settings), at=at)
    return Finding(True, texts.CHECKED_KEYS if is_checked else texts.NO_SEALED)


async def require_fitting_keys(vault: Vault, *, at: datetime) -> bool:
    """Whether there was anything to try the keys on, so that no process begins to mix what nobody can open later.

    Besides the keys that are known, the newest data key and openid are opened, never what was said. Raises
    `KeyMissing`, `IndexKeyOther`, `CommandRefused`.
    """
    is_tried = await require_known_keys(vault, at=at)
    report = await Report.all().order_by("-submitted_at").first()
    talk = await Conversation.exclude(sealed_openid=None).order_by("-changed_at").first()
    try:
        if report is not None:
            vault.key(report.data_key, place=f"report:{report.id}:key")
        if talk is not None and talk.sealed_openid is not None:
            key = vault.key(talk.data_key, place=f"conversation:{talk.id}:key")
            openid = key.open_text(talk.sealed_openid, place=f"conversation:{talk.id}:openid")
            if vault.index("oa", openid) != talk.person_index:
                raise IndexKeyOther
    except (SealBroken, KeyUnknown):
        raise CommandRefused(texts.KEYS_UNFIT) from None
    return is_tried or report is not None or talk is not None


async def wechat_findings(settings: Settings) -> AsyncIterator[Finding]:
    async with coordinated("") as coordination, opened_accounts(settings, coordination) as (official, mini):
        yield await _account_finding(official, name=texts.OFFICIAL, path="menu/get")
        if mini is not None:
            yield await _account_finding(mini, name=texts.MINI, path="getcallbackip")


async def _account_finding(account: WeChatAccount, *, name: str, path: str) -> Finding:
    """Any answer to a call that needs a token shows that the credentials gave one."""
    try:
        await account.get(path)
    except TokenRefused as refused:
        reason = f"errcode {refused.errcode}"
        return Finding(False, texts.WECHAT_FAILED.format(name=name, reason=reason))
    except WeChatUnreachable:
        return Finding(False, texts.WECHAT_AWAY.format(name=name))
    except WeChatFailed:
        return Finding(True, texts.CHECKED_WECHAT.format(name=name))
    return Finding(True, texts.CHECKED_WECHAT.format(name=name))


@click.command(help=texts.HELP_DOCTOR)
def doctor() -> int:
    problems: list[str] = []

    async def work() -> None:
        async for finding in findings(settings_around(needs=SERVING)):
            unwell = texts.NOTE if finding.is_note else texts.BAD
            say(f"{texts.FINE if finding.is_fine else unwell} {finding.words}")
            if not (finding.is_fine or finding.is_note):
                problems.append(finding.words)

    run(work())
    return COULD_NOT if problems else 0
