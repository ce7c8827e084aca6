"""Sign-in of the mini-program, and the telephone number."""

from __future__ import annotations

import re
from typing import Any

from wechat_standin.api_tokens import check_secret
from wechat_standin.errors import ApiError
from wechat_standin.gate import Ask, api_route
from wechat_standin.logins import session_key


async def session(ask: Ask) -> dict[str, Any]:
    if ask.query.get("grant_type") != "authorization_code":
        raise ApiError(40002)
    if check_secret(ask, ask.query) is not ask.standin.mini_tokens:
        raise ApiError(48001)
    if not ask.query.get("js_code"):
        raise ApiError(41008)
    code = ask.standin.logins.use_login(ask.query["js_code"])
    person = ask.standin.people.find_mini(code.mini_openid)
    if person is None:
        raise ApiError(40029)
    person.session_key, person.mini_used_at = session_key(), ask.standin.clock.now()
    answer = {"openid": person.mini_openid, "session_key": person.session_key}
    return {**answer, "unionid": person.unionid} if ask.standin.settings.with_unionid else answer


async def phone_number(ask: Ask) -> dict[str, Any]:
    body = ask.json()
    code = ask.standin.logins.use_phone(body.get("code"))
    if body.get("openid") not in (None, "", code.mini_openid):
        raise ApiError(43104)
    pure = re.sub(r"^\+?86", "", code.phone)
    info = {
        "phoneNumber": code.phone,
        "purePhoneNumber": pure,
        "countryCode": "86",
        "watermark": {
            "timestamp": int(ask.standin.clock.now()),
            "appid": ask.standin.settings.mini_app_id,
        },
    }
    return {"errcode": 0, "errmsg": "ok", "phone_info": info}


ROUTES = [
    api_route("/sns/jscode2session", session, needs="nothing", method="GET"),
    api_route("/wxa/business/getuserphonenumber", phone_number, needs="mini"),
]
