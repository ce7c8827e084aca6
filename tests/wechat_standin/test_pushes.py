"""Messages and events reach the account's server as the platform sends them, and its answers reach the chat."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from wechat_standin import ControlError, StandIn, samples
from wechat_standin.hostile import TAMPERS
from wechat_standin.texts import OUT_OF_SERVICE

TEXT = {"MsgType": "text", "Content": "收到 ]]> 了"}


def last(standin: StandIn, openid: str) -> dict:
    return standin.people.get(openid).chat[-1].as_json()


async def follower(standin: StandIn) -> str:
    person = standin.add_person("张大爷")
    await standin.follow(person.openid)
    return person.openid


@pytest.mark.parametrize("mode", ["safe", "compat", "plain"])
async def test_a_text_and_its_answer_in_every_mode(standin, account, mode) -> None:
    standin.pusher.mode = mode
    openid = await follower(standin)
    account.answer = TEXT
    push = await standin.say(openid, "路灯坏了 ]]> 三个月")
    assert account.got[-1]["Content"] == "路灯坏了 ]]> 三个月"
    assert account.got[-1]["MsgId"].isdecimal()
    assert account.queries[-1]["openid"] == openid
    assert ("msg_signature" in account.queries[-1]) == (mode != "plain")
    assert (push.outcome, push.status) == ("replied", 200)
    assert last(standin, openid) | {"from": "account", "kind": "passive", "text": "收到 ]]> 了"} == last(
        standin, openid
    )


async def test_following_and_scanning_send_the_scene(standin, account) -> None:
    person = standin.add_person()
    await standin.scan(person.openid, "https://example.test/s/23456789abcd")
    await standin.scan(person.openid, "2345 6789-ABCD")
    first, second = account.got
    assert (first["Event"], first["EventKey"]) == ("subscribe", "qrscene_23456789ABCD")
    assert (second["Event"], second["EventKey"]) == ("SCAN", "23456789ABCD")
    assert first["Ticket"]
    assert "MsgId" not in first


async def test_who_does_not_follow_is_asked_first_and_cannot_write(standin) -> None:
    person = standin.add_person()
    assert await standin.scan(person.openid, "23456789ABCD", follow=False) is None
    with pytest.raises(ControlError):
        await standin.say(person.openid, "喂")


async def test_every_kind_of_message_carries_its_fields(standin, account) -> None:
    openid = await follower(standin)
    await standin.send_photo(openid)
    await standin.send_voice(openid)
    await standin.send_place(openid, latitude=27.5, longitude=110.1, label="水渠口")
    await standin.send_link(openid, title="题", description="说", url="http://example.test/")
    await standin.send_video(openid, b"mp4", kind="shortvideo")
    await standin.tap_msgmenu(openid, id="7", content="匿名提交")
    photo, voice, place, link, video, tap = account.got[1:]
    assert photo["PicUrl"].startswith(standin.public_url)
    assert (voice["Format"], voice["Recognition"]) == ("amr", "")
    assert (place["Location_X"], place["Location_Y"], place["Label"]) == ("27.5", "110.1", "水渠口")
    assert link["Url"] == "http://example.test/"
    assert video["MsgType"] == "shortvideo"
    assert video["ThumbMediaId"]
    assert (tap["MsgType"], tap["bizmsgmenuid"]) == ("text", "7")
    assert len({each["MsgId"] for each in account.got[1:]}) == 6


async def test_the_sample_photo_hides_a_place_and_the_voice_is_amr(standin) -> None:
    exif = Image.open(io.BytesIO(samples.photo())).getexif()
    assert exif.get_ifd(0x8825)[1] == "N"
    voice = samples.voice(seconds=2)
    assert voice[:6] == b"#!AMR\n"
    assert len(voice) == 6 + 100 * 32


async def test_a_slow_server_is_asked_again_with_the_same_bytes(standin, account) -> None:
    openid = await follower(standin)
    standin.pusher.timeout = 0.3
    account.answer, account.delays = TEXT, [0.6, 0.6]
    push = await standin.say(openid, "喂")
    assert [each.error for each in push.attempts] == ["timeout", "timeout", ""]
    assert len({each["MsgId"] for each in account.got[1:]}) == 1
    assert len({each["nonce"] for each in account.queries[1:]}) == 1
    assert last(standin, openid)["kind"] == "passive"


async def test_after_three_retries_the_person_reads_that_nothing_works(standin, account) -> None:
    openid = await follower(standin)
    standin.pusher.timeout = 0.3
    account.delay = 0.6
    push = await standin.say(openid, "喂")
    assert len(push.attempts) == 4
    assert (push.outcome, last(standin, openid)["text"]) == ("failed", OUT_OF_SERVICE)


@pytest.mark.parametrize(
    "answer",
    [
        500,
        404,
        b'{"msg": "json"}',
        b"<xml><MsgType>text</MsgType></xml>",
        b"\xff\xfe",
        b"Success",
        {"MsgType": "text", "Content": "字" * 700},
        {"MsgType": "text", "Content": ""},
        {"MsgType": "dance"},
        {"MsgType": "news", "ArticleCount": 2, "Articles": {"item": [{"Title": "1"}, {"Title": "2"}]}},
        {"MsgType": "image", "Image": {"MediaId": ""}},
        {"MsgType": "text", "Content": "x", "ToUserName": "somebody-else"},
    ],
)
async def test_a_bad_answer_is_not_asked_again_and_shows_as_out_of_service(standin, account, answer) -> None:
    openid = await follower(standin)
    account.answer = answer
    push = await standin.say(openid, "喂")
    assert len(push.attempts) == 1
    assert (push.outcome, last(standin, openid)["text"]) == ("failed", OUT_OF_SERVICE)


@pytest.mark.parametrize("answer", [b"", b"success"])
async def test_silence_shows_nothing(standin, account, answer) -> None:
    openid = await follower(standin)
    account.answer = answer
    push = await standin.say(openid, "喂")
    assert (push.outcome, last(standin, openid)["from"]) == ("silent", "me")


async def test_an_unsigned_or_foreign_envelope_is_out_of_service(standin, account) -> None:
    openid = await follower(standin)
    account.answer = account.seal(b"<xml></xml>").replace("<TimeStamp>1", "<TimeStamp>2").encode()
    assert (await standin.say(openid, "喂")).reason == "MsgSignature"
    account.answer = b"<xml><ToUserName>x</ToUserName><Content>plain in safe mode</Content></xml>"
    assert (await standin.say(openid, "喂")).outcome == "failed"


async def test_news_may_hold_one_article_for_a_message_and_more_for_an_event(standin, account) -> None:
    openid = await follower(standin)
    articles = {"item": [{"Title": "一", "Url": "http://x/1"}, {"Title": "二", "Url": "http://x/2"}]}
    account.answer = {"MsgType": "news", "ArticleCount": 2, "Articles": articles}
    push = await standin.scan(openid, "23456789ABCD")
    assert push is not None
    assert push.outcome == "replied"
    assert [each["title"] for each in last(standin, openid)["articles"]] == ["一", "二"]


async def test_a_dead_server_is_out_of_service(standin) -> None:
    openid = await follower(standin)
    standin.pusher.callback_url = "http://127.0.0.1:9/wechat"
    push = await standin.say(openid, "喂")
    assert (len(push.attempts), push.status, push.outcome) == (4, None, "failed")


async def test_unfollowing_is_told_and_closes_the_chat(standin, account) -> None:
    openid = await follower(standin)
    account.answer = TEXT
    push = await standin.unfollow(openid)
    assert account.got[-1]["Event"] == "unsubscribe"
    assert push.outcome == "replied"
    assert last(standin, openid)["kind"] == "notice"


async def test_a_repeated_delivery_is_the_same_message(standin, account) -> None:
    openid = await follower(standin)
    push = await standin.say(openid, "喂")
    copies = await standin.push_again(push.id, copies=3)
    assert {each["MsgId"] for each in account.got[1:]} == {push.key}
    assert len(copies) == 3
    assert len(account.got) == 5


async def test_the_url_check_wants_its_echo_back(standin) -> None:
    assert await standin.verify_callback()
    assert not await standin.verify_callback(signature="0" * 40)


@pytest.mark.parametrize("tamper", TAMPERS)
async def test_no_hostile_push_passes_for_a_good_one(standin, account, tamper) -> None:
    openid = await follower(standin)
    before = len(account.got)
    status, _ = await standin.push_hostile(openid, tamper=tamper)
    if tamper == "oversize":  # well formed but large: the account's own limit has to stop it
        assert status == 200
    elif tamper != "plain":
        assert status == 500
        assert len(account.got) == before


async def test_message_numbers_are_never_used_twice(standin) -> None:
    other = StandIn()
    assert other.next_id() != standin.next_id()
    assert len({standin.next_id() for _ in range(1000)}) == 1000


async def test_lasting_people_keep_their_openid_over_restarts() -> None:
    from wechat_standin import Settings

    settings = Settings(people=("张大爷",))
    assert StandIn(settings).people.all()[0].openid == StandIn(settings).people.all()[0].openid
    assert StandIn().add_person("张大爷").openid != StandIn().add_person("张大爷").openid
