"""Every push has one shape, and what cannot be read is refused with one word."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy import parse_message

from bot.envelope import EnvelopeRefused
from bot.incoming import Incoming, parse, reply_text
from bot.markup import read_fields

HEAD = {"ToUserName": "gh_1", "FromUserName": "oA", "CreateTime": "1700000000"}


def push(**fields: str) -> Incoming:
    elements = {**HEAD, **fields}
    inner = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in elements.items())
    return parse(f"<xml>{inner}</xml>".encode())


def raw(inner: str) -> Incoming:
    return parse(f"<xml><FromUserName>oA</FromUserName>{inner}</xml>".encode())


def test_a_text() -> None:
    said = push(
        MsgType="text", Content="  村里的路\n没修 \t完 ", MsgId="24300000000000001", bizmsgmenuid="m1"
    )
    assert (said.openid, said.to, said.at, said.kind) == ("oA", "gh_1", 1_700_000_000, "text")
    assert (said.text, said.msg_id, said.menu_id) == ("村里的路\n没修  完", "24300000000000001", "m1")


@pytest.mark.parametrize("content", ["", "   ", "\n\t", "\u3000", "&#13;"])
def test_a_blank_text_is_empty(content: str) -> None:
    assert raw(f"<MsgType>text</MsgType><Content>{content}</Content>").text == ""
    assert raw("<MsgType>text</MsgType>").text == ""


def test_controls_do_not_get_in() -> None:
    dirty = b'{"FromUserName":"oA","MsgType":"text","Content":"a\\u0000b\\u001b[31mc\\u007fd\\ne\\rf"}'
    assert parse(dirty).text == "ab[31mcd\nef"


@pytest.mark.parametrize(
    ("message_type", "kind"),
    [
        ("image", "image"),
        ("voice", "voice"),
        ("video", "video"),
        ("shortvideo", "video"),
        ("link", "link"),
        ("miniprogrampage", "miniprogrampage"),
        ("hologram", "unknown"),
        ("", "unknown"),
    ],
)
def test_kinds(message_type: str, kind: str) -> None:
    sent = push(MsgType=message_type, MediaId="m-1", MsgId="7", Content="x")
    assert (sent.kind, sent.media_id, sent.text) == (kind, "m-1", "")


def test_a_place() -> None:
    sent = push(MsgType="location", Location_X="30.27", Location_Y="120.15", Label="村口", MsgId="8")
    assert (sent.kind, sent.latitude, sent.longitude, sent.label) == ("location", 30.27, 120.15, "村口")


@pytest.mark.parametrize("x", ["", "north", "nan", "inf", "91", "-90.01", "1e999", "<b>1</b>"])
def test_a_place_that_is_none(x: str) -> None:
    assert raw(f"<MsgType>location</MsgType><Location_X>{x}</Location_X>").latitude is None


@pytest.mark.parametrize(
    ("event", "key", "expected"),
    [
        ("subscribe", "qrscene_ABCDEFGHJK23", ("subscribe", "ABCDEFGHJK23")),
        ("subscribe", "", ("subscribe", "")),
        ("SCAN", "ABCDEFGHJK23", ("scan", "ABCDEFGHJK23")),
        ("SCAN", "qrscene_x", ("scan", "qrscene_x")),
        ("unsubscribe", "", ("unsubscribe", "")),
        ("CLICK", "help", ("click", "help")),
        ("TEMPLATESENDJOBFINISH", "", ("templatesendjobfinish", "")),
    ],
)
def test_events(event: str, key: str, expected: tuple[str, str]) -> None:
    came = push(MsgType="event", Event=event, EventKey=key)
    assert (came.kind, came.event, came.event_key) == ("event", *expected)


def test_a_revocation_names_the_person_elsewhere() -> None:
    body = b'{"MsgType":"event","Event":"user_authorization_revoke","OpenID":"oB","CreateTime":1700000000}'
    assert parse(body).openid == "oB"


def test_repeated_nested_and_numeric_fields() -> None:
    twice = raw("<MsgType>text</MsgType><Content>one</Content><Content>two</Content>")
    assert twice.text == "one"
    assert raw("<MsgType>text</MsgType><Content><b>x</b></Content>").text == ""
    number = parse(
        b'{"FromUserName":"oA","MsgType":"text","Content":12,"MsgId":24300000000000001,"CreateTime":5}'
    )
    assert (number.text, number.msg_id, number.at) == ("12", "24300000000000001", 5)
    odd = parse(b'{"FromUserName":"oA","MsgType":null,"Content":true,"CreateTime":-1,"MsgId":[]}')
    assert (odd.kind, odd.at, odd.msg_id) == ("unknown", 0, "")


@pytest.mark.parametrize("written", ["", "soon", "-5", "1" * 30, "１２", "1.5"])
def test_a_time_that_is_none_is_zero(written: str) -> None:
    assert raw(f"<CreateTime>{written}</CreateTime>").at == 0


@pytest.mark.parametrize(
    "body", [b"", b"<xml/>", b"<xml><MsgType>text</MsgType></xml>", b"hello", b"\xff", b"{}"]
)
def test_a_push_from_nobody_is_refused(body: bytes) -> None:
    with pytest.raises(EnvelopeRefused):
        parse(body)


def test_a_repeat_has_the_same_key_and_another_push_another() -> None:
    keys = [
        push(MsgType="text", Content="a", MsgId="1").dedupe_key,
        push(MsgType="text", Content="a", MsgId="2").dedupe_key,
        push(MsgType="event", Event="subscribe", EventKey="qrscene_A").dedupe_key,
        push(MsgType="event", Event="subscribe", EventKey="").dedupe_key,
        push(MsgType="event", Event="SCAN", EventKey="A").dedupe_key,
        push(MsgType="event", Event="SCAN", EventKey="B").dedupe_key,
        push(MsgType="event", Event="SCAN", EventKey="A", CreateTime="1700000001").dedupe_key,
        push(MsgType="event", Event="SCAN", EventKey="A", FromUserName="oB").dedupe_key,
        push(MsgType="event", Event="TEMPLATESENDJOBFINISH", MsgID="1").dedupe_key,
        push(MsgType="event", Event="TEMPLATESENDJOBFINISH", MsgID="2").dedupe_key,
        push(MsgType="text", Content="a").dedupe_key,
        push(MsgType="text", Content="b").dedupe_key,
        push(MsgType="event", Event="SCAN", EventKey="A", CreateTime="").dedupe_key,
        push(MsgType="event", Event="SCAN", EventKey="B", CreateTime="").dedupe_key,
    ]
    assert len(set(keys)) == len(keys)
    assert push(MsgType="text", Content="other", MsgId="1").dedupe_key == keys[0]
    assert push(MsgType="event", Event="SCAN", EventKey="A", Ticket="other").dedupe_key == keys[4]
    assert push(MsgType="text", Content="b").dedupe_key == keys[11]


def test_what_was_said_does_not_show_when_a_push_is_logged() -> None:
    said = push(MsgType="text", Content="李四拿了钱", MsgId="1")
    assert "李四" not in f"{said!r} {said}"
    assert "oA" not in repr(said)


def test_an_answer_goes_back_the_way_the_push_came() -> None:
    said = push(MsgType="text", Content="x", MsgId="1")
    reply = parse_message(reply_text(said, "您好\n1 匿名提交"))
    assert (reply.target, reply.source, reply.content) == ("oA", "gh_1", "您好\n1 匿名提交")
    assert reply_text(said, "a") == reply_text(said, "a")


@pytest.mark.parametrize(
    "text", ["]]></Content><MsgType>event</MsgType>", "]]]]>>", "]]>]]>", "a]]", ">", "\x00\x1b]]\x00>"]
)
def test_nothing_breaks_out_of_an_answer(text: str) -> None:
    fields = read_fields(reply_text(push(MsgType="text", Content="x", MsgId="1"), text))
    assert set(fields) == {"ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"}
    assert fields["Content"] == text.replace("\x00", "").replace("\x1b", "")
    assert fields["MsgType"] == "text"


@given(text=st.text(st.characters(codec=None), max_size=80), openid=st.text(min_size=1, max_size=20))
def test_any_answer_is_readable_xml(text: str, openid: str) -> None:
    incoming = Incoming(openid=openid, to="gh_1", at=1, kind="text", raw={})
    assert read_fields(reply_text(incoming, text))["MsgType"] == "text"


SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats() | st.text(max_size=20)
JSONISH = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
)
NAMES = st.sampled_from(
    [
        *("ToUserName", "FromUserName", "OpenID", "CreateTime", "MsgType", "Content", "MsgId", "MsgID"),
        *("Event", "EventKey", "MediaId", "Location_X", "Location_Y", "Label", "bizmsgmenuid", "Other"),
    ]
)
TYPES = st.sampled_from(["text", "event", "location", "image", "x"])


def used(body: bytes) -> None:
    """All that the callback does with a push: nothing but a refusal may come out."""
    try:
        incoming = parse(body)
    except EnvelopeRefused:
        return
    assert incoming.openid
    incoming.dedupe_key.encode()
    incoming.text.encode()
    assert read_fields(reply_text(incoming, incoming.text))


@given(st.binary(max_size=300))
def test_any_bytes(body: bytes) -> None:
    used(body)


@given(st.dictionaries(NAMES, JSONISH, max_size=10), TYPES)
def test_any_json(fields: dict[str, Any], kind: str) -> None:
    import json

    used(json.dumps({"FromUserName": "oA", "MsgType": kind, **fields}).encode())


@given(st.lists(st.tuples(NAMES, st.text(max_size=20), st.booleans()), max_size=12), TYPES)
def test_any_xml(elements: list[tuple[str, str, bool]], kind: str) -> None:
    inner = "".join(
        f"<{name}><![CDATA[{text.replace(']]>', '')}]]></{name}>"
        if not nested
        else f"<{name}><a>1</a><a>2</a></{name}>"
        for name, text, nested in elements
    )
    body = f"<xml><FromUserName>oA</FromUserName><MsgType>{kind}</MsgType>{inner}</xml>"
    used(body.encode("utf-8", "replace"))
