"""One question to WeChat over HTTP: where it goes, how long it may take, and what counts as an answer."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from clients.wechat_failures import MediaUnavailable, WeChatFailed, WeChatUnreachable

PLATFORM_HOST: Final = "api.weixin.qq.com"
_JSON_TYPES = frozenset({"application/json", "text/plain", "text/json", "text/html"})
_MAX_JSON = 1_000_000
_MIN_HIDDEN = 5

Params = Mapping[str, str]
Body = Callable[[], bytes | aiohttp.FormData | None]
"""Makes the body anew for every try: a form can be sent once only."""


def no_body() -> None:
    return None


def json_body(value: Any) -> Body:
    """Raw UTF-8: WeChat answers 40033 to JSON's numeric escapes."""
    sealed = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return lambda: sealed


class Wire:
    """Calls one base address; everything that goes wrong is a WeChatError without addresses in it."""

    def __init__(self, *, http: aiohttp.ClientSession, base_url: str, timeout: float) -> None:
        """`timeout` in seconds for one call; a file may take three times as long."""
        self._http = http
        self._base = base_url.rstrip("/")
        self._timeout = aiohttp.ClientTimeout(total=timeout, sock_connect=min(5.0, timeout))
        self._long_timeout = aiohttp.ClientTimeout(total=timeout * 3, sock_connect=min(5.0, timeout))

    def address(self, path_or_url: str) -> str:
        """The configured platform's address of a path, or of an address at the real platform."""
        if not path_or_url.startswith(("http://", "https://")):
            return f"{self._base}/{path_or_url.lstrip('/')}"
        parts = urlsplit(path_or_url)
        if parts.hostname != PLATFORM_HOST:
            raise ValueError("only the WeChat platform is called through this client")
        return f"{self._base}{parts.path}" + (f"?{parts.query}" if parts.query else "")

    async def ask(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        body: Body = no_body,
        hidden: Sequence[str] = (),
    ) -> dict[str, Any]:
        """The JSON answer; an errcode other than 0 raises WeChatFailed.

        What stands in `params` and `hidden` never stands in the error.
        """
        file = await self._exchange(method, path, params, body, limit=self._timeout, max_bytes=_MAX_JSON)
        if file is None:
            raise WeChatUnreachable("too-large")
        return _checked(file[0], hidden=(*hidden, *(params or {}).values()))

    async def fetch(
        self, path: str, *, params: Params, max_bytes: int, body: Body = no_body
    ) -> tuple[bytes, str]:
        """A file and its content type, asked for by POST when there is a `body`; an error comes as JSON instead."""
        method = "GET" if body is no_body else "POST"
        file = await self._exchange(method, path, params, body, limit=self._long_timeout, max_bytes=max_bytes)
        if file is None:
            raise MediaUnavailable("too-large")
        content, content_type = file
        if content_type in _JSON_TYPES:
            _checked(content, hidden=tuple(params.values()))
            # No error and no file: a video is given as an address, which we do not follow.
            raise MediaUnavailable("elsewhere")
        if not content:
            raise WeChatUnreachable("empty")
        return file

    async def _exchange(
        self,
        method: str,
        path: str,
        params: Params | None,
        body: Body,
        *,
        limit: aiohttp.ClientTimeout,
        max_bytes: int,
    ) -> tuple[bytes, str] | None:
        """Content and content type; None above `max_bytes`, which is meant for files: JSON has its own."""
        data = body()
        headers = {"Content-Type": "application/json"} if isinstance(data, bytes) else {}
        try:
            async with self._http.request(
                method,
                self.address(path),
                params=params,
                data=data,
                headers=headers,
                timeout=limit,
                allow_redirects=False,
            ) as response:
                if response.status < 300:
                    is_json = response.content_type in _JSON_TYPES
                    content = await _capped(response, _MAX_JSON if is_json else max_bytes)
                    return None if content is None else (content, response.content_type)
                reason = f"http {response.status}"
        except TimeoutError:
            reason = "timeout"
        except (aiohttp.ClientError, OSError):
            reason = "connection"
        # Raised outside the handlers: their exceptions hold the address, and the address holds the token.
        raise WeChatUnreachable(reason)


async def _capped(response: aiohttp.ClientResponse, max_bytes: int) -> bytes | None:
    if (response.content_length or 0) > max_bytes:
        return None
    content = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        content += chunk
        if len(content) > max_bytes:
            return None
    return bytes(content)


def _checked(content: bytes, *, hidden: Sequence[str]) -> dict[str, Any]:
    answer: Any = None
    errcode = 0
    try:
        # Whatever the content type says: some answers come as text/plain, some with control characters.
        answer = json.loads(content.decode("utf-8", "replace"), strict=False)
        if isinstance(answer, dict):
            errcode = int(answer.get("errcode") or 0)
    except (ValueError, TypeError, RecursionError):
        answer = None
    if not isinstance(answer, dict):
        raise WeChatUnreachable("not-json")
    if errcode:
        errmsg = str(answer.get("errmsg", ""))
        for value in hidden:
            if len(value) >= _MIN_HIDDEN:
                errmsg = errmsg.replace(value, "…")
        raise WeChatFailed(errcode, errmsg)
    return answer
