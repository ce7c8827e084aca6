"""`mashang retention`: what is over its time, counted, and how long everything is kept. It destroys nothing."""

import click

from clients.clock import Clock
from commands import texts
from commands.errors import CommandRefused
from commands.opening import opened_with, run, say
from models.choices import Kind, Status
from retention.dry_run import dry_run
from retention.errors import RuleWrong
from retention.rules import rules_in_force, set_rule
from retention.terms import rule_in_words

KINDS = click.Choice([str(kind) for kind in Kind])
STATUSES = click.Choice([str(Status.CLOSED), str(Status.DECLINED)])


@click.group(help=texts.HELP_RETENTION)
def retention() -> None: ...


@retention.command("plan", help=texts.HELP_RETENTION_PLAN)
def plan() -> None:
    async def work() -> None:
        async with opened_with() as settings:
            found = await dry_run(at=Clock(settings.clock_file).now())
        for one in found.due:
            kind = Kind(one.kind).label if one.kind else texts.KIND_UNSET
            say(texts.DUE_LINE.format(many=one.many, kind=kind, status=Status(one.status).label))
        total = sum(one.many for one in found.due)
        say((texts.DUE_TOTAL if total else texts.DUE_NONE).format(total=total))
        say(texts.RETENTION_STATE.format(held=found.held, confirmed=found.confirmed, past=found.past))

    run(work())


@retention.command("rules", help=texts.HELP_RETENTION_RULES)
def rules() -> None:
    async def work() -> None:
        async with opened_with():
            found = await rules_in_force()
        for rule in found:
            about, keep = rule_in_words(rule)
            mark = "" if rule.is_default else texts.RULE_CHANGED
            say(
                texts.RULE_LINE.format(
                    what=rule.what,
                    kind=rule.kind or "-",
                    status=rule.status or "-",
                    keep=keep,
                    about=about,
                    mark=mark,
                )
            )
        say(texts.LOG_KEPT)

    run(work())


@retention.command("set", help=texts.HELP_RETENTION_SET)
@click.argument("what")
@click.argument("keep")
@click.option("--kind", type=KINDS, default=None)
@click.option("--status", type=STATUSES, default=None)
def set_command(what: str, keep: str, kind: str | None, status: str | None) -> None:
    async def work() -> None:
        async with opened_with() as settings:
            at = Clock(settings.clock_file).now()
            given = {"what": what, "kind": kind or "", "status": status or "", "keep": keep}
            try:
                await set_rule(**given, by="system", at=at)
            except RuleWrong as error:
                raise CommandRefused(error.message) from None
        say(texts.RULE_SET)

    run(work())
