"""Pushes that WeChat would never send: what an attacker, or a broken proxy, might."""

from __future__ import annotations

import struct
from typing import Literal, get_args

from wechat_standin.crypto import Crypt, pad
from wechat_standin.xmlform import to_xml

Tamper = Literal[
    "signature", "appid", "key", "base64", "pad0", "pad33", "length", "oversize", "dtd", "inner_dtd", "plain"
]
TAMPERS: tuple[Tamper, ...] = get_args(Tamper)

OTHER_KEY = "Z" * 43
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HALF_MEGABYTE = 512 * 1024


def tampered(
    message: bytes, *, crypt: Crypt, gh_id: str, timestamp: str, nonce: str, tamper: Tamper
) -> tuple[dict[str, str], bytes]:
    """Query and body. Except for `signature` and `plain` all signatures are right: the sender knows the token."""
    encrypted = _encrypted(message, crypt, tamper)
    query = {
        "signature": crypt.signature(timestamp=timestamp, nonce=nonce),
        "timestamp": timestamp,
        "nonce": nonce,
        "encrypt_type": "aes",
        "msg_signature": crypt.signature(timestamp=timestamp, nonce=nonce, encrypted=encrypted),
    }
    body = to_xml({"ToUserName": gh_id, "Encrypt": encrypted}).encode()
    if tamper == "signature":
        query["msg_signature"] = "0" * 40
    elif tamper == "plain":
        del query["encrypt_type"], query["msg_signature"]
        body = message
    elif tamper == "dtd":
        body = BOMB.encode() + body
    return query, body


def _encrypted(message: bytes, crypt: Crypt, tamper: Tamper) -> str:
    if tamper in ("length", "pad0", "pad33"):
        return crypt.encrypt_raw(_malformed(message, crypt.app_id, tamper))
    if tamper == "key":
        return Crypt(token=crypt.token, aes_key=OTHER_KEY, app_id=crypt.app_id).encrypt(message)
    if tamper == "oversize":
        message += b" " * HALF_MEGABYTE
    elif tamper == "inner_dtd":
        message = BOMB.encode() + message
    encrypted = crypt.encrypt(message, tail="wx" + "9" * 16 if tamper == "appid" else "")
    return encrypted[:-7] if tamper == "base64" else encrypted


def _malformed(message: bytes, app_id: str, tamper: Tamper) -> bytes:
    length = 0xFFFFFFF0 if tamper == "length" else len(message)
    plain = b"0123456789abcdef" + struct.pack(">I", length) + message + app_id.encode()
    if tamper == "length":
        return pad(plain)
    plain += b"\0" * (-len(plain) % 32 or 32)
    return plain[:-1] + (b"\0" if tamper == "pad0" else b"\x21")
