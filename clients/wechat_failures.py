"""What can go wrong at WeChat, told apart by what the caller should do; never with a token, secret or openid."""

import re
from typing import Final

from models.errors import DomainError

STALE_TOKEN: Final = frozenset({40001, 40014, 42001})
"""invalid credential, invalid token, expired: a fresh token may help."""

_PASSING = STALE_TOKEN | {-1, 43108, 44990, 44991, 45011}
_WINDOW_CLOSED = frozenset({45015, 45047})
_NOT_FOLLOWING = frozenset({40003, 43004})
_CODE_SPENT = frozenset({40029, 40163})
_RID = re.compile(r"\brid: ?([0-9a-f-]{10,60})")
# Tokens, secrets, openids, media ids: any long run of their alphabet.
_LONG_WORD = re.compile(r"[0-9A-Za-z_\-+/=]{18,}")


class WeChatError(DomainError):
    """Base: WeChat was asked and gave no usable answer. `is_passing`: the same call may work later."""

    key = "wechat-error"
    message = "微信平台没有办成这件事。"
    is_passing = False


class WeChatUnreachable(WeChatError):
    """No answer, or one that is not WeChat's (`reason`: timeout, connection, `http 502`, not-json). Whether a
    message was sent is then not known."""

    key = "wechat-unreachable"
    message = "暂时连不上微信平台，稍后会自动再试。"
    is_passing = True

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"


class WeChatFailed(WeChatError):
    """WeChat answered with an `errcode`; `rid` finds the call at WeChat's own support."""

    key = "wechat-failed"
    message = "微信平台拒绝了这次请求。"

    def __init__(self, errcode: int, errmsg: str = "", *, rid: str = "") -> None:
        super().__init__()
        found = _RID.search(errmsg)
        self.errcode = errcode
        self.rid = rid or (found[1] if found else "")
        self.errmsg = _LONG_WORD.sub("…", _RID.sub("", errmsg))[:200].strip(" ,")

    def __str__(self) -> str:
        return f"{self.key}: {self.errcode} {self.errmsg} rid={self.rid}"

    @property
    def is_passing(self) -> bool:  # type: ignore[override]
        """Busy, too fast, or a token that a later call will have renewed; daily quotas (45009) do not pass soon."""
        return self.errcode in _PASSING

    @property
    def closes_window(self) -> bool:
        """The 48 hours or the five messages are used up: nothing more until the person speaks again."""
        return self.errcode in _WINDOW_CLOSED

    @property
    def not_following(self) -> bool:
        return self.errcode in _NOT_FOLLOWING

    @property
    def code_spent(self) -> bool:
        """A sign-in or telephone code that is unknown, older than five minutes or used: the client asks anew."""
        return self.errcode in _CODE_SPENT


class TokenRefused(WeChatFailed):
    """No access token: appid, secret or address list (40125, 40164) are wrong. Somebody must mend the settings."""

    key = "wechat-token-refused"
    message = "微信平台不认可本系统的账号设置，请检查 appid、secret 和 IP 白名单。"

    @property
    def is_passing(self) -> bool:  # type: ignore[override]
        return self.errcode in _PASSING - STALE_TOKEN


class MediaUnavailable(WeChatError):
    """A file that will not be fetched: `too-large`, or `elsewhere` (a video given as an address)."""

    key = "media-unavailable"
    message = "这个文件取不下来。"

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
