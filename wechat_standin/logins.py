"""Codes a mini-program client gets from `wx.login` and the telephone button: five minutes, one use."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass

from wechat_standin.clock import Clock
from wechat_standin.errors import ApiError

CODE_SECONDS = 300.0


@dataclass(slots=True, kw_only=True)
class Code:
    mini_openid: str
    phone: str
    until: float
    used: bool = False


class Logins:
    def __init__(self, *, clock: Clock) -> None:
        self._clock = clock
        self._login: dict[str, Code] = {}
        self._phone: dict[str, Code] = {}

    def login_code(self, mini_openid: str) -> str:
        return self._add(self._login, mini_openid=mini_openid, phone="")

    def phone_code(self, mini_openid: str, *, phone: str) -> str:
        return self._add(self._phone, mini_openid=mini_openid, phone=phone)

    def use_login(self, code: object) -> Code:
        """ApiError 40029 for an unknown or old code, 40163 for a used one."""
        return self._use(self._login, code, used_errcode=40163)

    def use_phone(self, code: object) -> Code:
        return self._use(self._phone, code, used_errcode=40029)

    def clear(self) -> None:
        self._login.clear()
        self._phone.clear()

    def _add(self, codes: dict[str, Code], *, mini_openid: str, phone: str) -> str:
        value = "0" + secrets.token_urlsafe(23)
        codes[value] = Code(mini_openid=mini_openid, phone=phone, until=self._clock.now() + CODE_SECONDS)
        return value

    def _use(self, codes: dict[str, Code], value: object, *, used_errcode: int) -> Code:
        code = codes.get(value) if isinstance(value, str) else None
        if code is None or code.until <= self._clock.now():
            raise ApiError(40029)
        if code.used:
            raise ApiError(used_errcode)
        code.used = True
        return code


def session_key() -> str:
    return base64.b64encode(secrets.token_bytes(16)).decode()
