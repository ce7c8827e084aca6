"""What we ask of WeChat, for one account (official account or mini-program).

wechatpy's client under asyncio: its groups (`account.tag`, `account.jsapi`, …) only return what `get` and `post`
return, so with `_request` a coroutine over aiohttp most of them become awaitable as they are. Not usable: the twelve
that use the answer, the token or `requests` themselves (`media.get_url`, `qrcode.show`, `user.iter_followers`, …).
`_request` is not public: wechatpy is pinned and the seam is tested.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar
from urllib.parse import urlsplit

import aiohttp
from wechatpy import WeChatClient

from clients.wechat_failures import (
    STALE_TOKEN,
    MediaUnavailable,
    TokenRefused,
    WeChatError,
    WeChatFailed,
    WeChatUnreachable,
)
from clients.wechat_token import Seal, TokenStore
from clients.wechat_wire import Body, Wire, json_body, no_body

if TYPE_CHECKING:
    from redis.asyncio import Redis

__all__ = [
    "Login",
    "MediaUnavailable",
    "QrTicket",
    "TokenRefused",
    "WeChatAccount",
    "WeChatError",
    "WeChatFailed",
    "WeChatUnreachable",
]

T = TypeVar("T")

MINI_PAGE: Final = "pages/mine/index"
"""Where a tap on a subscription message leads."""
PLATFORM_URL: Final = "https://api.weixin.qq.com"


@dataclass(frozen=True, slots=True)
class QrTicket:
    """A parametric code: draw `url`; `expires_in` seconds, None when permanent."""

    ticket: str
    url: str
    expires_in: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Login:
    """Who signed in to the mini-program. The session key is left behind on purpose: nothing here needs it."""

    openid: str
    unionid: str


class WeChatAccount(WeChatClient):  # type: ignore[misc]
    """Every method may raise WeChatFailed or WeChatUnreachable; a stale token is renewed and tried once more."""

    API_BASE_URL = f"{PLATFORM_URL}/cgi-bin/"

    def __init__(
        self,
        *,
        appid: str,
        secret: str,
        http: aiohttp.ClientSession,
        base_url: str = PLATFORM_URL,
        redis: "Redis | None" = None,
        seal: Seal | None = None,
        timeout: float = 10.0,
    ) -> None:
        """`redis` and `seal` share the token between processes; without them each process asks for itself."""
        # the base class's own set-up is left out: it opens a `requests` session and a token memory nobody uses
        self.appid = appid
        self._secret = secret
        self._wire = Wire(http=http, base_url=base_url, timeout=timeout)
        self._tokens = TokenStore(wire=self._wire, appid=appid, secret=secret, redis=redis, seal=seal)

    def __repr__(self) -> str:
        return f"<WeChatAccount {self.appid}>"

    @property
    def access_token(self) -> NoReturn:
        """Must be AttributeError: the base class reads every attribute while it makes the object."""
        raise AttributeError("the token is fetched by the call that needs it")

    def fetch_access_token(self) -> NoReturn:
        raise NotImplementedError("tokens come from stable_token")

    async def send_text(self, openid: str, text: str) -> None:
        """A customer-service message: at most 2,000 bytes of text, while the person's window is open."""
        await self.post(
            "message/custom/send", data={"touser": openid, "msgtype": "text", "text": {"content": text}}
        )

    async def send_template(
        self,
        openid: str,
        template_id: str,
        data: Mapping[str, str],
        *,
        url: str | None = None,
        client_msg_id: str | None = None,
    ) -> str:
        """The id that TEMPLATESENDJOBFINISH will name. `data`: field name → text; the same `client_msg_id` to the
        same person sends once within ten minutes."""
        asked = {
            "touser": openid,
            "template_id": template_id,
            "url": url,
            "client_msg_id": client_msg_id,
            "data": {name: {"value": value} for name, value in data.items()},
        }
        answer = await self.post("message/template/send", data=_present(asked))
        return str(answer.get("msgid", ""))

    async def send_subscription(self, openid: str, template_id: str, data: Mapping[str, str]) -> None:
        """Mini-program only; 43101 when the person allows no more of this template."""
        values = {name: {"value": value} for name, value in data.items()}
        asked = {"touser": openid, "template_id": template_id, "page": MINI_PAGE, "data": values}
        await self.post("message/subscribe/send", data=asked)

    async def create_qrcode(self, scene: str, expire_seconds: int | None = None) -> QrTicket:
        """A code that brings `scene` (1–64 characters); None makes one of the 100,000 permanent ones."""
        action = "QR_LIMIT_STR_SCENE" if expire_seconds is None else "QR_STR_SCENE"
        asked = {
            "action_name": action,
            "action_info": {"scene": {"scene_str": scene}},
            "expire_seconds": expire_seconds,
        }
        answer = await self.post("qrcode/create", data=_present(asked))
        return QrTicket(_said(answer, "ticket"), _said(answer, "url"), answer.get("expire_seconds"))

    async def download_media(self, media_id: str, *, max_bytes: int) -> tuple[bytes, str]:
        """What a person sent, and its content type; MediaUnavailable above `max_bytes`."""

        async def fetch(params: dict[str, str]) -> tuple[bytes, str]:
            return await self._wire.fetch("/cgi-bin/media/get", params=params, max_bytes=max_bytes)

        return await self._with_token(fetch, {"media_id": media_id})

    async def upload_media(self, kind: str, content: bytes, *, filename: str, content_type: str) -> str:
        """The media_id, good for three days; `kind`: image, voice, video, thumb."""

        def form() -> aiohttp.FormData:
            parts = aiohttp.FormData()
            parts.add_field("media", content, filename=filename, content_type=content_type)
            return parts

        async def send(params: dict[str, str]) -> dict[str, Any]:
            return await self._wire.ask("POST", "/cgi-bin/media/upload", params=params, body=form)

        answer = await self._with_token(send, {"type": kind})
        return _said(answer, "media_id")

    async def code_to_session(self, code: str) -> Login:
        """Mini-program only. A code lives five minutes and works once (`code_spent`)."""
        asked = {
            "appid": self.appid,
            "secret": self._secret,
            "js_code": code,
            "grant_type": "authorization_code",
        }
        answer = await self.get("/sns/jscode2session", params=asked)
        return Login(_said(answer, "openid"), str(answer.get("unionid", "")))

    async def phone_number(self, code: str) -> str:
        """Mini-program only: the telephone without country code, for a code of `bindgetphonenumber`."""
        answer = await self.post("/wxa/business/getuserphonenumber", data={"code": code})
        phone = answer.get("phone_info")
        return _said(phone if isinstance(phone, dict) else {}, "purePhoneNumber")

    async def post_for_file(self, path: str, asked: Mapping[str, Any], *, max_bytes: int) -> bytes:
        async def fetch(params: dict[str, str]) -> tuple[bytes, str]:
            return await self._wire.fetch(path, params=params, max_bytes=max_bytes, body=json_body(asked))

        return (await self._with_token(fetch, {}))[0]

    async def create_menu(self, buttons: Sequence[Mapping[str, Any]]) -> None:
        await self.post("menu/create", data={"button": list(buttons)})

    async def user_info(self, openid: str) -> dict[str, Any]:
        """`subscribe` is 1 for a follower; names and pictures have been empty since 2021."""
        answer: dict[str, Any] = await self.get("user/info", params={"openid": openid, "lang": "zh_CN"})
        return answer

    async def _request(self, method: str, url_or_endpoint: str, **options: Any) -> Any:
        """What wechatpy's `get` and `post` end in: one call, with a token unless it is a sign-in (`/sns/`)."""
        path = url_or_endpoint
        if not path.startswith(("http://", "https://", "/")):
            path = options.get("api_base_url", self.API_BASE_URL) + path
        if options.get("files"):
            raise NotImplementedError("a file cannot be sent twice; use upload_media")
        params = {
            name: str(value) for name, value in (options.get("params") or {}).items() if value is not None
        }
        body = _body(options.get("data"))

        async def ask(asked: dict[str, str]) -> dict[str, Any]:
            return await self._wire.ask(method.upper(), path, params=asked, body=body)

        is_open = urlsplit(path).path.startswith("/sns/")
        answer = await (ask(params) if is_open else self._with_token(ask, params))
        processor = options.get("result_processor")
        return processor(answer) if processor else answer

    async def _with_token(self, call: Callable[[dict[str, str]], Awaitable[T]], params: dict[str, str]) -> T:
        """At most two tries: a lasting 40001 costs two calls, never a loop."""
        token = await self._tokens.current()
        try:
            return await call({**params, "access_token": token})
        except WeChatFailed as failed:
            if failed.errcode not in STALE_TOKEN:
                raise
            fresh = await self._tokens.replace(token)
            if fresh == token:
                raise
        return await call({**params, "access_token": fresh})


def _present(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value is not None}


def _body(data: Any) -> Body:
    if data is None:
        return no_body
    if isinstance(data, str | bytes):
        raw = data.encode() if isinstance(data, str) else data
        return lambda: raw
    return json_body(data)


def _said(answer: Mapping[str, Any], name: str) -> str:
    """A field the answer must have; without it the answer is not WeChat's."""
    value = answer.get(name)
    if not isinstance(value, str) or not value:
        raise WeChatUnreachable("incomplete")
    return value
