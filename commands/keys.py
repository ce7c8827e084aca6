"""`mashang keys`: which keys seal what, and changing them while everything runs."""

import click

from clients.clock import Clock
from commands import texts
from commands.errors import COULD_NOT, CommandRefused
from commands.examining import require_fitting_keys
from commands.opening import opened_with, run, say, shown_progress, vault_of
from settings import SEALING
from vault.known_keys import forget_unused
from vault.rotating import count_by_key, rotate


@click.group(help=texts.HELP_KEYS)
def keys() -> None: ...


@keys.command("status", help=texts.HELP_KEYS_STATUS)
def status() -> None:
    async def work() -> None:
        async with opened_with(SEALING) as settings:
            ids, counted = vault_of(settings).ring.ids, await count_by_key()
        for each in [*ids, *sorted(counted.keys() - set(ids))]:
            place = texts.KEY_FIRST if each == ids[0] else texts.KEY_OLD if each in ids else texts.KEY_GONE
            place = texts.KEY_UNUSED if each in ids[1:] and not counted[each] else place
            say(texts.KEY_LINE.format(id=each, many=counted[each], place=place))

    run(work())


@keys.command("rotate", help=texts.HELP_ROTATE)
def rotate_command() -> int:
    code = 0

    async def work() -> None:
        nonlocal code
        async with opened_with(SEALING) as settings:
            vault = vault_of(settings)
            await require_fitting_keys(vault, at=Clock(settings.clock_file).now())
            if len(vault.ring.ids) == 1:
                raise CommandRefused(texts.ONLY_ONE_KEY)
            total = sum(many for each, many in (await count_by_key()).items() if each != vault.ring.ids[0])
            done = 0
            with shown_progress(texts.ROTATING) as shown:

                def step(more: int) -> None:
                    nonlocal done
                    done += more
                    shown(done, total)

                rotated = await rotate(vault, progress=step)
            say(texts.ROTATED.format(done=rotated.done) if rotated.done else texts.ROTATED_NOTHING)
            gone = await forget_unused(vault)
            left = sum(many for each, many in (await count_by_key()).items() if each != vault.ring.ids[0])
        if rotated.broken:
            say(texts.BROKEN_SEALS.format(broken=rotated.broken))
        elif left:
            say(texts.STILL_OLD.format(many=left))
        elif gone:
            say(texts.MAY_GO.format(ids="、".join(gone)))
        code = COULD_NOT if rotated.broken or left else 0

    run(work())
    return code
