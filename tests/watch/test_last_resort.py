"""Whatever goes wrong: a calm Chinese sentence, a request id, and a log line that quotes nothing."""

import asyncio
import io
import logging

import orjson
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from models.errors import DomainError
from tests.waiting import until
from watch.errors import last_resort
from watch.health import counting
from watch.logs import AccessLines, JsonLines
from watch.loops import running

SAID = "张三收了两万元"


class Refused(DomainError):
    key = "test-refused"
    message = "现在不行。"


async def fails(_request: web.Request) -> web.Response:
    raise ValueError(SAID)


async def refuses(_request: web.Request) -> web.Response:
    raise Refused


async def is_away(_request: web.Request) -> web.Response:
    raise ConnectionRefusedError(SAID)


@pytest.fixture
def lines(monkeypatch):
    """What the process would write to standard error."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    level = root.level
    monkeypatch.setattr(root, "handlers", [handler])
    # not the attribute: loggers remember what they once let through
    root.setLevel(logging.INFO)
    yield lambda: [orjson.loads(line) for line in stream.getvalue().splitlines()]
    root.setLevel(level)


@pytest.fixture
async def client(aiohttp_client, lines):
    app = web.Application(middlewares=[counting, last_resort])
    app.router.add_get("/wechat", fails)
    for path, handler in {"/fails": fails, "/refuses": refuses, "/away/{name}": is_away}.items():
        app.router.add_get(path, handler)
        app.router.add_get(f"/api{path}", handler)
    server = TestServer(app)
    await server.start_server(access_log_class=AccessLines, access_log=logging.getLogger("aiohttp.access"))
    return await aiohttp_client(server)


async def test_a_mistake_of_ours_is_told_calmly_and_logged_without_words(client, lines) -> None:
    answer = await client.get("/fails")
    text = await answer.text()
    assert answer.status == 500
    assert "系统出了点问题" in text
    assert SAID not in text
    logged = [line for line in lines() if line["event"] == "broken"]
    assert logged[0]["error"] == "ValueError"
    assert logged[0]["where"].startswith("test_last_resort.py:")
    assert logged[0]["request_id"] in text
    assert SAID not in str(lines())


async def test_wechat_never_gets_a_5xx(client) -> None:
    assert (await client.get("/wechat")).status == 400


async def test_the_api_gets_a_problem(client) -> None:
    answer = await client.get("/api/fails")
    assert answer.status == 500
    assert answer.content_type == "application/problem+json"
    assert (await answer.json(content_type=None))["type"] == "broken"


async def test_a_refusal_says_its_own_sentence(client) -> None:
    answer = await client.get("/refuses")
    assert answer.status == 400
    assert "现在不行。" in await answer.text()


async def test_a_database_that_is_away_is_not_our_mistake(client) -> None:
    answer = await client.get("/away/x")
    assert answer.status == 503
    assert "请过一会儿再试" in await answer.text()


async def test_unknown_addresses_and_methods_are_said_in_chinese(client) -> None:
    missing = await client.get("/nowhere<script>")
    assert missing.status == 404
    assert "没有这个页面" in await missing.text()
    assert "script" not in await missing.text()
    wrong = await client.post("/refuses")
    assert wrong.status == 405
    assert wrong.headers["Allow"] == "GET,HEAD"


async def test_access_logs_hold_no_address_no_path_and_no_query(client, lines) -> None:
    await client.get("/away/secret-name", params={"openid": "oSECRET", "signature": "beef"})
    await until(lambda: any(line["event"] == "request" for line in lines()))
    logged = [line for line in lines() if line["event"] == "request"]
    assert [(line["route"], line["status"], line["method"]) for line in logged] == [
        ("/away/{name}", 503, "GET")
    ]
    written = str(lines())
    for hidden in ("oSECRET", "beef", "secret-name", "127.0.0.1"):
        assert hidden not in written


async def test_a_loop_that_fails_begins_again(monkeypatch, lines) -> None:
    monkeypatch.setattr("watch.loops.PAUSE_SECONDS", 0.01)
    begun = 0

    async def loop() -> None:
        nonlocal begun
        begun += 1
        raise ValueError(SAID)

    async with running(loop):
        await until(lambda: begun > 2)
    assert SAID not in str(lines())
    after = begun
    await asyncio.sleep(0.05)
    assert begun == after
