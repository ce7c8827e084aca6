"""The log is sealed after the fact, anchored day by day, and whatever is done to it is found and named."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from tortoise.transactions import in_transaction

from clients.database import changed, rows
from models.event import Event
from models.log_anchor import LogAnchor
from models.log_check import LogCheck
from tests.conftest import World, make_vault
from vault.chain import Chain
from vault.log import record
from vault.sealing import anchor_day, seal_some
from vault.vault import Vault
from vault.verifying import Harm, check_log, verify_log

# one database is enough for what is done to rows that both have read back alike
ONE_DATABASE = pytest.mark.parametrize("world_name", ["sqlite"])
NOW = datetime(2026, 11, 26, 2, 0, tzinfo=UTC)
EVENTS = 12


@pytest.fixture
def chain() -> Chain:
    return Chain(make_vault())


@pytest.fixture
async def sealed(database: World, chain: Chain) -> Chain:
    """Twelve events, anchored after the eighth."""
    for number in range(EVENTS):
        if number == 8:
            await anchor_day(chain, at=NOW + timedelta(days=1), day="2026-11-27")
        at = NOW + timedelta(days=1 if number >= 8 else 0, minutes=number)
        data = {"zählung": number, "b": [1, {"y": 1, "x": None}]}
        await record("report.read", by=f"staff:{number}", at=at, report_id="r" * 22, data=data)
        await seal_some(chain)
    return chain


async def found(chain: Chain, *, printed: tuple[tuple[str, str], ...] = ()) -> list[tuple[Harm, int]]:
    verdict = await verify_log(chain, printed=printed)
    return [(one.harm, one.place) for one in verdict.found]


async def test_an_untouched_log_is_whole(sealed: Chain) -> None:
    verdict = await check_log(sealed, at=NOW)
    assert (verdict.found, verdict.sealed, verdict.anchors, verdict.waiting) == ([], EVENTS, 1, 0)
    assert (await LogCheck.get()).found == []


async def test_events_wait_without_a_place_and_are_sealed_in_any_number(
    database: World, chain: Chain
) -> None:
    for number in range(600):
        await record("ledger.read", by=f"staff:{number}", at=NOW)
    assert (await verify_log(chain)).waiting == 600
    assert [await seal_some(chain) for _ in range(3)] == [500, 100, 0]
    assert await found(chain) == []
    places = await Event.all().order_by("id").values_list("chain_place", flat=True)
    assert places == list(range(1, 601))


async def test_many_sealers_beside_writers_make_one_chain(database: World, chain: Chain) -> None:
    async def write(number: int) -> None:
        async with in_transaction():
            await record("report.read", by=f"staff:{number}", at=NOW)
            # others take later ids and are committed before
            await asyncio.sleep(number % 5 * 0.01)
            await record("ledger.read", by=f"staff:{number}", at=NOW)

    async def seal() -> None:
        for _ in range(12):
            await seal_some(chain)
            await asyncio.sleep(0.005)

    await asyncio.gather(*(write(number) for number in range(30)), *(seal() for _ in range(3)))
    await seal_some(chain)
    verdict = await verify_log(chain)
    assert (verdict.found, verdict.sealed, verdict.waiting) == ([], 60, 0)


@ONE_DATABASE
async def test_a_deleted_event_is_named(sealed: Chain) -> None:
    await changed("DELETE FROM event WHERE chain_place = $1", 5)
    assert await found(sealed) == [(Harm.DELETED, 5)]


@ONE_DATABASE
async def test_a_deleted_event_is_named_when_the_gap_was_closed(sealed: Chain) -> None:
    await changed("DELETE FROM event WHERE chain_place = $1", 10)
    for place in (11, 12):
        await changed("UPDATE event SET chain_place = $1 WHERE chain_place = $2", place - 1, place)
    assert await found(sealed) == [(Harm.DELETED, 10)]


async def test_a_changed_event_is_named(sealed: Chain) -> None:
    changes = ["actor = 'staff:99'", "at = at - 1", "action = 'x'", "report_id = NULL", "object_id = 'o'"]
    changes += ["data = '{}'", "id = 999"]
    for place, change in enumerate(changes, start=2):
        await changed(f"UPDATE event SET {change} WHERE chain_place = {place}")
    assert await found(sealed) == [(Harm.CHANGED, place) for place in range(2, 9)]


@ONE_DATABASE
async def test_the_first_and_the_last_event_are_guarded_too(sealed: Chain) -> None:
    for place in (1, EVENTS):
        await changed("UPDATE event SET actor = 'staff:99' WHERE chain_place = $1", place)
    assert await found(sealed) == [(Harm.CHANGED, 1), (Harm.CHANGED, EVENTS)]


@ONE_DATABASE
async def test_an_event_put_in_is_named(sealed: Chain) -> None:
    for place in range(EVENTS, 10, -1):
        await changed("UPDATE event SET chain_place = $1 WHERE chain_place = $2", place + 1, place)
    row = (await rows("SELECT chain_hash FROM event WHERE chain_place = 10"))[0]
    await Event.create(
        at=NOW + timedelta(days=1),
        actor="staff:1",
        action="account.confirm",
        chain_place=11,
        chain_hash=bytes(row["chain_hash"]),
    )
    assert await found(sealed) == [(Harm.INSERTED, 11)]


@ONE_DATABASE
async def test_an_event_told_afterwards_is_named(sealed: Chain) -> None:
    await record("account.confirm", by="staff:1", at=NOW - timedelta(days=3))
    await seal_some(sealed)
    assert await found(sealed) == [(Harm.BACKDATED, EVENTS + 1)]


@ONE_DATABASE
async def test_events_in_another_order_are_named(sealed: Chain) -> None:
    for old, new in ((6, 900), (7, 6), (900, 7)):
        await changed("UPDATE event SET chain_place = $1 WHERE chain_place = $2", new, old)
    harms = await found(sealed)
    assert {(Harm.MOVED, 6), (Harm.MOVED, 7)} <= set(harms)
    assert {harm for harm, _ in harms} == {Harm.MOVED}


@ONE_DATABASE
async def test_a_log_cut_off_before_its_last_anchor_is_named(sealed: Chain) -> None:
    await changed("DELETE FROM event WHERE chain_place > 6")
    assert await found(sealed) == [(Harm.CUT_OFF, 7)]


@ONE_DATABASE
async def test_a_changed_or_lost_anchor_is_named(sealed: Chain) -> None:
    for days in (2, 3):
        at = NOW + timedelta(days=days)
        await record("ledger.read", by="staff:1", at=at)
        await seal_some(sealed)
        await anchor_day(sealed, at=at, day=(date(2026, 11, 26) + timedelta(days=days)).isoformat())
    assert await found(sealed) == []
    await LogAnchor.filter(day="2026-11-28").delete()
    assert await found(sealed) == [(Harm.ANCHOR, EVENTS + 2)]
    await LogAnchor.filter(day="2026-11-27").update(place=2)
    assert (Harm.ANCHOR, 2) in await found(sealed)


@ONE_DATABASE
async def test_whoever_holds_the_keys_too_is_found_by_a_printed_anchor(sealed: Chain) -> None:
    """They can make every link anew; not the paper."""
    printed = ("2026-11-27", (await LogAnchor.get(day="2026-11-27")).link)
    assert await found(sealed, printed=(printed,)) == []
    await changed("DELETE FROM event WHERE chain_place = 3")
    await changed("UPDATE event SET chain_place = NULL, chain_hash = NULL")
    await LogAnchor.all().delete()
    await seal_some(sealed)
    await anchor_day(sealed, at=NOW + timedelta(days=1), day="2026-11-27")
    assert await found(sealed) == []
    assert await found(sealed, printed=(printed,)) == [(Harm.PRINTED, 0)]


@ONE_DATABASE
async def test_without_the_key_no_link_can_be_made(sealed: Chain) -> None:
    thief = Chain(Vault(keys=[bytes(32)], index_key=bytes(32)))
    await changed("UPDATE event SET actor = 'staff:99', chain_place = NULL WHERE chain_place = $1", EVENTS)
    assert await seal_some(thief) == 1
    assert await found(sealed) == [(Harm.CHANGED, EVENTS)]


@ONE_DATABASE
async def test_a_day_has_one_anchor_and_an_empty_log_none(database: World, chain: Chain) -> None:
    assert await anchor_day(chain, at=NOW, day="2026-11-26") is None
    await record("ledger.read", by="staff:1", at=NOW)
    await seal_some(chain)
    assert await anchor_day(chain, at=NOW, day="2026-11-26") is not None
    assert await anchor_day(chain, at=NOW, day="2026-11-26") is None
    assert await anchor_day(chain, at=NOW, day="2026-11-25") is None
