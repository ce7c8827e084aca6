"""Every call we make is one the platform's stand-in, written by others, accepts, and its refusals are told apart."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from fakeredis import FakeAsyncRedis

from clients.wechat import MediaUnavailable, WeChatAccount, WeChatFailed, WeChatUnreachable
from wechat_standin import Fault, Person, Settings, StandIn, serve


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    platform = StandIn(Settings(callback_url="http://127.0.0.1:1/wechat", retries=0, push_timeout=0.2))
    runner = await serve(platform, port=0)
    yield platform
    await runner.cleanup()


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def account_of(standin: StandIn, http: aiohttp.ClientSession, **changes: Any) -> WeChatAccount:
    settings = standin.settings
    given = {"appid": settings.app_id, "secret": settings.secret, "redis": FakeAsyncRedis(), **changes}
    return WeChatAccount(http=http, base_url=standin.public_url, timeout=2, **given)


@pytest.fixture
def account(standin: StandIn, http: aiohttp.ClientSession) -> WeChatAccount:
    return account_of(standin, http)


@pytest.fixture
def mini(standin: StandIn, http: aiohttp.ClientSession) -> WeChatAccount:
    return account_of(standin, http, appid=standin.settings.mini_app_id, secret=standin.settings.mini_secret)


@pytest.fixture
async def villager(standin: StandIn) -> Person:
    person = standin.add_person("villager")
    await standin.follow(person.openid)
    await standin.say(person.openid, "x")
    return person


def asked(standin: StandIn, path: str) -> list[Any]:
    return [call for call in standin.record.calls if call.path == path]


async def test_a_text_arrives_as_written(account: WeChatAccount, standin: StandIn, villager: Person) -> None:
    await account.send_text(villager.openid, '村里说："路\n已修好" <3 \\u4e2d 🌾')
    (call,) = asked(standin, "/cgi-bin/message/custom/send")
    assert call.errcode == 0
    assert villager.chat[-1].kind == "custom"
    assert '村里说："路\n已修好" <3 \\u4e2d 🌾' in villager.chat[-1].content.values()


async def test_the_sixth_message_finds_the_window_closed(account: WeChatAccount, villager: Person) -> None:
    failures = []
    for number in range(12):
        try:
            await account.send_text(villager.openid, str(number))
        except WeChatFailed as failed:
            failures.append(failed)
    assert failures
    assert all(each.closes_window and not each.is_passing and each.rid for each in failures)


async def test_who_does_not_follow_is_told_apart(account: WeChatAccount, standin: StandIn) -> None:
    stranger = standin.add_person("stranger")
    for openid in (stranger.openid, "nobody"):
        with pytest.raises(WeChatFailed) as caught:
            await account.send_template(openid, "tpl-1", {"thing1": "x"})
        assert caught.value.not_following


async def test_a_template_with_the_same_id_is_sent_once(
    account: WeChatAccount, standin: StandIn, villager: Person
) -> None:
    first = await account.send_template(
        villager.openid, "tpl-1", {"thing1": "幸福村"}, url="https://example.org/x", client_msg_id="a-1"
    )
    again = await account.send_template(villager.openid, "tpl-1", {"thing1": "幸福村"}, client_msg_id="a-1")
    assert first == again != ""
    body = asked(standin, "/cgi-bin/message/template/send")[0].body
    assert body["data"] == {"thing1": {"value": "幸福村"}}
    assert sum(bubble.kind == "template" for bubble in villager.chat) == 1


async def test_a_parametric_code(account: WeChatAccount, standin: StandIn) -> None:
    for_now = await account.create_qrcode("ABCDEFGHJK23", 2_592_000)
    for_ever = await account.create_qrcode("ABCDEFGHJK24")
    assert (for_now.expires_in, for_ever.expires_in) == (2_592_000, None)
    assert for_now.ticket and for_now.url != for_ever.url
    actions = [call.body["action_name"] for call in asked(standin, "/cgi-bin/qrcode/create")]
    assert actions == ["QR_STR_SCENE", "QR_LIMIT_STR_SCENE"]


async def test_media_up_and_down(account: WeChatAccount) -> None:
    content = bytes(range(256)) * 100
    media_id = await account.upload_media("image", content, filename="a.jpg", content_type="image/jpeg")
    assert await account.download_media(media_id, max_bytes=len(content)) == (content, "image/jpeg")
    with pytest.raises(MediaUnavailable) as caught:
        await account.download_media(media_id, max_bytes=len(content) - 1)
    assert caught.value.reason == "too-large"
    with pytest.raises(WeChatFailed) as gone:
        await account.download_media("gone", max_bytes=100)
    assert (gone.value.errcode, gone.value.is_passing) == (40007, False)


async def test_a_video_is_not_followed_to_its_address(account: WeChatAccount) -> None:
    media_id = await account.upload_media("video", b"mp4", filename="a.mp4", content_type="video/mp4")
    with pytest.raises(MediaUnavailable) as caught:
        await account.download_media(media_id, max_bytes=100)
    assert caught.value.reason == "elsewhere"


async def test_an_upload_is_whole_when_it_is_tried_again(account: WeChatAccount, standin: StandIn) -> None:
    await account.upload_media("image", b"one", filename="a.jpg", content_type="image/jpeg")
    standin.revoke_tokens()
    media_id = await account.upload_media("image", b"two!", filename="a.jpg", content_type="image/jpeg")
    assert await account.download_media(media_id, max_bytes=9) == (b"two!", "image/jpeg")


async def test_sign_in_needs_no_token_and_keeps_the_session_key_back(
    mini: WeChatAccount, standin: StandIn, villager: Person
) -> None:
    code = standin.mini_login(villager.openid)
    standin.faults.add(Fault(path="/cgi-bin/stable_token", kind="status", times=None))
    login = await mini.code_to_session(code)
    assert login.openid == villager.mini_openid
    assert villager.session_key not in repr(vars(login) if hasattr(login, "__dict__") else login)
    for spent in (code, "never-was"):
        with pytest.raises(WeChatFailed) as caught:
            await mini.code_to_session(spent)
        assert caught.value.code_spent
    assert not asked(standin, "/cgi-bin/stable_token")
    assert all("access_token" not in call.query for call in standin.record.calls)


async def test_a_telephone(mini: WeChatAccount, standin: StandIn, villager: Person) -> None:
    assert (
        await mini.phone_number(standin.phone_code(villager.openid, phone="+8613800000000")) == "13800000000"
    )
    with pytest.raises(WeChatFailed) as caught:
        await mini.phone_number("never-was")
    assert caught.value.code_spent


async def test_menu_and_user(account: WeChatAccount, standin: StandIn, villager: Person) -> None:
    await account.create_menu([{"type": "click", "name": "查询", "key": "query"}])
    assert standin.menu[0]["name"] == "查询"
    assert (await account.user_info(villager.openid))["subscribe"] == 1


async def test_wechatpys_own_groups_are_awaitable(account: WeChatAccount, villager: Person) -> None:
    assert (await account.user.get(villager.openid))["openid"] == villager.openid
    assert (await account.message.send_text(villager.openid, "x"))["errcode"] == 0


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (Fault(path="*", kind="status", status=502), "http 502"),
        (Fault(path="*", kind="status", status=302), "http 302"),
        (Fault(path="*", kind="reset"), "connection"),
        (Fault(path="*", kind="slow", seconds=30), "timeout"),
    ],
)
async def test_trouble_on_the_way_passes(
    account: WeChatAccount, standin: StandIn, villager: Person, fault: Fault, reason: str
) -> None:
    await account.user_info(villager.openid)
    standin.faults.add(fault)
    with pytest.raises(WeChatUnreachable) as caught:
        await account.send_text(villager.openid, "x")
    assert caught.value.reason == reason
    assert caught.value.is_passing
    await account.send_text(villager.openid, "x")


async def test_json_served_as_text_is_json(
    account: WeChatAccount, standin: StandIn, villager: Person
) -> None:
    standin.faults.add(Fault(path="*", kind="text", times=None))
    await account.send_text(villager.openid, "x")


@pytest.mark.parametrize(("errcode", "passes"), [(-1, True), (43108, True), (45011, True), (45009, False)])
async def test_busy_is_left_to_the_caller(
    account: WeChatAccount, standin: StandIn, villager: Person, errcode: int, passes: bool
) -> None:
    path = "/cgi-bin/message/custom/send"
    standin.faults.add(Fault(path=path, kind="errcode", errcode=errcode))
    with pytest.raises(WeChatFailed) as caught:
        await account.send_text(villager.openid, "x")
    assert (caught.value.errcode, caught.value.is_passing) == (errcode, passes)
    assert len(asked(standin, path)) == 1
