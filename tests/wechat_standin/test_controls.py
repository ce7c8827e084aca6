"""The controls that tests and the phone in the browser use, and the live stream."""

from __future__ import annotations

import asyncio
import json

import aiohttp
import pytest

from wechat_standin import StandIn
from wechat_standin.hostile import TAMPERS


async def make(api, **body: object) -> str:
    return (await api.post("/_standin/people", body))["openid"]


async def test_a_story_over_http(standin, api, account) -> None:
    openid = await make(api, name="刘老伯")
    person = f"/_standin/people/{openid}"
    assert await api.post(f"{person}/scan", {"link": "http://x/s/23456789ABCD"}) == {"needs_follow": True}
    await api.post(f"{person}/follow", {"link": "http://x/s/23456789ABCD"})
    account.answer = {"MsgType": "text", "Content": "您好"}
    got = await api.post(f"{person}/text", {"text": "路灯坏了"})
    assert got["push"]["outcome"] == "replied"
    await api.post(f"{person}/photo", {"sample": True})
    await api.post(f"{person}/voice", {"seconds": 2})
    await api.post(f"{person}/place", {"latitude": 27.5, "longitude": 110.1, "label": "水渠口"})
    kinds = [each["kind"] for each in (await api.get(f"{person}/chat"))["messages"]]
    assert kinds == ["notice", "me", "passive", "me", "passive", "me", "passive", "me", "passive"]
    assert [each["MsgType"] for each in account.got] == ["event", "text", "image", "voice", "location"]
    assert len((await api.get(f"{person}/chat", after="7"))["messages"]) == 2


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/_standin/people/oNobody/text", {"text": "x"}, 404),
        ("/_standin/people/{openid}/text", {"text": "x"}, 409),
        ("/_standin/people/{openid}/text", {}, 400),
        ("/_standin/people/{openid}/scan", {"link": "not a code"}, 409),
        ("/_standin/faults", {"path": "*", "kind": "earthquake"}, 400),
        ("/_standin/pushes/99/again", {}, 404),
    ],
)
async def test_misuse_is_a_sentence(standin, api, path, body, status) -> None:
    url = standin.public_url + path.format(openid=await make(api))
    async with api.session.post(url, json=body) as answer:
        assert answer.status == status
        assert (await answer.json())["error"]


async def test_messages_arrive_live_and_missed_ones_first(standin: StandIn, api) -> None:
    openid = await make(api, follow=True)
    await standin.say(openid, "第一句")
    seen: list[dict] = []
    url = f"{standin.public_url}/_standin/people/{openid}/events?after=1"
    async with api.session.get(url) as stream:

        async def read() -> None:
            async for line in stream.content:
                if line.startswith(b"data:"):
                    seen.append(json.loads(line[5:]))
                if len(seen) == 2:
                    return

        reading = asyncio.create_task(read())
        await asyncio.sleep(0.1)
        assert await api.custom(openid, "人工回复") == 0
        await asyncio.wait_for(reading, 20)
    assert [(each["kind"], each["text"]) for each in seen] == [("me", "第一句"), ("custom", "人工回复")]


async def test_a_photo_file_and_its_copy_on_the_phone(standin, api) -> None:
    openid = await make(api, follow=True)
    form = aiohttp.FormData()
    form.add_field("file", b"\xff\xd8photo", filename="x.jpg", content_type="image/jpeg")
    url = f"{standin.public_url}/_standin/people/{openid}/photo"
    async with api.session.post(url, data=form) as answer:
        assert answer.status == 200
    await api.post("/_standin/media/expire")
    source = standin.people.get(openid).chat[-1].content["src"]
    assert await api.get(source) == b"\xff\xd8photo"


async def test_time_posters_keys_and_a_fresh_start(standin, api) -> None:
    posters = [{"code": "23456789ABCD", "label": "青石村 民政", "url": "http://x/s/23456789ABCD"}]
    await api.post("/_standin/posters", {"posters": posters})
    assert (await api.post("/_standin/clock", {"advance": 3600}))["offset"] == pytest.approx(3600)
    await make(api)
    assert (await api.get("/_standin/state"))["posters"] == posters
    await api.post("/_standin/callback", {"aes_key": "B" * 43, "mode": "compat", "retries": 0})
    assert (standin.pusher.crypt.aes_key, standin.pusher.mode, standin.pusher.retries) == (
        "B" * 43,
        "compat",
        0,
    )
    await api.post("/_standin/reset")
    state = await api.get("/_standin/state")
    assert (state["people"], state["offset"]) == ([], 0.0)


async def test_a_shared_clock_file_moves_both(tmp_path) -> None:
    from wechat_standin import Clock

    path = tmp_path / "offset"
    ours, theirs = Clock(offset_file=path), Clock(offset_file=path)
    ours.advance(48 * 3600)
    assert theirs.offset == 48 * 3600


async def test_faults_and_hostile_pushes_over_http(standin, api) -> None:
    await api.post(
        "/_standin/faults", {"path": "/cgi-bin/menu/get", "kind": "errcode", "errcode": -1, "times": 2}
    )
    token = await api.token()
    codes = [(await api.get("/cgi-bin/menu/get", access_token=token))["errcode"] for _ in range(3)]
    assert codes == [-1, -1, 46003]
    openid = await make(api, follow=True)
    for tamper in TAMPERS:
        assert "status" in await api.post("/_standin/hostile", {"openid": openid, "tamper": tamper})


async def test_the_pages_are_there(standin, api) -> None:
    for path in ("/", "/_standin/calls", "/static/phone.js", "/static/phone.css"):
        async with api.session.get(standin.public_url + path) as answer:
            assert answer.status == 200
