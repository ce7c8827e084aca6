"""`mashang decide`: facts in, the decision and its reasons out; nothing is stored."""

import sys
from typing import Any, Final

import click
import orjson

from commands import texts
from commands.errors import CommandRefused
from commands.opening import opened_with, run, say
from organisation.live import current_version, read_table
from organisation.stating.facts import FactWrong, stated_facts
from routing.decide import decide
from routing.decision import Decision
from routing.table import RoutingTable

KNOWN: Final = ("entry", "region", "area", "purpose", "level", "subject", "text", "appeal_of", "avoid")


@click.command("decide", help=texts.HELP_DECIDE)
def decide_command() -> None:
    async def work() -> None:
        async with opened_with():
            say(orjson.dumps(await decided(sys.stdin.buffer.read())).decode())

    run(work())


async def decided(text: bytes) -> dict[str, Any]:
    """The answer as the contract shapes it. Raises `CommandRefused` for facts that are wrong."""
    given = read_json(text)
    table = await read_table(await current_version())
    try:
        facts = await stated_facts(given, table=table)
    except FactWrong as wrong:
        raise CommandRefused(wrong.message) from None
    return answer(decide(facts, table), table=table)


def read_json(text: bytes) -> dict[str, Any]:
    try:
        given = orjson.loads(text)
    except ValueError:
        raise CommandRefused(texts.NOT_JSON) from None
    if not isinstance(given, dict):
        raise CommandRefused(texts.NOT_JSON)
    for name in given:
        if name not in KNOWN:
            raise CommandRefused(texts.UNKNOWN_FACT.format(name=name[:40], known="、".join(KNOWN)))
    return given


def answer(decision: Decision, *, table: RoutingTable) -> dict[str, Any]:
    """People and bodies as the import files name them: username, telephone, code."""
    return {
        "body": decision.body,
        "rule": decision.rule,
        "reasons": list(decision.reasons),
        "ruled_out": [
            {"who": _as_imported(out.who, table=table), "name": out.name, "reason": out.reason}
            for out in decision.ruled_out
        ],
        "liaisons_told": [liaison.phone for liaison in decision.liaisons_told],
    }


def _as_imported(who: str, *, table: RoutingTable) -> str:
    if who in table.staff:
        return table.staff[who].username
    if who in table.liaisons:
        return table.liaisons[who].phone
    return who.removeprefix("body:")
