"""How a command ends: every failure becomes one Chinese line and an exit code."""

import asyncpg
import click
from tortoise.exceptions import BaseORMException

from commands import texts
from delivery.quotas import QuotasWrong
from delivery.templates import TemplatesWrong
from models.errors import DomainError
from organisation.floods import FloodsWrong
from organisation.importing import ImportRefused
from qrcodes.errors import MiniPageWrong, VerifyFilesWrong
from settings import SettingWrong
from vault.known_keys import IndexKeyOther, KeyMissing
from watch.logs import where

COULD_NOT = 1
REFUSED = 2


class CommandRefused(DomainError):
    """Wrong usage, or a start that would do harm: exit code 2."""

    key = "command-refused"


class CommandFailed(DomainError):
    key = "command-failed"


REFUSALS = (
    CommandRefused,
    SettingWrong,
    TemplatesWrong,
    FloodsWrong,
    QuotasWrong,
    MiniPageWrong,
    VerifyFilesWrong,
    ImportRefused,
    KeyMissing,
    IndexKeyOther,
)


def line_and_code(error: BaseException) -> tuple[str, int]:
    """What standard error says and how the process ends."""
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "mashang"
        return texts.USAGE.format(reason=_usage(error), command=command), REFUSED
    if isinstance(error, SettingWrong | DomainError):
        return error.message, REFUSED if isinstance(error, REFUSALS) else COULD_NOT
    return _failure(error), COULD_NOT


def _failure(error: BaseException) -> str:
    if isinstance(error, KeyboardInterrupt | click.Abort):
        return texts.INTERRUPTED
    if isinstance(error, BaseORMException | asyncpg.PostgresError | asyncpg.InterfaceError):
        return texts.DATABASE_AWAY.format(error=type(error).__name__)
    if isinstance(error, OSError) and error.filename:
        reason = texts.FILES_REASONS.get(
            error.errno or 0, texts.FILES_OTHER_REASON.format(number=error.errno)
        )
        return texts.FILES_FAILED.format(reason=reason, path=error.filename)
    # its words may quote what somebody said: only the kind and the place are told
    return texts.UNEXPECTED.format(error=type(error).__name__, where=where(error))


def _usage(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        return texts.NO_OPTION.format(name=error.option_name)
    if isinstance(error, click.BadOptionUsage):
        return texts.OPTION_NEEDS_VALUE.format(name=error.option_name)
    if isinstance(error, click.BadParameter):
        name = error.param.opts[0] if error.param is not None else error.param_hint or ""
        wrong = texts.MISSING if isinstance(error, click.MissingParameter) else texts.BAD_VALUE
        return wrong.format(name=name)
    return texts.NO_COMMAND
