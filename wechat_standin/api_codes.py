"""Parametric QR codes of the account and codes of the mini-program."""

from __future__ import annotations

import io
import re
from typing import Any

import qrcode
from aiohttp import web

from wechat_standin.errors import ApiError
from wechat_standin.gate import STANDIN, Ask, api_route
from wechat_standin.scenes import SHORTEST

TEMPORARY = {"QR_SCENE": "scene_id", "QR_STR_SCENE": "scene_str"}
PERMANENT = {"QR_LIMIT_SCENE": "scene_id", "QR_LIMIT_STR_SCENE": "scene_str"}
LARGEST_TEMPORARY, LARGEST_PERMANENT = 2**32 - 1, 100_000
MINI_SCENE = re.compile(r"[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]*")


async def create(ask: Ask) -> dict[str, Any]:
    body = ask.json()
    action = body.get("action_name")
    if action not in TEMPORARY and action not in PERMANENT:
        raise ApiError(40052)
    scene = _scene(body, str(action))
    if action in PERMANENT:
        ticket, seconds = ask.standin.scenes.permanent(scene), None
    else:
        seconds = body.get("expire_seconds", SHORTEST)
        if not isinstance(seconds, int):
            raise ApiError(40053)
        ticket = ask.standin.scenes.temporary(scene, seconds=seconds)
    answer: dict[str, Any] = {"ticket": ticket.ticket, "url": ask.standin.public_url + ticket.path}
    return answer if seconds is None else {**answer, "expire_seconds": seconds}


async def mini_code(ask: Ask) -> web.Response:
    body = ask.json()
    scene, page = body.get("scene"), body.get("page", "")
    if not isinstance(scene, str) or not 1 <= len(scene) <= 32:
        raise ApiError(40169)
    if MINI_SCENE.fullmatch(scene) is None:
        raise ApiError(40129)
    pages = ask.standin.settings.mini_pages
    if not isinstance(page, str) or page.startswith("/") or "?" in page:
        raise ApiError(41030)
    if pages and page and body.get("check_path", True) and page not in pages:
        raise ApiError(41030)
    width = body.get("width", 430)
    if not isinstance(width, int) or not 280 <= width <= 1280:
        raise ApiError(40097)
    return web.Response(body=draw(f"mini:{page}?scene={scene}", width=width), content_type="image/png")


async def show_code(request: web.Request) -> web.Response:
    """What mp.weixin.qq.com serves: a picture, 404 for a bad ticket."""
    standin = request.app[STANDIN]
    ticket = standin.scenes.find(request.query.get("ticket", ""))
    if ticket is None:
        raise web.HTTPNotFound
    return web.Response(body=draw(standin.public_url + ticket.path), content_type="image/png")


def draw(content: str, *, width: int = 430) -> bytes:
    """PNG."""
    code = qrcode.QRCode(border=2, mask_pattern=3)
    code.add_data(content)
    code.make(fit=True)
    picture = code.make_image().get_image().convert("L").resize((width, width))
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _scene(body: dict[str, Any], action: str) -> str:
    info = body.get("action_info")
    scene = info.get("scene") if isinstance(info, dict) else None
    name = {**TEMPORARY, **PERMANENT}[action]
    value = scene.get(name) if isinstance(scene, dict) else None
    if name == "scene_str":
        if not isinstance(value, str) or not 1 <= len(value) <= 64:
            raise ApiError(40053)
        return value
    largest = LARGEST_PERMANENT if action in PERMANENT else LARGEST_TEMPORARY
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= largest:
        raise ApiError(40053)
    return str(value)


ROUTES = [
    api_route("/cgi-bin/qrcode/create", create, needs="oa"),
    api_route("/wxa/getwxacodeunlimit", mini_code, needs="mini"),
    web.get("/cgi-bin/showqrcode", show_code),
]
