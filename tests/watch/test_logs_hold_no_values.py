"""Whatever goes wrong, a log line names no address, no value and no words of an exception."""

import asyncio
import gc
import logging
import warnings
from collections.abc import Iterator

import pytest
from aiohttp import web
from aiohttp.multipart import parse_content_disposition

from watch.errors import last_resort
from watch.logs import AccessLines, JsonLines, hush_warnings

SECRET = "13912345678"


class Lines(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonLines())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def written() -> Iterator[Lines]:
    lines, root = Lines(), logging.getLogger()
    root.addHandler(lines)
    level = root.level
    root.setLevel(logging.INFO)
    yield lines
    root.setLevel(level)
    root.removeHandler(lines)


async def forgotten() -> None:
    raise ValueError(f"Key (phone)=({SECRET}) already exists")


async def broken(_request: web.Request) -> web.Response:
    raise ValueError(SECRET)


async def nonsense(_request: web.Request) -> web.Response:
    return SECRET  # type: ignore[return-value]


async def sent(port: int, content: bytes) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(content)
    answer = await asyncio.wait_for(reader.read(), 5)
    writer.close()
    return answer


HOSTILE = [
    f"GET /broken?q={SECRET} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    f"GET /nonsense HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Name: {SECRET}\r\n\r\n",
    f"GET /nowhere/{SECRET} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    f"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nNo colon {SECRET}\r\n\r\n",
    f"GET /{SECRET} HTTP/9.9\r\n\r\n",
    f"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {SECRET}x\r\n\r\n",
    f"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nZZ{SECRET}\r\n",
    f"GE{SECRET}T / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
]


async def test_a_request_that_goes_wrong_leaves_no_address_and_no_value(written: Lines) -> None:
    app = web.Application(middlewares=[last_resort])
    app.router.add_get("/broken", broken)
    app.router.add_get("/nonsense", nonsense)
    runner = web.AppRunner(app, access_log_class=AccessLines)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        answers = [await sent(runner.addresses[0][1], content.encode()) for content in HOSTILE]
    finally:
        await runner.cleanup()
    assert [answer[:7] for answer in answers] == [b"HTTP/1."] * len(HOSTILE)
    text = "\n".join(written.lines)
    assert "ValueError" in text and "Error handling request" in text
    assert SECRET not in text and "127.0.0.1" not in text


async def test_a_task_nobody_waited_for_leaves_the_kind_of_its_error_only(written: Lines) -> None:
    task = asyncio.create_task(forgotten())
    await asyncio.sleep(0.01)
    del task
    gc.collect()
    text = "\n".join(written.lines)
    assert "Task exception was never retrieved" in text and "ValueError" in text
    assert SECRET not in text


def test_a_broken_upload_header_is_not_quoted_in_a_warning() -> None:
    with warnings.catch_warnings(record=True) as shown:
        warnings.simplefilter("always")
        hush_warnings()
        parse_content_disposition(f'{SECRET}! form-data; name="file"')
    assert not any(SECRET in str(warning.message) for warning in shown)
