"""One token for all processes, renewed once, whatever becomes of Redis; and a lasting refusal costs few calls."""

import asyncio
import secrets
import time
from base64 import b64decode
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from fakeredis import FakeAsyncRedis, FakeServer
from redis.asyncio import Redis

from clients import wechat_token
from clients.wechat import TokenRefused, WeChatAccount, WeChatFailed, WeChatUnreachable
from tests.conftest import REDIS_URL, is_listening, left_out, make_vault
from tests.waiting import until
from vault.shared_tokens import SharedToken
from vault.vault import Vault
from wechat_standin import Fault, Person, Settings, StandIn, serve

STABLE = "/cgi-bin/stable_token"
SEND = "/cgi-bin/message/template/send"


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    appid = "wx" + secrets.token_hex(8)  # a key of its own in a Redis that others use too
    platform = StandIn(
        Settings(app_id=appid, callback_url="http://127.0.0.1:1/wechat", retries=0, push_timeout=0.2)
    )
    runner = await serve(platform, port=0)
    yield platform
    await runner.cleanup()


@pytest.fixture
async def villager(standin: StandIn) -> Person:
    person = standin.add_person("villager")
    person.following = True
    return person


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture(params=["real", "embedded"])
async def redises(request: pytest.FixtureRequest, standin: StandIn) -> AsyncIterator[list[Any]]:
    """Four connections to one Redis, as four processes have them."""
    server = FakeServer()
    if request.param == "real" and not is_listening(REDIS_URL, 6379):
        left_out("Redis")
    made = [
        Redis.from_url(REDIS_URL) if request.param == "real" else FakeAsyncRedis(server=server)
        for _ in range(4)
    ]
    yield made
    async for key in made[0].scan_iter(f"wechat:token:{standin.settings.app_id}*"):
        await made[0].delete(key)
    for each in made:
        await each.aclose()


def account_of(standin: StandIn, http: aiohttp.ClientSession, redis: Any, **changes: Any) -> WeChatAccount:
    given = {"appid": standin.settings.app_id, "secret": standin.settings.secret, "timeout": 3, **changes}
    given.setdefault("seal", SharedToken(make_vault(), appid=given["appid"]))
    return WeChatAccount(http=http, base_url=standin.public_url, redis=redis, **given)


def count(standin: StandIn, path: str, *, forced: bool | None = None) -> int:
    calls = [call for call in standin.record.calls if call.path == path]
    return sum(forced is None or call.body.get("force_refresh") is forced for call in calls)


async def test_four_processes_share_one_token_through_revocations(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession, redises: list[Any]
) -> None:
    accounts = [account_of(standin, http, redis) for redis in redises]

    over, sent = asyncio.Event(), [0] * 16

    async def send_on(sender: int) -> None:
        while not over.is_set():
            await accounts[sender % 4].send_template(villager.openid, "t", {"thing1": "x"})
            sent[sender] += 1

    async def each_has_sent_some() -> None:
        goals = [so_far + 3 for so_far in sent]
        await until(lambda: all(so_far >= goal for so_far, goal in zip(sent, goals, strict=True)))

    async def revoke() -> None:
        for _ in range(3):
            # far enough apart for no call to be hit twice: it is tried once more only
            await each_has_sent_some()
            standin.revoke_tokens()
        await each_has_sent_some()
        over.set()

    await asyncio.gather(revoke(), *(send_on(sender) for sender in range(16)))
    good = sum(call.path == SEND and not call.errcode for call in standin.record.calls)
    assert good == sum(sent)
    assert count(standin, STABLE) == 4
    assert count(standin, STABLE, forced=True) == 0


async def test_a_cold_start_of_many_fetches_once(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession, redises: list[Any]
) -> None:
    accounts = [account_of(standin, http, redis) for redis in redises]
    await asyncio.gather(*(account.user_info(villager.openid) for account in accounts for _ in range(50)))
    assert count(standin, STABLE) == 1
    # The lock is given back, and the token will go by itself.
    key = f"wechat:token:{standin.settings.app_id}"
    assert await redises[0].get(f"{key}:lock") is None
    assert 7_000 < await redises[0].ttl(key) <= 7_200


async def test_somebody_elses_lock_is_left_alone(standin: StandIn, http: aiohttp.ClientSession) -> None:
    redis = FakeAsyncRedis()
    key = f"wechat:token:{standin.settings.app_id}:lock"
    standin.faults.add(Fault(path=STABLE, kind="slow", seconds=0.3))
    call = asyncio.create_task(account_of(standin, http, redis).user_info("x"))
    await asyncio.sleep(0.1)
    await redis.set(key, "another")  # ours ran out while WeChat was slow
    with pytest.raises(WeChatFailed):
        await call
    assert await redis.get(key) == b"another"


async def test_another_process_that_was_quicker_saves_the_fetch(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession
) -> None:
    class Quicker(FakeAsyncRedis):
        """Between our first look and our lock, another process has renewed and given its lock back."""

        async def set(self, name: Any, value: Any, **options: Any) -> Any:
            if str(name).endswith(":lock"):
                token, _ = standin.oa_tokens.stable(force=False)
                sealed = SharedToken(make_vault(), appid=standin.settings.app_id).seal(token)
                await super().set(name.removesuffix(":lock"), sealed)
            return await super().set(name, value, **options)

    assert (await account_of(standin, http, Quicker()).user_info(villager.openid))["subscribe"] == 1
    assert count(standin, STABLE) == 0


async def test_a_lasting_refusal_costs_a_bounded_number_of_calls(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession, redises: list[Any]
) -> None:
    standin.faults.add(Fault(path=SEND, kind="errcode", errcode=40001, times=None))
    accounts = [account_of(standin, http, redis) for redis in redises]
    outcomes = await asyncio.gather(
        *(
            account.send_template(villager.openid, "t", {"thing1": "x"})
            for account in accounts
            for _ in range(25)
        ),
        return_exceptions=True,
    )
    assert all(
        isinstance(each, WeChatFailed) and each.errcode == 40001 and each.is_passing for each in outcomes
    )
    assert count(standin, SEND) <= 2 * 100
    assert count(standin, STABLE, forced=True) == 1
    assert count(standin, STABLE) <= 10


async def test_one_lasting_refusal_is_two_sends_and_one_forced_renewal(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession
) -> None:
    account = account_of(standin, http, FakeAsyncRedis())
    await account.user_info(villager.openid)
    standin.record.calls.clear()
    standin.faults.add(Fault(path=SEND, kind="errcode", errcode=40001, times=None))
    with pytest.raises(WeChatFailed):
        await account.send_template(villager.openid, "t", {"thing1": "x"})
    assert (count(standin, SEND), count(standin, STABLE)) == (2, 2)
    for _ in range(10):
        with pytest.raises(WeChatFailed):
            await account.send_template(villager.openid, "t", {"thing1": "x"})
    assert count(standin, SEND) == 12
    assert (count(standin, STABLE), count(standin, STABLE, forced=True)) == (3, 1)
    standin.faults.clear()
    await account.send_template(villager.openid, "t", {"thing1": "x"})


async def test_forcing_is_rationed_among_processes_and_in_each(
    standin: StandIn, http: aiohttp.ClientSession, redises: list[Any]
) -> None:
    one, two = (account_of(standin, http, redis)._tokens for redis in redises[:2])
    pause = f"wechat:token:{standin.settings.app_id}:forced"
    granted = 0
    for number in range(30):
        await redises[0].delete(pause)
        tokens = (one, two)[number % 2]
        tokens._forced_at = [at - 60 for at in tokens._forced_at]
        granted += await tokens._may_force()
    assert granted == 20
    assert await one._may_force() is False
    await redises[0].delete(pause, f"{pause}:day")  # Redis has lost everything
    alone = account_of(standin, http, None)._tokens
    assert (await alone._may_force(), await alone._may_force()) == (True, False)
    for _ in range(30):
        alone._forced_at = [at - 60 for at in alone._forced_at]
        await alone._may_force()
    assert len(alone._forced_at) == 20


async def test_an_expired_token_is_renewed(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession, redises: list[Any]
) -> None:
    account = account_of(standin, http, redises[0])
    await account.user_info(villager.openid)
    standin.clock.offset += 7_300
    assert (await account.user_info(villager.openid))["subscribe"] == 1
    assert count(standin, STABLE, forced=True) == 0


async def test_redis_losing_everything_costs_one_fetch(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wechat_token, "_HELD_SECONDS", 0.0)
    redis = FakeAsyncRedis()
    account = account_of(standin, http, redis)
    for _ in range(3):
        await account.user_info(villager.openid)
    await redis.flushall()
    for _ in range(3):
        await account.user_info(villager.openid)
    assert count(standin, STABLE) == 2


@pytest.mark.parametrize("how", ["refused", "silent", "none"])
async def test_without_redis_nothing_stops(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession, how: str
) -> None:
    async def say_nothing(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(20)
        writer.close()

    silent = await asyncio.start_server(say_nothing, "127.0.0.1", 0)
    port = silent.sockets[0].getsockname()[1] if how == "silent" else 1
    redis = None if how == "none" else Redis(host="127.0.0.1", port=port)
    account = account_of(standin, http, redis)
    started = time.monotonic()
    await asyncio.gather(*(account.user_info(villager.openid) for _ in range(30)))
    assert time.monotonic() - started < 15, "the silent one would keep them for twenty"
    standin.revoke_tokens()
    await asyncio.gather(*(account.user_info(villager.openid) for _ in range(30)))
    assert count(standin, STABLE) == 2
    silent.close()
    if redis is not None:
        await redis.aclose()


async def test_a_failure_to_get_a_token_is_shared_by_all_who_wait(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession
) -> None:
    account = account_of(standin, http, FakeAsyncRedis(), timeout=0.5)
    standin.faults.add(Fault(path=STABLE, kind="slow", seconds=5, times=None))
    started = time.monotonic()
    outcomes = await asyncio.gather(
        *(account.user_info(villager.openid) for _ in range(100)), return_exceptions=True
    )
    assert all(isinstance(each, WeChatUnreachable) for each in outcomes)
    assert time.monotonic() - started < 4.5, "one after the other they would take fifty"
    standin.faults.clear()
    await account.user_info(villager.openid)


async def test_a_caller_who_gives_up_does_not_take_the_others_token(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession
) -> None:
    account = account_of(standin, http, FakeAsyncRedis())
    standin.faults.add(Fault(path=STABLE, kind="slow", seconds=0.3))
    hasty = asyncio.create_task(account.user_info(villager.openid))
    patient = asyncio.create_task(account.user_info(villager.openid))
    await asyncio.sleep(0.1)
    hasty.cancel()
    assert (await patient)["subscribe"] == 1
    assert count(standin, STABLE) == 1


async def test_a_wrong_secret_is_a_matter_of_settings(standin: StandIn, http: aiohttp.ClientSession) -> None:
    account = account_of(standin, http, FakeAsyncRedis(), secret="not-the-secret-of-this-account")
    with pytest.raises(TokenRefused) as caught:
        await account.user_info("x")
    assert not caught.value.is_passing
    assert "not-the-secret" not in f"{caught.value} {caught.value!r} {caught.value.__dict__}"


async def test_redis_alone_gives_nobody_the_token(
    standin: StandIn, villager: Person, http: aiohttp.ClientSession, redises: list[Any]
) -> None:
    one, two = (account_of(standin, http, redis) for redis in redises[:2])
    for account in (one, two):
        await account.user_info(villager.openid)
    token = (await one._tokens.current()).encode()
    assert count(standin, STABLE) == 1 and (await two._tokens.current()).encode() == token
    key = f"wechat:token:{one.appid}"
    stored = await redises[0].get(key)
    assert token not in stored and token not in b64decode(stored)
    # other keys, or a value put there by somebody else: as if nothing were there
    stranger = SharedToken(Vault(keys=[bytes(32)], index_key=bytes(32)), appid=one.appid)
    await account_of(standin, http, redises[2], seal=stranger).user_info(villager.openid)
    await redises[0].set(key, b"plain")
    await account_of(standin, http, redises[3]).user_info(villager.openid)
    assert count(standin, STABLE) == 3
