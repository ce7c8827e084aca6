"""Access tokens of one account: the plain and the stable kind, which never mix."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from wechat_standin.clock import Clock
from wechat_standin.errors import ApiError

PLAIN_PER_DAY = 2000
FORCED_PER_DAY = 20
FORCED_APART = 30.0
RENEW_BEFORE = 300.0
SHANGHAI = 8 * 3600


@dataclass(slots=True)
class Token:
    value: str
    until: float


class Tokens:
    """`overlap` is how long a replaced plain token goes on working, in seconds."""

    def __init__(self, *, clock: Clock, seconds: int, overlap: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._overlap = overlap
        self._valid: dict[str, Token] = {}
        self._ended: set[str] = set()
        self._plain: Token | None = None
        self._stable: Token | None = None
        self._forced_at: list[float] = []
        self._plain_at: list[float] = []

    def plain(self) -> tuple[str, int]:
        """Always a new one; the one before lives on for the overlap."""
        now = self._clock.now()
        self._plain_at.append(now)
        if sum(_day(each) == _day(now) for each in self._plain_at) > PLAIN_PER_DAY:
            raise ApiError(45009)
        if self._plain is not None:
            self._plain.until = min(self._plain.until, now + self._overlap)
        self._plain = self._issue(now)
        return self._plain.value, self._seconds

    def stable(self, *, force: bool) -> tuple[str, int]:
        """The running one with the time it has left; a forced one ends it at once."""
        now = self._clock.now()
        if force:
            self._count_forced(now)
            if self._stable is not None:
                self._end(self._stable.value)
            self._stable = None
        if (
            self._stable is None
            or self._stable.value not in self._valid
            or self._stable.until - RENEW_BEFORE <= now
        ):
            self._stable = self._issue(now)
        return self._stable.value, round(self._stable.until - now)

    def check(self, value: str) -> None:
        token = self._valid.get(value)
        if token is None:
            raise ApiError(40001)
        if token.until <= self._clock.now():
            raise ApiError(42001)

    def knows(self, value: str) -> bool:
        return value in self._valid or value in self._ended

    def revoke(self) -> None:
        """Every token stops working now; the next request for one gets a fresh one."""
        for value in list(self._valid):
            self._end(value)

    def _issue(self, now: float) -> Token:
        token = Token(f"{secrets.randbelow(90) + 10}_{secrets.token_urlsafe(96)}", now + self._seconds)
        self._valid[token.value] = token
        return token

    def _end(self, value: str) -> None:
        self._valid.pop(value, None)
        self._ended.add(value)

    def _count_forced(self, now: float) -> None:
        if self._forced_at and now - self._forced_at[-1] < FORCED_APART:
            raise ApiError(45011)
        if sum(_day(each) == _day(now) for each in self._forced_at) >= FORCED_PER_DAY:
            raise ApiError(45009)
        self._forced_at.append(now)


def _day(at: float) -> int:
    return int(at + SHANGHAI) // 86400
