"""The `mashang` commands: thin doors; what is longer stands in `commands/` or in the room it belongs to."""

import os
import sys
from pathlib import Path

import click
import orjson

from app import make_vault
from clients.clock import Clock
from clients.database import migrate
from commands import texts
from commands.alone import may_be_many
from commands.auditing import audit
from commands.backing_up import backup, restore_command
from commands.coding import codes
from commands.deciding import decided
from commands.demo import run_demo
from commands.errors import COULD_NOT, CommandRefused, line_and_code
from commands.examining import findings
from commands.keys import keys
from commands.opening import opened_with, run
from commands.printing import posters
from commands.retaining import retention
from commands.serving import say, serve_web, serve_worker
from commands.staffing import add_staff
from commands.supervising import supervise
from models.choices import Role
from organisation.importing import import_path
from settings import SEALING, SERVING, settings_around
from wechat_standin.__main__ import main as run_stand_in

ROLES = click.Choice([role.value for role in Role])
PORT = click.IntRange(1, 65535)


def main() -> None:
    """Every way of failing ends here, as one line and an exit code."""
    try:
        code = mashang.main(prog_name="mashang", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever read the output has gone; nothing may be written to it at exit either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(COULD_NOT)
    except (Exception, KeyboardInterrupt) as error:
        line, code = line_and_code(error)
        sys.stderr.write(line + "\n")
    sys.exit(code if isinstance(code, int) else 0)


@click.group(help=texts.HELP)
def mashang() -> None: ...


for command in (audit, codes, keys, posters, retention, backup, restore_command):
    mashang.add_command(command)


@mashang.command(help=texts.HELP_DEMO)
@click.option("--port", type=PORT, default=8000, show_default=True)
@click.option("--fresh", is_flag=True, help=texts.HELP_FRESH)
def demo(port: int, fresh: bool) -> None:
    run(run_demo(port=port, is_fresh=fresh))


@mashang.command(help=texts.HELP_WEB)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=PORT, default=8000, show_default=True)
@click.option(
    "--processes", type=click.IntRange(1, 64), default=1, show_default=True, help=texts.HELP_PROCESSES
)
@click.option("--no-worker", is_flag=True, help=texts.HELP_NO_WORKER)
@click.option("--under", type=int, hidden=True)
def web(host: str, port: int, processes: int, no_worker: bool, under: int | None) -> None:
    settings = settings_around(needs=SERVING)
    if processes == 1:
        run(serve_web(settings, host=host, port=port, with_worker=not no_worker, under=under))
        return
    if not may_be_many(database_url=settings.database_url, redis_url=settings.redis_url):
        raise CommandRefused(texts.NO_PROCESSES)
    child = [sys.executable, __file__, "web", "--host", host, "--port", str(port)]
    run(supervise([*child, *(["--no-worker"] if no_worker else [])], count=processes, host=host, port=port))


@mashang.command(help=texts.HELP_WORKER)
@click.option("--metrics-port", type=PORT, help=texts.HELP_METRICS_PORT)
def worker(metrics_port: int | None) -> None:
    run(serve_worker(settings_around(needs=SERVING), metrics_port=metrics_port))


@mashang.command("migrate", help=texts.HELP_MIGRATE)
def migrate_command() -> None:
    run(migrate(settings_around(needs=frozenset()).database_url))
    say(texts.MIGRATED)


@mashang.command("import", help=texts.HELP_IMPORT)
@click.argument("path", type=click.Path(path_type=Path))
def import_command(path: Path) -> None:
    async def work() -> None:
        async with opened_with(SEALING) as settings:
            clock = Clock(settings.clock_file)
            summary = await import_path(path, vault=make_vault(settings), clock=clock, by="system")
        say("\n".join(summary.lines()))

    run(work())


@mashang.command("decide", help=texts.HELP_DECIDE)
def decide_command() -> None:
    async def work() -> None:
        async with opened_with():
            say(orjson.dumps(await decided(sys.stdin.buffer.read())).decode())

    run(work())


@mashang.command(help=texts.HELP_DOCTOR)
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


@mashang.group(help=texts.HELP_STAFF)
def staff() -> None: ...


@staff.command("add", help=texts.HELP_STAFF_ADD)
@click.option("--username", required=True)
@click.option("--name", required=True)
@click.option("--body", "body_code", required=True)
@click.option("--role", type=ROLES, required=True)
@click.option("--phone", default="")
def staff_add(**row: str) -> None:
    async def work() -> None:
        async with opened_with(SEALING) as settings:
            clock = Clock(settings.clock_file)
            summary, bind_code = await add_staff(row, vault=make_vault(settings), clock=clock)
        say("\n".join(summary.lines()))
        if bind_code:
            say(texts.BIND_CODE.format(code=bind_code))

    run(work())


@mashang.command("wechat-stand-in", help=texts.HELP_STAND_IN)
@click.option("--port", type=PORT, default=8100, show_default=True)
@click.option("--callback", default="http://127.0.0.1:8000/wechat", show_default=True)
def stand_in(port: int, callback: str) -> None:
    run_stand_in(["--port", str(port), "--callback", callback])


if __name__ == "__main__":
    main()
