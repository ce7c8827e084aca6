"""One access token for all processes: stable_token, shared through Redis, renewed by one of them at a time.

Redis may be away or empty at any moment: then every process asks for itself, and since stable_token gives the same
token to all, nothing stops. `force_refresh` kills the token that others still use and is rationed by WeChat (20 a
day, 30 s apart), so it is used only when the normal mode returns the very token that has just failed.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Final, Protocol, cast

from prometheus_client import Counter
from redis.asyncio import Redis
from redis.exceptions import RedisError

from clients.wechat_failures import TokenRefused, WeChatFailed
from clients.wechat_wire import Wire, json_body

log = logging.getLogger(__name__)
_ASKED: Final = Counter("mashang_token_refreshes", "Access tokens asked of WeChat", ("mode",))

_HELD_SECONDS: Final = 5.0
_LOCK_MS: Final = 30_000
_LOCK_WAIT_SECONDS: Final = 12.0
_LOCK_POLL_SECONDS: Final = 0.05
_REDIS_SECONDS: Final = 1.0
_REDIS_PAUSE_SECONDS: Final = 5.0
_FORCE_PAUSE_SECONDS: Final = 30
_FORCE_A_DAY: Final = 20
_DAY_SECONDS: Final = 86_400

_RELEASE = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end"


class Seal(Protocol):
    """What lies in Redis must let nobody who reads it speak in our name."""

    def seal(self, token: str) -> bytes: ...

    def open(self, sealed: bytes | str) -> str | None: ...


@dataclass(frozen=True, slots=True)
class _Renewal:
    failed: str | None
    task: asyncio.Task[str]


class TokenStore:
    """The token of one appid, shared where there is both a Redis and a seal for it."""

    def __init__(
        self, *, wire: Wire, appid: str, secret: str, redis: "Redis | None", seal: Seal | None
    ) -> None:
        self._wire = wire
        self._appid = appid
        self._secret = secret
        self._redis = redis
        self._seal = seal
        self._key = f"wechat:token:{appid}"
        self._held = ""
        self._held_until = 0.0
        self._renewal: _Renewal | None = None
        self._forced_at: list[float] = []
        self._hopeless = ""
        self._hopeless_until = 0.0
        self._redis_back_at = 0.0

    async def current(self) -> str:
        if self._held and time.monotonic() < self._held_until:
            return self._held
        return await self._renewed(None)

    async def replace(self, failed: str) -> str:
        """A token other than `failed`; `failed` itself when WeChat has no other and may not be pressed now."""
        if self._held != failed and self._held and time.monotonic() < self._held_until:
            return self._held
        if failed == self._hopeless and time.monotonic() < self._hopeless_until:
            return failed
        return await self._renewed(failed)

    async def _renewed(self, failed: str | None) -> str:
        """One renewal at a time in this process; whoever comes meanwhile shares its token or its failure."""
        while (renewal := self._renewal) is not None and not renewal.task.done():
            token = await asyncio.shield(renewal.task)
            if token != failed or renewal.failed == failed:
                return token
        task = asyncio.create_task(self._renew(failed))
        self._renewal = _Renewal(failed, task)
        task.add_done_callback(self._renewal_done)
        return await asyncio.shield(task)

    def _renewal_done(self, task: asyncio.Task[str]) -> None:
        if self._renewal is not None and self._renewal.task is task:
            self._renewal = None
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not report it when every caller has gone

    async def _renew(self, failed: str | None) -> str:
        mine = secrets.token_hex(16)
        deadline = time.monotonic() + _LOCK_WAIT_SECONDS
        while True:
            shared = await self._shared(failed)
            if shared:
                return shared
            if await self._lock(mine) or time.monotonic() > deadline:
                break
            await asyncio.sleep(_LOCK_POLL_SECONDS)
        try:
            # A second look inside the lock: between the first and the lock another process may have renewed.
            return await self._shared(failed) or await self._fetch(failed)
        finally:
            await self._in_redis("eval", _RELEASE, 1, f"{self._key}:lock", mine)

    async def _fetch(self, failed: str | None) -> str:
        token, lives = await self._ask(force=False)
        if token == failed and await self._may_force():
            token, lives = await self._ask(force=True)
        if token == failed:
            self._hopeless, self._hopeless_until = token, time.monotonic() + _HELD_SECONDS
            return token
        is_shared = self._seal is not None and await self._in_redis(
            "set", self._key, self._seal.seal(token), px=int(lives * 1000)
        )
        self._hold(token, min(lives, _HELD_SECONDS) if is_shared else lives)
        return token

    async def _ask(self, *, force: bool) -> tuple[str, float]:
        """A token and the seconds we rely on it."""
        asked = {
            "grant_type": "client_credential",
            "appid": self._appid,
            "secret": self._secret,
            "force_refresh": force,
        }
        _ASKED.labels("forced" if force else "normal").inc()
        refusal: TokenRefused | None = None
        answer: dict[str, Any] = {}
        try:
            answer = await self._wire.ask(
                "POST", "/cgi-bin/stable_token", body=json_body(asked), hidden=(self._secret,)
            )
        except WeChatFailed as failed:
            refusal = TokenRefused(failed.errcode, failed.errmsg, rid=failed.rid)
        if refusal is not None:
            raise refusal
        token, expires_in = answer.get("access_token"), answer.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(expires_in, int):
            raise TokenRefused(0, "no token in the answer")
        return token, max(1.0, expires_in - 60 if expires_in > 120 else expires_in / 2)

    async def _may_force(self) -> bool:
        """Counted here and, where there is Redis, among all processes."""
        now = time.monotonic()
        self._forced_at = [at for at in self._forced_at if now - at < _DAY_SECONDS]
        if len(self._forced_at) >= _FORCE_A_DAY:
            return False
        if self._forced_at and now - self._forced_at[-1] < _FORCE_PAUSE_SECONDS:
            return False
        pause, day = f"{self._key}:forced", f"{self._key}:forced:day"
        if await self._in_redis("set", pause, "1", nx=True, ex=_FORCE_PAUSE_SECONDS, absent=True) is None:
            return False
        await self._in_redis("set", day, 0, nx=True, ex=_DAY_SECONDS)
        if int(await self._in_redis("incr", day, absent=0)) > _FORCE_A_DAY:
            return False
        self._forced_at.append(now)
        log.warning("wechat_token_forced", extra={"appid": self._appid, "times": len(self._forced_at)})
        return True

    def _hold(self, token: str, seconds: float) -> None:
        self._held, self._held_until = token, time.monotonic() + seconds

    async def _shared(self, failed: str | None) -> str | None:
        stored = await self._in_redis("get", self._key)
        token = self._seal.open(stored) if stored and self._seal is not None else None
        if not token or token == failed:
            return None
        self._hold(token, _HELD_SECONDS)
        return token

    async def _lock(self, mine: str) -> bool:
        return bool(await self._in_redis("set", f"{self._key}:lock", mine, nx=True, px=_LOCK_MS, absent=True))

    async def _in_redis(self, command: str, *arguments: Any, absent: Any = None, **options: Any) -> Any:
        """The answer of one Redis command, or `absent` when Redis does not answer (then left alone a while)."""
        if self._redis is None or time.monotonic() < self._redis_back_at:
            return absent
        try:
            async with asyncio.timeout(_REDIS_SECONDS):
                return await cast(Awaitable[Any], getattr(self._redis, command)(*arguments, **options))
        except (RedisError, OSError, TimeoutError):
            self._redis_back_at = time.monotonic() + _REDIS_PAUSE_SECONDS
            return absent
