"""The check of texts before they are published: version 2, in the name of somebody who was there lately."""

from __future__ import annotations

import secrets
from typing import Any

from wechat_standin.errors import ApiError
from wechat_standin.gate import Ask, api_route

LATELY = 2 * 3600.0
LONGEST = 2500
SCENES = frozenset({1, 2, 3, 4})
PASSED = ("pass", 100)


async def check_text(ask: Ask) -> dict[str, Any]:
    body, standin = ask.json(), ask.standin
    content = body.get("content")
    if body.get("version") != 2:
        # the first version is frozen
        raise ApiError(48001)
    if body.get("scene") not in SCENES or not isinstance(content, str) or not 0 < len(content) <= LONGEST:
        raise ApiError(47001)
    person = standin.people.find_mini(body.get("openid"))
    if person is None:
        raise ApiError(40003)
    if standin.clock.now() - person.mini_used_at > LATELY:
        raise ApiError(61010)
    suggest, label = next((found for word, found in standin.verdicts.items() if word in content), PASSED)
    return {
        "errcode": 0,
        "errmsg": "ok",
        "result": {"suggest": suggest, "label": label},
        "detail": [{"strategy": "content_model", "errcode": 0, "suggest": suggest, "label": label}],
        "trace_id": secrets.token_hex(16),
    }


ROUTES = [api_route("/wxa/msg_sec_check", check_text, needs="mini")]
