"""Whatever is sent to the callback, the answer is a refusal of one kind, never an error."""

import base64
import hashlib
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto

from bot.envelope import SUCCESS, Envelope, EnvelopeRefused, Lock
from bot.markup import MAX_DEPTH, MarkupRefused, read_fields

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OLD_KEY = "ZYXWVUTSRQPONMLKJIHGFEDCBAzyxwvutsrqponmlkj"
APPID = "wxb11529c136998cb6"
TOKEN = "pamtest"
PUSH = b"<xml><FromUserName>oA</FromUserName><MsgType>text</MsgType><Content>x</Content></xml>"


def envelope(*, keys: tuple[str, ...] = (KEY,)) -> Envelope:
    return Envelope(appid=APPID, token=TOKEN, aes_keys=keys)


def sign(*parts: str) -> str:
    return hashlib.sha1("".join(sorted([TOKEN, *parts])).encode("utf-8", "surrogatepass")).hexdigest()


def signed(sealed: str) -> dict[str, Any]:
    """A push as somebody who knows the token would sign it, so that only the content can be wrong."""
    query = {"timestamp": "1700000005", "nonce": "987654321", "encrypt_type": "aes"}
    query["signature"] = sign("1700000005", "987654321")
    query["msg_signature"] = sign("1700000005", "987654321", sealed)
    return {"body": f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode(), "query": query}


def sealed_raw(padded: bytes, *, key: str = KEY) -> str:
    raw = base64.b64decode(key + "=")
    encryptor = Cipher(algorithms.AES(raw), modes.CBC(raw[:16])).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def framed(
    *, message: bytes = PUSH, appid: str = APPID, length: int | None = None, pad: int | None = None
) -> bytes:
    size = len(message) if length is None else length
    content = b"s" * 16 + size.to_bytes(4) + message + appid.encode()
    filler = 32 - len(content) % 32
    return content + bytes([filler if pad is None else pad]) * filler


def refusal(sealed: str) -> str:
    with pytest.raises(EnvelopeRefused) as caught:
        envelope().open(**signed(sealed))
    return caught.value.reason


def test_a_good_push_opens() -> None:
    assert envelope().open(**signed(sealed_raw(framed()))).body == PUSH


def test_the_ciphertext_is_what_the_signature_must_cover() -> None:
    good = signed(sealed_raw(framed()))
    other = signed(sealed_raw(framed(message=b"<xml>other</xml>")))
    with pytest.raises(EnvelopeRefused, match="envelope-refused"):
        envelope().open(other["body"], query=good["query"])
    for spoiled in ("0" * 40, "", "é", "\ud800", good["query"]["signature"]):
        with pytest.raises(EnvelopeRefused):
            envelope().open(good["body"], query={**good["query"], "msg_signature": spoiled})


def test_a_plain_push_is_refused_in_safe_mode_even_with_a_good_signature() -> None:
    query = signed("")["query"]
    with pytest.raises(EnvelopeRefused):
        envelope().open(PUSH, query=query)


@pytest.mark.parametrize(
    "padded",
    [
        framed(appid="wxffffffffffffffff"),
        framed(appid=""),
        framed(appid=APPID + "0"),
        framed(pad=0),
        framed(pad=33),
        framed(pad=255),
        framed(length=2**32 - 1),
        framed(length=len(PUSH) + 1),
        framed(length=len(PUSH) - 1),
        framed(length=0),
        b"s" * 16 + (9).to_bytes(4) + b"<xml/>..." + APPID.encode() + b"\x21" * 33,
        b"\x20" * 32,
        b"\x01" * 32,
        framed()[:-32] + b"s" * 31 + b"\x20",
    ],
)
def test_a_wrong_account_pad_or_length_is_refused(padded: bytes) -> None:
    assert refusal(sealed_raw(padded)) == "key"


def test_a_wrong_key_and_a_cut_off_message_are_refused() -> None:
    assert refusal(sealed_raw(framed(), key=OLD_KEY)) == "key"
    sealed = sealed_raw(framed())
    for cut in range(1, 40):
        assert refusal(sealed[:-cut]) in {"base64", "key", "not-encrypted"}
    for odd in ("A", "====", "é", "AAAA" * 5, " ", "\x00"):
        assert refusal(odd)


def test_an_aligned_message_carries_a_full_block_of_padding() -> None:
    message = b"x" * (64 - 20 - len(APPID))
    sealed = Lock(KEY).lock(message, appid=APPID.encode(), salt=b"s" * 16)
    assert len(base64.b64decode(sealed)) == 96
    assert envelope().open(**signed(sealed)).body == message


def test_while_keys_rotate_the_answer_uses_the_key_that_opened_the_push() -> None:
    rotating = envelope(keys=(KEY, OLD_KEY))
    opened = rotating.open(**signed(sealed_raw(framed(), key=OLD_KEY)))
    reply = rotating.close(b"<xml>reply</xml>", opened=opened, at=1_700_000_000)
    fields = read_fields(reply)
    theirs = WeChatCrypto(TOKEN, OLD_KEY, APPID)
    # The platform's side, by another implementation.
    content = theirs.decrypt_message(
        f"<xml><ToUserName>x</ToUserName><Encrypt>{fields['Encrypt']}</Encrypt></xml>",
        fields["MsgSignature"],
        fields["TimeStamp"],
        fields["Nonce"],
    )
    assert content == "<xml>reply</xml>"


def test_two_answers_are_never_sealed_alike() -> None:
    opened = envelope().open(**signed(sealed_raw(framed())))
    assert len({envelope().close(b"<xml/>", opened=opened, at=1) for _ in range(50)}) == 50


def test_nothing_to_say_stays_a_bare_success() -> None:
    opened = envelope().open(**signed(sealed_raw(framed())))
    assert envelope().close(b"", opened=opened, at=1) == SUCCESS == b"success"
    assert envelope().close(SUCCESS, opened=opened, at=1) == b"success"


@pytest.mark.parametrize("key", ["", "A" * 42, "A" * 44, "A" * 42 + "=", "A" * 42 + "码"])
def test_a_malformed_key_stops_the_start(key: str) -> None:
    with pytest.raises(ValueError, match="43"):
        envelope(keys=(key,))
    with pytest.raises(ValueError, match="EncodingAESKey"):
        envelope(keys=())


BOMBS = [
    b'<!DOCTYPE xml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml><Encrypt>&b;</Encrypt></xml>',
    b'<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><Encrypt>&e;</Encrypt></xml>',
    b'<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd"><xml><Encrypt>x</Encrypt></xml>',
    b"<xml><Encrypt>&undeclared;</Encrypt></xml>",
    b"<xml><Encrypt>\xff\xfe</Encrypt></xml>",
    b"<xml><Encrypt>a\x00b</Encrypt></xml>",
    b"<xml><Encrypt>",
    b"",
    b"<xml/>",
    b"<xml>text</xml>",
    b"<Encrypt>root</Encrypt>",
    b"<xml><Encrypt><b>nested</b></Encrypt></xml>",
    b"<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>",
    b"<a>" * 10_000,
    b"<xml>" + b"<a/>" * 20_000 + b"</xml>",
    b'<?xml version="1.0" encoding="gbk"?><xml><Encrypt>\xc4\xe3</Encrypt></xml>',
    "<?xml version='1.0' encoding='utf-16'?><xml><Encrypt>x</Encrypt></xml>".encode("utf-16"),
    b'{"Encrypt": 1}',
    b'{"Encrypt": ["a"]}',
    b'{"Encrypt": "\\ud800"}',
    b'{"a":' * 900 + b"1" + b"}" * 900,
    b"[" * 100_000,
    b"{",
]


@pytest.mark.parametrize("body", BOMBS)
def test_hostile_markup_is_refused(body: bytes) -> None:
    with pytest.raises(EnvelopeRefused):
        envelope().open(body, query=signed("x")["query"])


def test_depth_has_a_limit_and_a_document_type_is_refused_whatever_it_holds() -> None:
    deep = b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH
    read_fields(
        b"<xml><SendPicsInfo><PicList><item><PicMd5Sum>1</PicMd5Sum></item></PicList></SendPicsInfo></xml>"
    )
    with pytest.raises(MarkupRefused):
        read_fields(b"<xml>" + deep + b"</xml>")
    with pytest.raises(MarkupRefused, match="document type"):
        read_fields(b"<!DOCTYPE xml><xml><a>1</a></xml>")


@given(
    body=st.binary(max_size=400),
    query=st.dictionaries(st.text(max_size=14), st.text(max_size=50), max_size=6),
)
def test_no_body_and_no_query_gets_past_or_breaks_it(body: bytes, query: dict[str, str]) -> None:
    with pytest.raises(EnvelopeRefused):
        envelope().open(body, query=query)
    with pytest.raises(EnvelopeRefused):
        envelope().echo(query)


@given(
    sealed=st.one_of(
        st.text(max_size=200), st.binary(max_size=200).map(lambda b: base64.b64encode(b).decode())
    )
)
def test_no_signed_ciphertext_without_the_key_opens(sealed: str) -> None:
    with pytest.raises(EnvelopeRefused):
        envelope().open(**signed(sealed.strip()))


@given(message=st.binary(max_size=500))
def test_what_is_sealed_opens_again(message: bytes) -> None:
    sealed = Lock(KEY).lock(message, appid=APPID.encode(), salt=b"0123456789abcdef")
    assert envelope().open(**signed(sealed)).body == message
