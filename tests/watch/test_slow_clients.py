"""Somebody who sends a byte now and then holds no place for long, and nobody else waits for them."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from app import opened_app
from commands import serving
from tests.conftest import World
from tests.ports import free_port
from tests.test_app_doors import settings_for
from watch import slowness

pytestmark = pytest.mark.parametrize("world_name", ["sqlite"])
HEAD = "POST {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\nContent-Length: 4000\r\n\r\n"
FORM, XML = "application/x-www-form-urlencoded", "text/xml"


@pytest.fixture
async def port(sampled_world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr(slowness, "LOOK_SECONDS", 0.3)
    monkeypatch.setattr(slowness, "LEAST_BYTES", 100)
    monkeypatch.setattr(serving, "KEPT_OPEN_SECONDS", 1.0)
    port = free_port()
    async with (
        opened_app(settings_for(sampled_world), with_worker=False) as app,
        serving.listening(app, host="127.0.0.1", port=port),
    ):
        yield port


async def trickle(
    port: int, opening: str, *, piece: bytes = b"a", every: float = 0.05
) -> tuple[bytes, float]:
    """What was answered until the connection was closed, and after how long."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    began = time.monotonic()
    reading = asyncio.create_task(reader.read())
    try:
        writer.write(opening.encode())
        while not reading.done() and time.monotonic() - began < 10:
            writer.write(piece)
            await asyncio.sleep(every)
        return await asyncio.wait_for(reading, 1), time.monotonic() - began
    except ConnectionError:
        return b"", time.monotonic() - began
    finally:
        writer.close()


@pytest.mark.parametrize(
    ("path", "kind"), [("/wechat", XML), ("/console/login", FORM), ("/api/v1/sessions", "application/json")]
)
async def test_a_body_that_trickles_is_cut_off(
    port: int, path: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        slow = [asyncio.create_task(trickle(port, HEAD.format(path=path, kind=kind))) for _ in range(20)]
        await asyncio.sleep(0.1)
        # nobody else waits
        async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as http:
            assert (await http.get("/healthz")).status == 200
            for _, seconds in await asyncio.gather(*slow):
                assert seconds < 5
            # it is no mistake of ours that anybody need look at
            told = await (await http.get("/metrics")).text()
    counted = [line for line in told.splitlines() if "mashang_requests_total" in line and path in line]
    assert not [line for line in counted if 'status="5' in line]
    said = [record for record in caplog.records if record.getMessage() == "too_slow"]
    assert len(said) == 20 and {record.__dict__["route"] for record in said} == {path}
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_headers_that_never_end_are_cut_off(port: int) -> None:
    _, seconds = await trickle(port, "GET /healthz HTTP/1.1\r\nX-Slow: ")
    assert seconds < 5


async def test_a_slow_line_is_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    # looked at twice, and longer apart than this process itself may be kept waiting
    monkeypatch.setattr(slowness, "LOOK_SECONDS", 0.9)
    answer, _ = await trickle(
        port, HEAD.format(path="/console/login", kind=FORM).replace("X", "x"), piece=b"a" * 200, every=0.1
    )
    assert answer.startswith(b"HTTP/1.1 403")
