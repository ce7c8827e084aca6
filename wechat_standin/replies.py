"""Reading a passive reply as strictly as the platform does."""

from __future__ import annotations

from typing import Any

from wechat_standin.crypto import Crypt, CryptoError
from wechat_standin.settings import Mode
from wechat_standin.xmlform import BadXml, from_xml

NOTHING = (b"", b"success")
TEXT_BYTES = 2048
SIMPLE_TYPES = {
    "image": ("Image", ("MediaId",)),
    "voice": ("Voice", ("MediaId",)),
    "video": ("Video", ("MediaId",)),
    "music": ("Music", ("ThumbMediaId",)),
}


class BadReply(Exception):
    """The platform would tell the person that the account is out of service; the text says why."""


def read_reply(
    body: bytes, *, crypt: Crypt, mode: Mode, openid: str, gh_id: str, most_articles: int
) -> dict[str, Any] | None:
    """The reply's fields, None when it says nothing."""
    if body in NOTHING:
        return None
    try:
        fields = from_xml(body)
        if mode == "safe" or (mode == "compat" and "Encrypt" in fields):
            fields = from_xml(_opened(fields, crypt))
    except BadXml as error:
        raise BadReply(f"XML: {error}") from None
    if (fields.get("ToUserName"), fields.get("FromUserName")) != (openid, gh_id):
        raise BadReply("ToUserName or FromUserName")
    if not str(fields.get("CreateTime", "")).isdigit():
        raise BadReply("CreateTime")
    _check_type(fields, most_articles)
    return fields


def _opened(outer: dict[str, Any], crypt: Crypt) -> bytes:
    names = ("Encrypt", "MsgSignature", "TimeStamp", "Nonce")
    if not all(isinstance(outer.get(name), str) and outer[name] for name in names):
        raise BadReply("not encrypted, or an incomplete envelope")
    if not crypt.is_signed(
        given=outer["MsgSignature"],
        timestamp=outer["TimeStamp"],
        nonce=outer["Nonce"],
        encrypted=outer["Encrypt"],
    ):
        raise BadReply("MsgSignature")
    try:
        return crypt.decrypt(outer["Encrypt"])
    except CryptoError as error:
        raise BadReply(f"Encrypt: {error}") from None


def _check_type(fields: dict[str, Any], most_articles: int) -> None:
    kind = fields.get("MsgType")
    if kind == "text":
        text = fields.get("Content")
        if not isinstance(text, str) or not text or len(text.encode()) > TEXT_BYTES:
            raise BadReply("Content")
    elif kind == "news":
        articles = articles_of(fields)
        if str(fields.get("ArticleCount")) != str(len(articles)) or not 1 <= len(articles) <= most_articles:
            raise BadReply("Articles")
    elif kind in SIMPLE_TYPES:
        holder, required = SIMPLE_TYPES[kind]
        inner = fields.get(holder)
        if not isinstance(inner, dict) or not all(inner.get(name) for name in required):
            raise BadReply(holder)
    elif kind != "transfer_customer_service":
        raise BadReply("MsgType")


def articles_of(fields: dict[str, Any]) -> list[dict[str, Any]]:
    holder = fields.get("Articles")
    items = holder.get("item") if isinstance(holder, dict) else None
    found = items if isinstance(items, list) else [items]
    return [each for each in found if isinstance(each, dict)]
