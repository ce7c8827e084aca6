"""The house put together: every door answers, and parts that go away come back without a restart."""

import asyncio
import base64
from collections.abc import AsyncIterator

import pytest
from aiohttp.test_utils import TestClient, TestServer

from app import opened_app
from clients.schema import SchemaOld
from delivery.templates import TemplatesWrong
from settings import Settings, read_settings
from tests.conftest import INDEX_KEY, KEY, World, send_guests_away

HETANG = "990121101201"


def settings_for(world: World, **changes: str) -> Settings:
    given = {
        "DATABASE_URL": world.database_url,
        "REDIS_URL": world.redis_url,
        "PUBLIC_URL": "http://127.0.0.1:8000",
        "KEYS": base64.b64encode(KEY).decode(),
        "INDEX_KEY": base64.b64encode(INDEX_KEY).decode(),
        "MEDIA_DIR": str(world.folder / "media"),
        "OA_APPID": "wx0123456789abcdef",
        "OA_SECRET": "0123456789abcdef0123456789abcdef",
        "OA_TOKEN": "standin",
        "OA_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        "WECHAT_API_URL": "http://127.0.0.1:9",
    } | changes
    return read_settings({f"MASHANG_{name}": value for name, value in given.items()})


@pytest.fixture
async def client(sampled_world: World) -> AsyncIterator[TestClient]:
    async with opened_app(settings_for(sampled_world)) as app, TestClient(TestServer(app)) as made:
        yield made


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/healthz", 200),
        ("/readyz", 200),
        ("/metrics", 200),
        ("/m/", 200),
        ("/api/v1/areas", 200),
        ("/api/v1/openapi.json", 200),
        ("/console/login", 200),
        ("/s/23456789ABCD", 404),
        ("/wechat", 403),
        ("/nowhere", 404),
    ],
)
@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_every_door_is_there(client: TestClient, path: str, status: int) -> None:
    answer = await client.get(path)
    assert answer.status == status
    assert "Server" not in answer.headers


async def test_metrics_are_not_for_the_outside(client: TestClient) -> None:
    await client.post("/wechat", data=b"<xml></xml>")
    shown = await (await client.get("/metrics")).text()
    assert 'mashang_requests_total{method="POST",route="/wechat",status="403"}' in shown
    forwarded = await client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"})
    assert forwarded.status == 404


async def test_a_database_that_was_gone_comes_back_without_a_restart(
    client: TestClient, sampled_world: World
) -> None:
    if sampled_world.name == "sqlite":
        return
    await send_guests_away(sampled_world.database_url)
    for _ in range(200):
        answers = [(await client.get("/readyz")).status, (await client.get("/api/v1/areas")).status]
        if answers == [200, 200]:
            break
        await asyncio.sleep(0.1)
    assert answers == [200, 200]


@pytest.mark.parametrize("world_name", ["postgres"])
async def test_without_redis_it_starts_says_so_and_goes_on(sampled_world: World) -> None:
    settings = settings_for(sampled_world, REDIS_URL="redis://127.0.0.1:9/0")
    async with opened_app(settings) as app, TestClient(TestServer(app)) as client:
        ready = await client.get("/readyz")
        assert ready.status == 503
        assert await ready.json() == {"status": "unavailable", "database": "ok", "redis": "away"}
        assert (await client.get("/healthz")).status == 200
        assert (await client.get("/api/v1/areas")).status == 200


async def test_an_old_schema_is_refused(tmp_path) -> None:
    world = World(name="sqlite", database_url=f"sqlite://{tmp_path}/empty.db", redis_url="", folder=tmp_path)
    with pytest.raises(SchemaOld):
        async with opened_app(settings_for(world)):
            pass


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_a_template_for_nothing_is_refused_at_the_start(sampled_world: World) -> None:
    with pytest.raises(TemplatesWrong):
        async with opened_app(settings_for(sampled_world, TEMPLATES='{"birthday": {"id": "x"}}')):
            pass
