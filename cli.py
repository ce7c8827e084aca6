"""The `mashang` commands: what each does stands in `commands/`, and only what is asked for is imported."""

import logging
import os
import sys
from importlib import import_module

import click

from commands import texts
from commands.errors import COULD_NOT, line_and_code

COMMANDS = {
    "audit": "commands.auditing:audit",
    "backup": "commands.backing_up:backup",
    "codes": "commands.coding:codes",
    "decide": "commands.deciding:decide_command",
    "demo": "commands.demo:demo",
    "doctor": "commands.examining:doctor",
    "import": "commands.importing:import_command",
    "keys": "commands.keys:keys",
    "migrate": "commands.migrating:migrate_command",
    "posters": "commands.printing:posters",
    "restore": "commands.backing_up:restore_command",
    "retention": "commands.retaining:retention",
    "staff": "commands.staffing:staff",
    "web": "commands.running:web",
    "wechat-stand-in": "commands.standing_in:stand_in",
    "worker": "commands.running:worker",
}


class Doors(click.Group):
    """Everything together takes seconds to import, which a short command need not wait for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


def main() -> None:
    """Every way of failing ends here, as one line and an exit code."""
    # what runs on writes logs (watch.logs); a short command says in words what it found
    logging.getLogger().addHandler(logging.NullHandler())
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


@click.group(cls=Doors, help=texts.HELP)
def mashang() -> None: ...


if __name__ == "__main__":
    main()
