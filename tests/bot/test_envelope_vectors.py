"""Known answers: Tencent's own vectors and the ones derived for this project open and close as published."""

import json
from typing import Any

import pytest

from bot.envelope import Envelope, EnvelopeRefused, Lock
from bot.incoming import parse

TENCENT_KEY = "A" * 43
TENCENT_APPID = "wxba5fad812f8e6fb9"
V3_QUERY = {
    "timestamp": "1714112445",
    "nonce": "415670741",
    "signature": "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
    "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
    "encrypt_type": "aes",
}
V3_SEALED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6Js"
    "XUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8Ea"
    "jAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
V3_MESSAGE = (
    '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY","CreateTime":1714112445,'
    '"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
)

PAM_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
PAM_APPID = "wxb11529c136998cb6"
V6_QUERY = {
    "timestamp": "1458300676",
    "nonce": "260774613",
    "msg_signature": "4f3ad57b6989f09f4eb392acce4f9e93942ed890",
}
V6_SEALED = (
    "rTNFcsut4LfGuAFKEUVVpwcaCOTJzOd9twZdIW910jb3k+iicx2uvhttIZ3Qg9Qgty3BEF2xbOrz6boTfb30dMomcgrkTqdFPwnhqbk+kIQ"
    "7rZiwny9D7NUrTgA5kpX3KsZvrXzUZyP2x9YOlxbgm572lmxKvM7HAQQhIQ/p6HBmoY30bGXFK0BtIu1pW9TjhOYrLQoU18nWYjWqDA1ynk"
    "mOytpv7QRI1P1+0NoxL0q2zO1DgeSvnE8CZGo/o5Ap/WHK5W2RAsinpzN4/LjPnmB6U01I5XCoJoC0GK/yMZycd2Oh8Nq6+wBkC1U85oy0k"
    "tOY4nLvsQMLrourmMGdZHuTbqpeJ8Ao/5PRYJ+WBvRUwPfGKBL2+2IKZF49vAJqkcGWSHGE76ZN2erXeuNazf/o9o3lIE3q739o4c8t9QGP"
    "e31GT2Go/rOz1BsrASwvauNulCh+++yz+CQzBIuikA=="
)
D1_QUERY = {
    "timestamp": "1700000005",
    "nonce": "987654321",
    "signature": "5715e3e3fac77614a2abf64af165644d335ca301",
    "msg_signature": "be0cce35dcddfa7f95820639ca8139fa243b856a",
}
D1_MESSAGE = (
    "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>"
    "<FromUserName><![CDATA[oTestUser0000000000000000001]]></FromUserName><CreateTime>1700000000</CreateTime>"
    "<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[你好，办证要带什么？]]></Content>"
    "<MsgId>24300000000000001</MsgId></xml>"
)
D1_SEALED = (
    "Q3stYC6hdFzMh9T8HCvyDAR8/sDLgG4XO1B1AO/T0At/297GZnIKl/FczD3lvVs4dVSQmmdFYd0O/WMHO0FcVNcmtMhvyBiLMEXzbJhuSD6"
    "tFivi42ACY+9o0h5qbvNFJXmOOKibSKfDCUBvJItgjrSZS5Wn53wquwVZd9i4PK81UyzrygS5MePVmGPIODUXxcmDvWq3kUr4Ii2htZ1ueA"
    "XAvzG76mZhdKjFD8N0xNy68CtQs0dFCWH/hdLbaDYb2liolX9Tn6YznYsUlgVI9VXw0O4J4AQosVW8A5Gdn+TgBw5H7ybd7/Xx3f3prupal"
    "n4wtw3Wq+BZSpWoBJnkDbc4XHoOyEQP4uQnTrx8101Cg5t4T5auV04F6RocOZF7mrSDAoALIRC8fYsxP10TmyuDFl6X9NMwXuDUYg4XWs+G"
    "IUB5SLKVm2fJG6+O8F5w+4JlrBdriULZdIknB7wbEQ=="
)


def tencent(**changes: Any) -> Envelope:
    return Envelope(**{"appid": TENCENT_APPID, "token": "AAAAA", "aes_keys": [TENCENT_KEY], **changes})


def pam() -> Envelope:
    return Envelope(appid=PAM_APPID, token="pamtest", aes_keys=[PAM_KEY])


def in_xml(sealed: str) -> bytes:
    return f"<xml><ToUserName><![CDATA[gh_x]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode()


@pytest.mark.parametrize("mode", ["safe", "plain"])
def test_v1_the_address_check_is_answered_with_its_echo(mode: str) -> None:
    query = {
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
    }
    assert tencent(mode=mode).echo(query) == "4375120948345356249"
    for spoiled in ({"nonce": "1514711493"}, {"signature": ""}, {"signature": "é"}, {"timestamp": "\ud800"}):
        with pytest.raises(EnvelopeRefused):
            tencent(mode=mode).echo({**query, **spoiled})


def test_v2_a_plain_push_opens_in_plain_mode_only() -> None:
    query = {
        "timestamp": "1714037059",
        "nonce": "486452656",
        "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78",
    }
    opened = tencent(mode="plain").open(b"<xml/>", query=query)
    assert opened.body == b"<xml/>"
    assert tencent(mode="plain").close(b"<xml>reply</xml>", opened=opened, at=1) == b"<xml>reply</xml>"
    with pytest.raises(EnvelopeRefused):
        tencent().open(b"<xml/>", query=query)


@pytest.mark.parametrize(
    "body", [in_xml(V3_SEALED), json.dumps({"ToUserName": "gh_x", "Encrypt": V3_SEALED}).encode()]
)
def test_v3_a_sealed_push_opens_from_xml_and_from_json(body: bytes) -> None:
    opened = tencent().open(body, query=V3_QUERY)
    assert opened.body.decode() == V3_MESSAGE
    incoming = parse(opened.body)
    assert (incoming.openid, incoming.event) == ("o9AgO5Kd5ggOC-bXrbNODIiE3bGY", "debug_demo")


def test_v4_a_reply_is_sealed_and_signed_as_published() -> None:
    sealed = Lock(TENCENT_KEY).lock(
        b'{"demo_resp":"good luck"}', appid=TENCENT_APPID.encode(), salt=b"707722b803182950"
    )
    assert (
        sealed == "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    )
    wrapped = tencent()._wrap(sealed, at="1713424427", nonce="415670741")
    assert b"<![CDATA[1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1]]></MsgSignature>" in wrapped
    assert b"<TimeStamp>1713424427</TimeStamp><Nonce><![CDATA[415670741]]></Nonce>" in wrapped


def test_v6_opens() -> None:
    incoming = parse(pam().open(in_xml(V6_SEALED), query=V6_QUERY).body)
    assert (incoming.openid, incoming.text, incoming.msg_id, incoming.at) == (
        "asdasdasdsadasd",
        "hello",
        "12345",
        1234567898,
    )


def test_d1_opens_and_is_sealed_the_same() -> None:
    opened = pam().open(in_xml(D1_SEALED), query=D1_QUERY)
    assert opened.body.decode() == D1_MESSAGE
    salt = b"0123456789abcdef"
    assert Lock(PAM_KEY).lock(opened.body, appid=PAM_APPID.encode(), salt=salt) == D1_SEALED
