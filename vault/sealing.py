"""The sealer: links new events into the chain after they are committed, and sets an anchor as each day begins."""

import logging
from datetime import datetime
from typing import Final

from tortoise.transactions import in_transaction

from clients.database import connection, is_sqlite, rows
from clients.writes import Write, write
from models.log_anchor import LogAnchor
from vault.chain import START, Chain, Link, Said

log = logging.getLogger(__name__)

AT_ONCE: Final = 500
SEALER_LOCK: Final = 7262003

COLUMNS: Final = "id, at, actor, action, report_id, object_id, data"
LAST = "SELECT chain_place, chain_hash FROM event WHERE chain_place IS NOT NULL ORDER BY chain_place DESC LIMIT 1"
WAITING = f"SELECT {COLUMNS} FROM event WHERE chain_place IS NULL ORDER BY id LIMIT {AT_ONCE}"
SEAL = """UPDATE event SET chain_place = given.chain_place, chain_hash = given.chain_hash
  FROM given_rows WHERE event.id = given.id AND event.chain_place IS NULL"""


async def seal_some(chain: Chain) -> int:
    """Answers how many events were sealed."""
    async with in_transaction():
        if not await _is_alone():
            return 0
        place, after = await _end()
        links = []
        for number, row in enumerate(await rows(WAITING), start=place + 1):
            link = chain.link(Said.of(row), after=after)
            links.append((row["id"], number, link.stored()))
            after = link.chained
        columns = {"id": "bigint", "chain_place": "bigint", "chain_hash": "bytea"}
        await write(Write(sql=SEAL, columns=columns, values=links))
        return len(links)


async def anchor_day(chain: Chain, *, at: datetime, day: str) -> LogAnchor | None:
    """None when the day has its anchor, or there is nothing to hold on to."""
    last = await last_anchor()
    if last is not None and last.day >= day:
        return None
    async with in_transaction():
        if not await _is_alone():
            return None
        last = await last_anchor()
        place, end = await _end()
        if place == 0 or (last is not None and last.day >= day):
            return None
        link = end.hex()
        seal = chain.anchor(day=day, place=place, link=link, after=last.seal if last else "")
        made = await LogAnchor.create(day=day, place=place, link=link, seal=seal, made_at=at)
    # where logs are collected elsewhere, a copy out of reach of whoever holds the database
    log.info("log_anchor", extra={"day": day, "place": place, "link": link})
    return made


async def last_anchor() -> LogAnchor | None:
    return await LogAnchor.all().order_by("-day").first()


async def _is_alone() -> bool:
    """Within the transaction: on SQLite every writer is alone."""
    if is_sqlite(connection()):
        return True
    return bool((await rows(f"SELECT pg_try_advisory_xact_lock({SEALER_LOCK}) AS mine"))[0]["mine"])


async def _end() -> tuple[int, bytes]:
    found = await rows(LAST)
    if not found:
        return 0, START
    return found[0]["chain_place"], Link.read(bytes(found[0]["chain_hash"])).chained
