"""`mashang web` and `mashang worker`."""

import sys
from pathlib import Path

import click

from commands import texts
from commands.alone import may_be_many
from commands.errors import CommandRefused
from commands.opening import PORT, run
from commands.serving import serve_web, serve_worker
from commands.supervising import supervise
from settings import SERVING, settings_around

CLI = Path(__file__).parent.parent / "cli.py"


@click.command(help=texts.HELP_WEB)
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
    child = [sys.executable, str(CLI), "web", "--host", host, "--port", str(port)]
    run(supervise([*child, *(["--no-worker"] if no_worker else [])], count=processes, host=host, port=port))


@click.command(help=texts.HELP_WORKER)
@click.option("--metrics-port", type=PORT, help=texts.HELP_METRICS_PORT)
def worker(metrics_port: int | None) -> None:
    run(serve_worker(settings_around(needs=SERVING), metrics_port=metrics_port))
