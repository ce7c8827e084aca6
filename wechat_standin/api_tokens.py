"""Access tokens and the JS ticket."""

from __future__ import annotations

import secrets
from typing import Any

from wechat_standin.errors import ApiError
from wechat_standin.gate import Ask, api_route
from wechat_standin.tokens import Tokens


async def token(ask: Ask) -> dict[str, Any]:
    book = _book(ask, ask.query, grant="client_credential")
    value, seconds = book.plain()
    return {"access_token": value, "expires_in": seconds}


async def stable_token(ask: Ask) -> dict[str, Any]:
    body = ask.json()
    book = _book(ask, body, grant="client_credential")
    value, seconds = book.stable(force=body.get("force_refresh") is True)
    return {"access_token": value, "expires_in": seconds}


async def ticket(ask: Ask) -> dict[str, Any]:
    if ask.query.get("type") not in ("jsapi", "wx_card"):
        raise ApiError(40097)
    return {
        "errcode": 0,
        "errmsg": "ok",
        "ticket": "sM4" + secrets.token_urlsafe(60),
        "expires_in": ask.standin.settings.token_seconds,
    }


def _book(ask: Ask, given: dict[str, Any], *, grant: str) -> Tokens:
    if given.get("grant_type") != grant:
        raise ApiError(40002)
    return check_secret(ask, given)


def check_secret(ask: Ask, given: dict[str, Any]) -> Tokens:
    """The tokens of the account whose appid and secret are given."""
    settings = ask.standin.settings
    accounts = {
        settings.app_id: (settings.secret, ask.standin.oa_tokens),
        settings.mini_app_id: (settings.mini_secret, ask.standin.mini_tokens),
    }
    if not given.get("appid"):
        raise ApiError(41002)
    if not given.get("secret"):
        raise ApiError(41004)
    account = accounts.get(given["appid"])
    if account is None:
        raise ApiError(40013)
    if account[0] != given["secret"]:
        raise ApiError(40125)
    return account[1]


ROUTES = [
    api_route("/cgi-bin/token", token, needs="nothing", method="GET"),
    api_route("/cgi-bin/stable_token", stable_token, needs="nothing"),
    api_route("/cgi-bin/ticket/getticket", ticket, needs="oa", method="GET"),
]
