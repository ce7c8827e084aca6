"""What a push says, in one shape whatever its kind; and the answer to it as WeChat reads it."""

import hashlib
import math
import re
from typing import Any, Final, Literal, NamedTuple, cast

import orjson

from bot.envelope import EnvelopeRefused
from bot.markup import Fields, MarkupRefused, read_fields

Kind = Literal["text", "image", "voice", "video", "location", "link", "miniprogrampage", "event", "unknown"]

_KINDS: Final[dict[str, Kind]] = {
    "text": "text",
    "image": "image",
    "voice": "voice",
    "video": "video",
    "shortvideo": "video",
    "location": "location",
    "link": "link",
    "miniprogrampage": "miniprogrampage",
    "event": "event",
}
REVOKED: Final = frozenset({"user_authorization_revoke", "user_authorization_cancellation"})
"""A person took back what they allowed WeChat to give us, or closed their account."""
_FOLLOWED_BY_SCAN = "qrscene_"
_BLANKS = str.maketrans({"\t": " ", "\r": None})
# Controls but the newline, lone surrogates and the two code points XML forbids.
_UNFIT: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class Incoming(NamedTuple):
    """One push; absent texts are empty, absent numbers None. `repr` tells neither the words nor the person."""

    openid: str
    to: str
    at: int
    """CreateTime in Unix seconds; 0 when it was missing or no number."""
    kind: Kind
    raw: Fields
    text: str = ""
    """What was typed, without controls (newlines stay) and outer blanks; empty when blank."""
    media_id: str = ""
    latitude: float | None = None
    longitude: float | None = None
    label: str = ""
    event: str = ""
    """Lower case: `subscribe`, `unsubscribe`, `scan`, `click`, `view`, `templatesendjobfinish`, …"""
    event_key: str = ""
    """The scene without its `qrscene_`, the key of a menu item, what a scanner in the menu read, …"""
    msg_id: str = ""
    """MsgId of a message; of an event the id of the message it is about (MsgID), mostly empty."""
    menu_id: str = ""
    """The tapped line of a `msgmenu` (bizmsgmenuid)."""

    def __repr__(self) -> str:
        return f"<Incoming {self.kind} {self.event}>"

    @property
    def dedupe_key(self) -> str:
        """The same for every delivery of one push. May hold the openid: store it as a blind index only."""
        if self.kind != "event" and self.msg_id:
            return f"message\t{self.msg_id}"
        if self.kind == "event" and self.at:
            # msg_id: two template results for one person can fall into one second.
            return "\t".join(("event", self.openid, str(self.at), self.event, self.event_key, self.msg_id))
        # Nothing that names it: only the same content is the same push.
        return f"content\t{hashlib.sha256(_canonical(self.raw)).hexdigest()}"


def parse(body: bytes) -> Incoming:
    """The push in a verified `body`; unknown types come as kind `unknown`. Raises only EnvelopeRefused."""
    try:
        fields = read_fields(body)
    except MarkupRefused:
        raise EnvelopeRefused("markup") from None
    openid = _person(fields)
    if not openid:
        raise EnvelopeRefused("nobody")
    kind = _KINDS.get(_text(fields, "MsgType"), "unknown")
    if kind == "event":
        return _event(fields, openid=openid)
    return Incoming(
        openid=openid,
        to=_text(fields, "ToUserName"),
        at=_seconds(fields),
        kind=kind,
        text=_text(fields, "Content") if kind == "text" else "",
        media_id=_text(fields, "MediaId"),
        latitude=_degrees(fields, "Location_X", limit=90),
        longitude=_degrees(fields, "Location_Y", limit=180),
        label=_text(fields, "Label"),
        msg_id=_text(fields, "MsgId"),
        menu_id=_text(fields, "bizmsgmenuid"),
        raw=fields,
    )


def _person(fields: Fields) -> str:
    """Revocations name the person in OpenID, and may come from the platform itself."""
    whose = ("OpenID", "FromUserName")
    if _text(fields, "Event").lower() not in REVOKED:
        whose = ("FromUserName", "OpenID")
    return _text(fields, whose[0]) or _text(fields, whose[1])


def _event(fields: Fields, *, openid: str) -> Incoming:
    event = _text(fields, "Event").lower()
    key = _text(fields, "EventKey")
    if event == "scancode_waitmsg":
        # WeChat shows nothing of what the menu's scanner read: that is left to the answer
        scanned = fields.get("ScanCodeInfo")
        key = _text(scanned, "ScanResult") if isinstance(scanned, dict) else ""
    return Incoming(
        openid=openid,
        to=_text(fields, "ToUserName"),
        at=_seconds(fields),
        kind="event",
        event=event,
        event_key=key.removeprefix(_FOLLOWED_BY_SCAN) if event == "subscribe" else key,
        msg_id=_text(fields, "MsgID"),
        raw=fields,
    )


def reply_text(incoming: Incoming, text: str) -> bytes:
    """A text answer, not yet in its envelope; its time is the push's, so a repeat gets the same bytes."""
    return (
        f"<xml><ToUserName>{_cdata(incoming.openid)}</ToUserName>"
        f"<FromUserName>{_cdata(incoming.to)}</FromUserName>"
        f"<CreateTime>{incoming.at}</CreateTime>"
        f"<MsgType><![CDATA[text]]></MsgType><Content>{_cdata(text)}</Content></xml>"
    ).encode()


def _cdata(text: str) -> str:
    return "<![CDATA[" + _clean(text).replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _clean(text: str) -> str:
    if text.isprintable():
        return text
    return _UNFIT.sub("", text.translate(_BLANKS) if "\t" in text or "\r" in text else text)


def _text(fields: Fields, name: str) -> str:
    """The field as cleaned text: the first of repeated ones, numbers as written, nothing for nested ones."""
    value = fields.get(name, "")
    if isinstance(value, str):
        return _clean(value).strip() if value else ""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return _clean(value).strip() if isinstance(value, str) else ""


def _seconds(fields: Fields) -> int:
    written = _text(fields, "CreateTime")
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 12 else 0


def _degrees(fields: Fields, name: str, *, limit: int) -> float | None:
    written = _text(fields, name)
    if not written:
        return None
    try:
        degrees = float(written)
    except ValueError:
        return None
    return degrees if math.isfinite(degrees) and abs(degrees) <= limit else None


def _canonical(raw: Fields) -> bytes:
    return orjson.dumps(cast(dict[str, Any], raw), option=orjson.OPT_SORT_KEYS)
