"""The platform's own vectors, against the stand-in's crypto."""

from __future__ import annotations

import base64

import pytest

from wechat_standin import Crypt, CryptoError, signature_of
from wechat_standin.crypto import pad
from wechat_standin.xmlform import from_xml

OFFICIAL = Crypt(token="AAAAA", aes_key="A" * 43, app_id="wxba5fad812f8e6fb9")
V6 = Crypt(
    token="pamtest", aes_key="abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG", app_id="wxb11529c136998cb6"
)
V3_ENCRYPTED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQq"
    "cvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuM"
    "cp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3"
    "VIYnSeOBrebufAlr7F9mFUPAJGj04="
)
V6_ENCRYPTED = (
    "rTNFcsut4LfGuAFKEUVVpwcaCOTJzOd9twZdIW910jb3k+iicx2uvhttIZ3Qg9Qgty3BEF2xbOrz6boTfb30dMomcg"
    "rkTqdFPwnhqbk+kIQ7rZiwny9D7NUrTgA5kpX3KsZvrXzUZyP2x9YOlxbgm572lmxKvM7HAQQhIQ/p6HBmoY30bGXF"
    "K0BtIu1pW9TjhOYrLQoU18nWYjWqDA1ynkmOytpv7QRI1P1+0NoxL0q2zO1DgeSvnE8CZGo/o5Ap/WHK5W2RAsinpz"
    "N4/LjPnmB6U01I5XCoJoC0GK/yMZycd2Oh8Nq6+wBkC1U85oy0ktOY4nLvsQMLrourmMGdZHuTbqpeJ8Ao/5PRYJ+W"
    "BvRUwPfGKBL2+2IKZF49vAJqkcGWSHGE76ZN2erXeuNazf/o9o3lIE3q739o4c8t9QGPe31GT2Go/rOz1BsrASwvau"
    "NulCh+++yz+CQzBIuikA=="
)
D1_MESSAGE = (
    "<xml><ToUserName><![CDATA[gh_0123456789ab]]></ToUserName>"
    "<FromUserName><![CDATA[oTestUser0000000000000000001]]></FromUserName>"
    "<CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType>"
    "<Content><![CDATA[你好，办证要带什么？]]></Content><MsgId>24300000000000001</MsgId></xml>"
)
D1_ENCRYPTED = (
    "Q3stYC6hdFzMh9T8HCvyDAR8/sDLgG4XO1B1AO/T0At/297GZnIKl/FczD3lvVs4dVSQmmdFYd0O/WMHO0FcVNcmtM"
    "hvyBiLMEXzbJhuSD6tFivi42ACY+9o0h5qbvNFJXmOOKibSKfDCUBvJItgjrSZS5Wn53wquwVZd9i4PK81UyzrygS5"
    "MePVmGPIODUXxcmDvWq3kUr4Ii2htZ1ueAXAvzG76mZhdKjFD8N0xNy68CtQs0dFCWH/hdLbaDYb2liolX9Tn6YznY"
    "sUlgVI9VXw0O4J4AQosVW8A5Gdn+TgBw5H7ybd7/Xx3f3prupaln4wtw3Wq+BZSpWoBJnkDbc4XHoOyEQP4uQnTrx8"
    "101Cg5t4T5auV04F6RocOZF7mrSDAoALIRC8fYsxP10TmyuDFl6X9NMwXuDUYg4XWs+GIUB5SLKVm2fJG6+O8F5w+4"
    "JlrBdriULZdIknB7wbEQ=="
)


def test_v1_url_check() -> None:
    assert signature_of("AAAAA", "1714036504", "1514711492") == "f464b24fc39322e44b38aa78f5edd27bd1441696"


def test_v2_plain_push() -> None:
    assert (
        OFFICIAL.signature(timestamp="1714037059", nonce="486452656")
        == "899cf89e464efb63f54ddac96b0a0a235f53aa78"
    )


def test_v3_safe_push() -> None:
    signed = {"timestamp": "1714112445", "nonce": "415670741"}
    assert OFFICIAL.signature(**signed) == "6c5c811b55cc85e0e1b54100749188c20beb3f5d"
    assert OFFICIAL.signature(**signed, encrypted=V3_ENCRYPTED) == "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3"
    message = OFFICIAL.decrypt(V3_ENCRYPTED)
    assert len(message) == 167
    assert message.endswith(b'"Event":"debug_demo","debug_str":"hello world"}')
    assert OFFICIAL.encrypt(message, random="a8eedb185eb2fecf") == V3_ENCRYPTED


def test_v4_safe_reply() -> None:
    encrypted = OFFICIAL.encrypt(b'{"demo_resp":"good luck"}', random="707722b803182950")
    assert encrypted == (
        "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    )
    assert (
        OFFICIAL.signature(timestamp="1713424427", nonce="415670741", encrypted=encrypted)
        == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"
    )


def test_v6_text_message() -> None:
    assert V6.is_signed(
        given="4f3ad57b6989f09f4eb392acce4f9e93942ed890",
        timestamp="1458300676",
        nonce="260774613",
        encrypted=V6_ENCRYPTED,
    )
    fields = from_xml(V6.decrypt(V6_ENCRYPTED))
    assert (fields["FromUserName"], fields["Content"]) == ("asdasdasdsadasd", "hello")
    assert (fields["MsgId"], fields["CreateTime"]) == ("12345", "1234567898")


def test_d1_text_push() -> None:
    signed = {"timestamp": "1700000005", "nonce": "987654321"}
    assert V6.encrypt(D1_MESSAGE.encode(), random="0123456789abcdef") == D1_ENCRYPTED
    assert V6.decrypt(D1_ENCRYPTED).decode() == D1_MESSAGE
    assert V6.signature(**signed) == "5715e3e3fac77614a2abf64af165644d335ca301"
    assert V6.signature(**signed, encrypted=D1_ENCRYPTED) == "be0cce35dcddfa7f95820639ca8139fa243b856a"


def test_aligned_data_get_a_whole_block_of_padding() -> None:
    assert pad(b"x" * 32)[32:] == b"\x20" * 32


@pytest.mark.parametrize(
    "damaged",
    [D1_ENCRYPTED[:-7], "", "####", base64.b64encode(b"x" * 48).decode(), V3_ENCRYPTED],
    ids=["cut", "empty", "not base64", "noise", "another key"],
)
def test_damaged_ciphertext_is_refused(damaged: str) -> None:
    with pytest.raises(CryptoError):
        V6.decrypt(damaged)


def test_another_appid_is_refused() -> None:
    with pytest.raises(CryptoError, match="appid"):
        V6.decrypt(V6.encrypt(b"<xml/>", tail="wx9999999999999999"))


@pytest.mark.parametrize("last", [0, 33])
def test_impossible_padding_is_refused(last: int) -> None:
    with pytest.raises(CryptoError, match="padding"):
        V6.decrypt(V6.encrypt_raw(b"x" * 63 + bytes([last])))


def test_a_length_beyond_the_message_is_refused() -> None:
    with pytest.raises(CryptoError, match="length"):
        V6.decrypt(V6.encrypt_raw(pad(b"r" * 16 + b"\xff\xff\xff\xff" + b"short")))
