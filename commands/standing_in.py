"""`mashang wechat-stand-in`: the WeChat platform by itself."""

import click

from commands import texts
from commands.opening import PORT
from wechat_standin.__main__ import main as run_stand_in


@click.command(help=texts.HELP_STAND_IN)
@click.option("--port", type=PORT, default=8100, show_default=True)
@click.option("--callback", default="http://127.0.0.1:8000/wechat", show_default=True)
def stand_in(port: int, callback: str) -> None:
    run_stand_in(["--port", str(port), "--callback", callback])
