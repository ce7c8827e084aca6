"""The platform's API: windows, tokens, codes, media, templates, scenes, and its errcodes."""

from __future__ import annotations

import io
import re

import aiohttp
import pytest
import zxingcpp
from PIL import Image

from tests.waiting import until
from wechat_standin import Fault, Settings, StandIn, Template
from wechat_standin.faults import KINDS

HOUR = 3600
SEND = "/cgi-bin/message/custom/send"
STABLE = "/cgi-bin/stable_token"


@pytest.fixture
async def openid(standin: StandIn) -> str:
    person = standin.add_person("李婶")
    await standin.follow(person.openid)
    standin.clock.advance(120)
    return person.openid


def credentials(standin: StandIn, **more: object) -> dict[str, object]:
    settings = standin.settings
    return {
        "grant_type": "client_credential",
        "appid": settings.app_id,
        "secret": settings.secret,
        **more,
    }


# Customer-service windows


async def test_a_message_allows_five_within_48_hours(standin, api, openid) -> None:
    assert await api.custom(openid) == 45015
    await standin.say(openid, "喂")
    assert [await api.custom(openid) for _ in range(6)] == [0, 0, 0, 0, 0, 45047]
    await standin.say(openid, "喂")
    assert await api.custom(openid) == 0
    standin.clock.advance(48 * HOUR + 1)
    assert await api.custom(openid) == 45015
    kinds = [each.kind for each in standin.people.get(openid).chat]
    assert kinds.count("custom") == 6


@pytest.mark.parametrize("cause", ["follow", "scan", "menu", "msgmenu"])
async def test_taps_allow_three_within_a_minute(standin, api, openid, cause) -> None:
    standin.menu = [{"type": "click", "name": "查询", "key": "query"}]
    if cause == "follow":
        await standin.unfollow(openid)
        await standin.follow(openid)
    elif cause == "scan":
        await standin.scan(openid, "23456789ABCD")
    elif cause == "menu":
        await standin.tap_menu(openid, "query")
    else:
        await standin.tap_msgmenu(openid, id="1", content="匿名提交")
    assert [await api.custom(openid) for _ in range(4)] == [0, 0, 0, 45047]
    standin.clock.advance(61)
    assert await api.custom(openid) == 45015


async def test_a_view_tap_opens_no_window(standin, api, account, openid) -> None:
    standin.menu = [{"name": "更多", "sub_button": [{"type": "view", "name": "网页", "url": "http://x/"}]}]
    await standin.tap_menu(openid, "http://x/")
    assert account.got[-1]["Event"] == "VIEW"
    assert await api.custom(openid) == 45015


async def test_custom_messages_refuse_strangers_and_long_texts(standin, api, openid) -> None:
    await standin.say(openid, "喂")
    assert await api.custom("oNobody") == 40003
    assert await api.custom(openid, "字" * 683) == 45002
    assert await api.custom(openid, "字" * 682) == 0
    await standin.unfollow(openid)
    assert await api.custom(openid) == 43004


async def test_an_old_media_id_is_refused_and_spends_nothing(standin, api, openid) -> None:
    await standin.say(openid, "喂")
    body = {"touser": openid, "msgtype": "image", "image": {"media_id": "gone"}}
    assert (await api.post(SEND, body, access_token=await api.token()))["errcode"] == 40007
    assert standin.people.get(openid).windows.message.left == 5


async def test_typing_needs_an_exchange_and_is_said_once(standin, api, openid) -> None:
    async def typing(command: str = "Typing") -> int:
        path, body = "/cgi-bin/message/custom/typing", {"touser": openid, "command": command}
        return (await api.post(path, body, access_token=await api.token()))["errcode"]

    assert await typing() == 45080
    await standin.say(openid, "喂")
    assert [await typing("Dance"), await typing(), await typing(), await typing("CancelTyping")] == [
        45072,
        0,
        45081,
        0,
    ]


# Bodies and errors


async def test_errors_are_http_200_with_a_rid(standin, api) -> None:
    got = await api.post(SEND, {"touser": "x"})
    assert got["errcode"] == 41001
    assert re.search(r"rid: [0-9a-f]{8}-[0-9a-f]{8}-[0-9a-f]{8}$", got["errmsg"])
    assert (await api.post(SEND, {}, access_token="no"))["errcode"] == 40001
    assert (await api.get("/cgi-bin/nothing/here"))["errcode"] == 40066
    assert (await api.get(STABLE))["errcode"] == 43002


@pytest.mark.parametrize(
    ("raw", "errcode"),
    [
        (b'{"touser": "\\u4f60"}', 40033),
        (b'{"touser": "C:\\\\users"}', 40003),
        (b"touser=x", 47001),
        (b"[]", 47001),
        (b"", 44002),
    ],
)
async def test_bodies_are_raw_utf8_json(standin, api, raw, errcode) -> None:
    assert (await api.post(SEND, raw=raw, access_token=await api.token()))["errcode"] == errcode


# Tokens


async def test_the_two_kinds_of_token_live_apart(standin, api) -> None:
    plain = (await api.get("/cgi-bin/token", **credentials(standin)))["access_token"]
    stable = (await api.post(STABLE, credentials(standin)))["access_token"]
    newer = (await api.get("/cgi-bin/token", **credentials(standin)))["access_token"]
    assert len({plain, stable, newer}) == 3
    assert (await api.post(STABLE, credentials(standin)))["access_token"] == stable
    standin.clock.advance(301)
    codes = [
        (await api.get("/cgi-bin/menu/get", access_token=each))["errcode"] for each in (plain, newer, stable)
    ]
    assert codes == [42001, 46003, 46003]


async def test_a_replaced_plain_token_works_five_minutes_more(standin, api) -> None:
    old = (await api.get("/cgi-bin/token", **credentials(standin)))["access_token"]
    await api.get("/cgi-bin/token", **credentials(standin))
    standin.clock.advance(290)
    assert (await api.get("/cgi-bin/menu/get", access_token=old))["errcode"] == 46003


async def test_the_stable_token_tells_what_is_left_and_is_renewed_early(standin, api) -> None:
    first = await api.post(STABLE, credentials(standin))
    standin.clock.advance(6800)
    again = await api.post(STABLE, credentials(standin))
    assert again["access_token"] == first["access_token"]
    assert 395 <= again["expires_in"] <= 400
    standin.clock.advance(150)
    renewed = await api.post(STABLE, credentials(standin))
    assert renewed["access_token"] != first["access_token"]
    assert (await api.get("/cgi-bin/menu/get", access_token=first["access_token"]))["errcode"] == 46003


async def test_forcing_ends_the_old_token_and_is_rationed(standin, api) -> None:
    first = (await api.post(STABLE, credentials(standin)))["access_token"]
    forced = await api.post(STABLE, credentials(standin, force_refresh=True))
    assert forced["access_token"] != first
    assert (await api.get("/cgi-bin/menu/get", access_token=first))["errcode"] == 40001
    assert (await api.post(STABLE, credentials(standin, force_refresh=True)))["errcode"] == 45011
    answers = []
    for _ in range(20):
        standin.clock.advance(31)
        answers.append(await api.post(STABLE, credentials(standin, force_refresh=True)))
    refused = [each.get("errcode") for each in answers if "errcode" in each]
    # Midnight in Shanghai may pass within these ten minutes, and starts a new ration.
    assert refused in ([45009], [])


async def test_revocation_ends_every_token_now(standin, api) -> None:
    old = await api.token()
    standin.revoke_tokens()
    assert (await api.get("/cgi-bin/menu/get", access_token=old))["errcode"] == 40001
    assert await api.token() != old


async def test_credentials_are_checked(standin, api) -> None:
    async def ask(**more: object) -> int:
        return (await api.post(STABLE, credentials(standin, **more)))["errcode"]

    assert [await ask(grant_type="x"), await ask(appid="wx1"), await ask(secret="no")] == [
        40002,
        40013,
        40125,
    ]
    assert [await ask(appid=""), await ask(secret="")] == [41002, 41004]


async def test_the_mini_programs_token_does_not_open_the_account(standin, api, openid) -> None:
    body = {"touser": openid, "msgtype": "text", "text": {"content": "x"}}
    assert (await api.post(SEND, body, access_token=await api.token(mini=True)))["errcode"] == 48001


# Template and subscription messages


async def test_a_template_reaches_followers_at_any_time_and_its_result_is_told(
    standin, api, account, openid
) -> None:
    standin.clock.advance(100 * HOUR)
    got = await api.template(openid, {"thing1": "青石村", "time3": "2026年11月23日 15:01"})
    await until(lambda: account.got and account.got[-1].get("Event") == "TEMPLATESENDJOBFINISH")
    assert (account.got[-1]["MsgID"], account.got[-1]["Status"]) == (str(got["msgid"]), "success")
    card = standin.people.get(openid).chat[-1].as_json()
    assert (card["kind"], [each["value"] for each in card["fields"]]) == (
        "template",
        ["青石村", "2026年11月23日 15:01"],
    )
    await standin.unfollow(openid)
    assert (await api.template(openid, {"thing1": "x"}))["errcode"] == 43004


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("thing1", "字" * 20, "字" * 21),
        ("thing1", "一行", "两\n行"),
        ("number2", "12.5", "12元"),
        ("number2", "1" * 32, "1" * 33),
        ("character_string1", "AB-12 34", "编号12"),
        ("character_string1", "x" * 32, "x" * 33),
        ("time3", "15:01", "25:01"),
        ("time3", "2026年11月23日 15:01", "2026-11-23T15:01:00"),
        ("date1", "2026年11月23日", "明天"),
        ("phrase1", "已受理", "已经受理完毕"),
        ("phrase1", "已受理", "ok"),
        ("name1", "张三", "张" * 11),
        ("phone_number1", "0745-1234567", "1" * 18),
        ("thing1", "在", ""),
        ("thing1", "在", "表\t格"),
    ],
)
async def test_template_fields_have_rules(standin, api, openid, key, good, bad) -> None:
    assert (await api.template(openid, {key: good}))["errcode"] == 0
    assert (await api.template(openid, {key: bad}))["errcode"] == 47003


async def test_unknown_kinds_of_field_are_refused_and_first_is_dropped(standin, api, openid) -> None:
    assert (await api.template(openid, {"keyword1": "x"}))["errcode"] == 47003
    assert (await api.template(openid, {"first": "长" * 90, "thing1": "x"}))["errcode"] == 0
    assert len(standin.people.get(openid).chat[-1].content["fields"]) == 1


async def test_the_same_client_msg_id_shows_once_in_ten_minutes(standin, api, openid) -> None:
    first = await api.template(openid, {"thing1": "x"}, client_msg_id="a")
    again = await api.template(openid, {"thing1": "x"}, client_msg_id="a")
    assert first["msgid"] == again["msgid"]
    standin.clock.advance(601)
    assert (await api.template(openid, {"thing1": "x"}, client_msg_id="a"))["msgid"] != first["msgid"]
    assert [each.kind for each in standin.people.get(openid).chat].count("template") == 2


async def test_configured_templates_are_the_only_ones_and_want_their_fields(account) -> None:
    from wechat_standin.api_templates import _template
    from wechat_standin.errors import ApiError
    from wechat_standin.template_rules import check_fields

    known = Template(title="新反映提醒", fields={"thing1": "地点"})
    standin = StandIn(Settings(templates={"T1": known}))
    assert _template(standin, "T1") is known
    with pytest.raises(ApiError) as refused:
        _template(standin, "T2")
    assert refused.value.errcode == 40037
    with pytest.raises(ApiError) as missing:
        check_fields({"time3": {"value": "15:01"}}, template=known)
    assert missing.value.errcode == 47003


async def test_one_consent_is_one_subscription_message(standin, api, openid) -> None:
    person = standin.people.get(openid)
    body = {"touser": person.mini_openid, "template_id": "S1", "data": {"thing1": {"value": "x"}}}

    async def send() -> int:
        path = "/cgi-bin/message/subscribe/send"
        return (await api.post(path, body, access_token=await api.token(mini=True)))["errcode"]

    assert await send() == 43101
    standin.consent(openid, template_id="S1")
    assert [await send(), await send()] == [0, 43101]


# Codes and media


async def test_a_parametric_code_is_a_picture_the_phone_can_read(standin, api, account, openid) -> None:
    body = {
        "expire_seconds": 600,
        "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": "23456789ABCD"}},
    }
    made = await api.post("/cgi-bin/qrcode/create", body, access_token=await api.token())
    picture = await api.get("/cgi-bin/showqrcode", ticket=made["ticket"])
    assert zxingcpp.read_barcode(Image.open(io.BytesIO(picture))).text == made["url"]
    await standin.scan(openid, made["url"])
    assert account.got[-1] | {"EventKey": "23456789ABCD", "Ticket": made["ticket"]} == account.got[-1]
    standin.clock.advance(601)
    with pytest.raises(Exception, match="过期"):
        await standin.scan(openid, made["url"])
    async with api.session.get(f"{standin.public_url}/cgi-bin/showqrcode?ticket=no") as answer:
        assert answer.status == 404


@pytest.mark.parametrize(
    ("action", "scene", "errcode"),
    [
        ("QR_STR_SCENE", {"scene_str": "x" * 65}, 40053),
        ("QR_STR_SCENE", {"scene_str": ""}, 40053),
        ("QR_SCENE", {"scene_id": 0}, 40053),
        ("QR_LIMIT_SCENE", {"scene_id": 100_001}, 40053),
        ("QR_OTHER", {"scene_str": "x"}, 40052),
    ],
)
async def test_scenes_have_limits(standin, api, action, scene, errcode) -> None:
    body = {"action_name": action, "action_info": {"scene": scene}}
    got = await api.post("/cgi-bin/qrcode/create", body, access_token=await api.token())
    assert got["errcode"] == errcode


async def test_permanent_codes_are_counted_once_a_scene() -> None:
    standin = StandIn(Settings(permanent_codes=1))
    first = standin.scenes.permanent("a")
    assert standin.scenes.permanent("a") is first
    with pytest.raises(Exception, match="45029"):
        standin.scenes.permanent("b")


async def test_codes_of_the_mini_program_check_the_scene(standin, api) -> None:
    async def make(**body: object) -> object:
        return await api.post("/wxa/getwxacodeunlimit", body, access_token=await api.token(mini=True))

    assert (await make(scene="23456789ABCD"))[:4] == b"\x89PNG"
    assert (await make(scene="x" * 33))["errcode"] == 40169
    assert (await make(scene="a%20b"))["errcode"] == 40129
    assert (await make(scene="a", page="/pages/index"))["errcode"] == 41030


async def test_media_last_three_days(standin, api, openid) -> None:
    push = await standin.send_photo(openid, b"\xff\xd8jpeg")
    media_id, token = push.fields["MediaId"], await api.token()
    assert await api.get("/cgi-bin/media/get", access_token=token, media_id=media_id) == b"\xff\xd8jpeg"
    standin.clock.advance(3 * 24 * HOUR + 1)
    gone = await api.get("/cgi-bin/media/get", access_token=await api.token(), media_id=media_id)
    assert gone["errcode"] == 40007


async def test_uploaded_media_can_be_sent(standin, api, openid) -> None:
    await standin.say(openid, "喂")
    form = aiohttp.FormData()
    form.add_field("media", b"\xff\xd8jpeg", filename="a.jpg", content_type="image/jpeg")
    url, token = f"{standin.public_url}/cgi-bin/media/upload", await api.token()
    async with api.session.post(url, params={"type": "image", "access_token": token}, data=form) as answer:
        media_id = (await answer.json())["media_id"]
    body = {"touser": openid, "msgtype": "image", "image": {"media_id": media_id}}
    assert (await api.post(SEND, body, access_token=token))["errcode"] == 0
    got = await api.post("/cgi-bin/media/upload", raw=b"x", access_token=token, type="cake")
    assert got["errcode"] == 40004


# Sign-in of the mini-program


async def test_a_login_code_is_used_once_within_five_minutes(standin, api, openid) -> None:
    settings = standin.settings

    async def login(code: str) -> dict:
        return await api.get(
            "/sns/jscode2session",
            appid=settings.mini_app_id,
            secret=settings.mini_secret,
            js_code=code,
            grant_type="authorization_code",
        )

    code, late = standin.mini_login(openid), standin.mini_login(openid)
    assert (await login(code))["openid"] == standin.people.get(openid).mini_openid
    assert (await login(code))["errcode"] == 40163
    assert (await login("invented"))["errcode"] == 40029
    standin.clock.advance(301)
    assert (await login(late))["errcode"] == 40029


async def test_a_phone_code_gives_the_number_once(standin, api, openid) -> None:
    code = standin.phone_code(openid, phone="13800000000")

    async def ask() -> dict:
        path = "/wxa/business/getuserphonenumber"
        return await api.post(path, {"code": code}, access_token=await api.token(mini=True))

    assert (await ask())["phone_info"]["purePhoneNumber"] == "13800000000"
    assert (await ask())["errcode"] == 40029


# Menu and people


async def test_the_menu_is_checked_kept_and_tapped(standin, api, account, openid) -> None:
    async def create(*buttons: dict) -> int:
        path = "/cgi-bin/menu/create"
        return (await api.post(path, {"button": list(buttons)}, access_token=await api.token()))["errcode"]

    query = {"type": "click", "name": "查询进度", "key": "query"}
    assert await create(query, query, query, query) == 40016
    assert await create({**query, "name": "名字太长的菜单"}) == 40018
    assert await create({**query, "type": "jump"}) == 40017
    assert await create({"name": "更多", "sub_button": [query] * 6}) == 40023
    assert await create(query) == 0
    got = await api.get("/cgi-bin/menu/get", access_token=await api.token())
    assert got == {"menu": {"button": [query]}}
    await standin.tap_menu(openid, "query")
    assert (account.got[-1]["Event"], account.got[-1]["EventKey"]) == ("CLICK", "query")


async def test_user_info_tells_the_scene_and_no_name(standin, api) -> None:
    person = standin.add_person("王大姐")
    await standin.scan(person.openid, "23456789ABCD")

    async def info() -> dict:
        return await api.get("/cgi-bin/user/info", access_token=await api.token(), openid=person.openid)

    got = await info()
    assert (got["subscribe"], got["qr_scene_str"], got["nickname"]) == (1, "23456789ABCD", "")
    await standin.unfollow(person.openid)
    assert await info() == {"subscribe": 0, "openid": person.openid}


# Faults and the record


async def test_every_kind_of_fault_happens_as_often_as_asked(standin, api, openid) -> None:
    await standin.say(openid, "喂")
    token = await api.token()
    body = {"touser": openid, "msgtype": "text", "text": {"content": "x"}}
    url = f"{standin.public_url}{SEND}?access_token={token}"
    seen = []
    for kind in KINDS:
        standin.faults.add(Fault(path=SEND, kind=kind, seconds=0.2))
        try:
            async with api.session.post(url, json=body) as answer:
                seen.append((kind, answer.status, answer.content_type))
        except aiohttp.ClientError as error:
            seen.append((kind, type(error).__name__, ""))
    assert seen[:4] == [
        ("errcode", 200, "application/json"),
        ("status", 502, "text/plain"),
        ("slow", 200, "application/json"),
        ("reset", "ServerDisconnectedError", ""),
    ]
    assert seen[4:] == [("lost", "ServerDisconnectedError", ""), ("text", 200, "text/plain")]
    shown = [each.kind for each in standin.people.get(openid).chat].count("custom")
    assert shown == 3  # slow, lost and text did their work; errcode, status and reset did not
    assert standin.faults.all() == []
    assert [each.fault for each in standin.record.calls_to(SEND)] == list(KINDS)


async def test_the_record_shows_calls_without_secrets(standin, api) -> None:
    token = await api.token()
    await api.post(SEND, {"touser": "oNobody", "msgtype": "text"}, access_token=token)
    shown = str(await api.get("/_standin/record"))
    assert "oNobody" in shown
    assert token not in shown
    assert standin.settings.secret not in shown
    assert token in str(await api.get("/_standin/record", secrets="1"))
