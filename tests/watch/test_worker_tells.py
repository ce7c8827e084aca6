"""A `worker` process can be asked how it is, on this machine alone."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from commands import serving
from tests.conftest import World
from tests.ports import free_port
from tests.test_app_doors import settings_for

ASKED = (
    "mashang_oldest_unsent_seconds",
    "mashang_notices_failed",
    "mashang_reports_overdue",
    "mashang_token_refreshes_total",
    "mashang_quota_used",
    "mashang_turn_seconds",
)


@pytest.mark.parametrize("world_name", ["postgres"])
async def test_its_metrics_are_at_a_port_of_its_own(
    sampled_world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "write_logs", lambda: None)
    port = free_port()
    worker = asyncio.create_task(serving.serve_worker(settings_for(sampled_world), metrics_port=port))
    try:
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
            for _ in range(1200):
                assert not worker.done(), worker
                try:
                    ready = await http.get("/readyz")
                    break
                except aiohttp.ClientConnectionError:
                    await asyncio.sleep(0.05)
            assert ready.status == 200
            text = await (await http.get("/metrics")).text()
            assert [name for name in ASKED if name not in text] == []
            assert (await http.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})).status == 404
            assert (await http.get("/console/login")).status == 404
        assert _listens_at(port) == {"0100007F"}
    finally:
        worker.cancel()
        await asyncio.gather(worker, return_exceptions=True)


def _listens_at(port: int) -> set[str]:
    """Addresses as the kernel writes them."""
    ends = (
        line.split()[1]
        for line in Path("/proc/net/tcp").read_text().splitlines()[1:]
        if line.split()[3] == "0A"
    )
    return {address for address, _, number in (end.partition(":") for end in ends) if int(number, 16) == port}
