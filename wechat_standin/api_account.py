"""The account's menu, and what it may know of a follower."""

from __future__ import annotations

from typing import Any

from wechat_standin.errors import ApiError
from wechat_standin.gate import Ask, api_route

TYPES = frozenset(
    {
        "click",
        "view",
        "miniprogram",
        "scancode_push",
        "scancode_waitmsg",
        "pic_sysphoto",
        "pic_photo_or_album",
        "pic_weixin",
        "location_select",
        "media_id",
        "article_id",
    }
)
MOST_BUTTONS, MOST_SUB_BUTTONS = 3, 5
NAME_BYTES, SUB_NAME_BYTES, KEY_BYTES, URL_BYTES = 16, 60, 128, 1024


async def create_menu(ask: Ask) -> dict[str, Any]:
    buttons = ask.json().get("button")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= MOST_BUTTONS:
        raise ApiError(40016)
    for button in buttons:
        _check_top(button)
    ask.standin.menu = buttons
    for person in ask.standin.people.all():
        person.tell("menu", {"menu": buttons})
    return {"errcode": 0, "errmsg": "ok"}


async def get_menu(ask: Ask) -> dict[str, Any]:
    if not ask.standin.menu:
        raise ApiError(46003)
    return {"menu": {"button": ask.standin.menu}}


async def delete_menu(ask: Ask) -> dict[str, Any]:
    ask.standin.menu = []
    return {"errcode": 0, "errmsg": "ok"}


async def user_info(ask: Ask) -> dict[str, Any]:
    person = ask.standin.people.find(ask.query.get("openid"))
    if person is None:
        raise ApiError(40003)
    if not person.following:
        return {"subscribe": 0, "openid": person.openid}
    answer = {
        "subscribe": 1,
        "openid": person.openid,
        "nickname": "",
        "headimgurl": "",
        "language": "zh_CN",
        "subscribe_time": int(person.followed_at),
        "remark": "",
        "groupid": 0,
        "tagid_list": [],
        "subscribe_scene": "ADD_SCENE_QR_CODE" if person.scene else "ADD_SCENE_SEARCH",
        "qr_scene": int(person.scene) if person.scene.isdecimal() else 0,
        "qr_scene_str": "" if person.scene.isdecimal() else person.scene,
    }
    return {**answer, "unionid": person.unionid} if ask.standin.settings.with_unionid else answer


def _check_top(button: Any) -> None:
    if not isinstance(button, dict):
        raise ApiError(47001)
    _check_size(button.get("name"), NAME_BYTES, 40018)
    subs = button.get("sub_button")
    if not subs:
        _check_action(button)
        return
    if not isinstance(subs, list) or len(subs) > MOST_SUB_BUTTONS:
        raise ApiError(40023)
    for sub in subs:
        if not isinstance(sub, dict):
            raise ApiError(47001)
        _check_size(sub.get("name"), SUB_NAME_BYTES, 40025)
        _check_action(sub)


def _check_action(button: dict[str, Any]) -> None:
    kind = button.get("type")
    if kind not in TYPES:
        raise ApiError(40017)
    if kind in ("view", "miniprogram"):
        _check_size(button.get("url"), URL_BYTES, 40020)
    elif kind not in ("media_id", "article_id"):
        _check_size(button.get("key"), KEY_BYTES, 40019)


def _check_size(value: object, most: int, errcode: int) -> None:
    if not isinstance(value, str) or not 1 <= len(value.encode()) <= most:
        raise ApiError(errcode)


ROUTES = [
    api_route("/cgi-bin/menu/create", create_menu, needs="oa"),
    api_route("/cgi-bin/menu/get", get_menu, needs="oa", method="GET"),
    api_route("/cgi-bin/menu/delete", delete_menu, needs="oa", method="GET"),
    api_route("/cgi-bin/user/info", user_info, needs="oa", method="GET"),
]
