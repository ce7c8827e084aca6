"""The table a process decides by only ever becomes newer."""

import asyncio

import pytest
from tortoise.transactions import in_transaction

from organisation.house import House
from organisation.live import LiveOrganisation, current_version, raise_version, read_table
from routing.table import RoutingTable


async def test_an_older_table_never_replaces_a_newer(sampled: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that is slow ends after one that began later."""
    organisation, old = LiveOrganisation(), await current_version()
    is_read, may_end = asyncio.Event(), asyncio.Event()

    async def slowly(version: int) -> RoutingTable:
        table = await read_table(version)
        if version == old:
            is_read.set()
            await may_end.wait()
        return table

    monkeypatch.setattr("organisation.live.read_table", slowly)
    slow = asyncio.create_task(organisation.refresh())
    await is_read.wait()
    async with in_transaction():
        new = await raise_version(at=sampled.clock.now())
    await organisation.refresh()
    may_end.set()
    await slow
    assert organisation.table.version == new


async def test_what_is_read_in_one_go_is_what_the_rows_say(sampled: House) -> None:
    table = sampled.organisation.table
    chief = table.liaisons[next(iter(table.liaisons))]
    assert (
        chief.phone
        and chief.village_code in table.tree.nodes
        and chief.role in ("chief", "deputy", "monitor")
    )
    assert not chief.is_bound and chief.group_code == ""
