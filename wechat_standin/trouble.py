"""Controls over the platform itself: posters, faults, tokens, media, time, the record, a fresh start."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from wechat_standin import texts
from wechat_standin.control import NUMBER, answer, read_json, take
from wechat_standin.errors import ControlError
from wechat_standin.faults import KINDS, Fault
from wechat_standin.gate import STANDIN
from wechat_standin.hostile import TAMPERS


async def record(request: web.Request) -> web.Response:
    """`?path=` and `?openid=` narrow it; `?secrets=1` shows tokens and secrets too."""
    log, query = request.app[STANDIN].record, request.query
    path, openid = query.get("path"), query.get("openid")
    return answer(
        {
            "calls": [
                each.as_json(with_secrets=query.get("secrets") == "1")
                for each in log.calls
                if path in (None, each.path)
            ],
            "pushes": [each.as_json() for each in log.pushes if openid in (None, each.openid)],
        }
    )


async def clear_record(request: web.Request) -> web.Response:
    request.app[STANDIN].record.clear()
    return answer({})


async def posters(request: web.Request) -> web.Response:
    """`{"posters": [{"code", "label", "url"}]}` replaces the list."""
    standin = request.app[STANDIN]
    if request.method == "POST":
        given = take(await read_json(request), "posters", list)
        standin.posters = [
            {name: str(each.get(name, "")) for name in ("code", "label", "url")} for each in given
        ]
    return answer({"posters": standin.posters})


async def add_fault(request: web.Request) -> web.Response:
    body = await read_json(request)
    kind = take(body, "kind")
    if kind not in KINDS:
        raise ControlError(texts.BAD_CONTROL.format(name="kind"), status=400)
    fault = Fault(
        path=take(body, "path"),
        kind=kind,
        times=take(body, "times", (int, type(None)), 1),
        errcode=take(body, "errcode", int, -1),
        status=take(body, "status", int, 502),
        seconds=take(body, "seconds", NUMBER, 0.0),
    )
    request.app[STANDIN].faults.add(fault)
    return answer(fault.as_json(), status=201)


async def list_faults(request: web.Request) -> web.Response:
    return answer({"faults": [each.as_json() for each in request.app[STANDIN].faults.all()]})


async def clear_faults(request: web.Request) -> web.Response:
    request.app[STANDIN].faults.clear()
    return answer({})


async def revoke_tokens(request: web.Request) -> web.Response:
    request.app[STANDIN].revoke_tokens()
    return answer({})


async def expire_media(request: web.Request) -> web.Response:
    request.app[STANDIN].media.expire()
    return answer({})


async def clock(request: web.Request) -> web.Response:
    """`{"advance": seconds}` or `{"offset": seconds}`."""
    standin, body = request.app[STANDIN], await read_json(request)
    if "offset" in body:
        standin.clock.offset = take(body, "offset", NUMBER)
    else:
        standin.clock.advance(take(body, "advance", NUMBER))
    return answer({"now": standin.clock.now(), "offset": standin.clock.offset})


async def reset(request: web.Request) -> web.Response:
    request.app[STANDIN].reset()
    return answer({})


async def push_again(request: web.Request) -> web.Response:
    standin, copies = request.app[STANDIN], take(await read_json(request), "copies", int, 1)
    pushes = await standin.push_again(int(request.match_info["push"]), copies=copies)
    return answer({"pushes": [each.as_json() for each in pushes]})


async def hostile(request: web.Request) -> web.Response:
    body = await read_json(request)
    if body.get("tamper") not in TAMPERS:
        raise ControlError(texts.BAD_CONTROL.format(name="tamper"), status=400)
    status, body_back = await request.app[STANDIN].push_hostile(take(body, "openid"), tamper=body["tamper"])
    return answer({"status": status, "body": body_back.decode("utf-8", "replace")})


async def verify(request: web.Request) -> web.Response:
    return answer({"ok": await request.app[STANDIN].verify_callback()})


async def callback(request: web.Request) -> web.Response:
    """Any of `url`, `mode`, `token`, `aes_key`, `timeout`, `retries`; what is left out stays."""
    standin, body = request.app[STANDIN], await read_json(request)
    pusher = standin.pusher
    pusher.callback_url = take(body, "url", str, pusher.callback_url)
    pusher.timeout = take(body, "timeout", NUMBER, pusher.timeout)
    pusher.retries = take(body, "retries", int, pusher.retries)
    mode: Any = take(body, "mode", str, pusher.mode)
    if mode not in ("safe", "compat", "plain"):
        raise ControlError(texts.BAD_CONTROL.format(name="mode"), status=400)
    pusher.mode = mode
    standin.set_keys(token=take(body, "token", str, ""), aes_key=take(body, "aes_key", str, ""))
    return answer({"url": pusher.callback_url, "mode": mode, "timeout": pusher.timeout})


ROUTES = [
    web.get("/_standin/record", record),
    web.delete("/_standin/record", clear_record),
    web.get("/_standin/posters", posters),
    web.post("/_standin/posters", posters),
    web.get("/_standin/faults", list_faults),
    web.post("/_standin/faults", add_fault),
    web.delete("/_standin/faults", clear_faults),
    web.post("/_standin/tokens/revoke", revoke_tokens),
    web.post("/_standin/media/expire", expire_media),
    web.post("/_standin/clock", clock),
    web.post("/_standin/reset", reset),
    web.post(r"/_standin/pushes/{push:\d+}/again", push_again),
    web.post("/_standin/hostile", hostile),
    web.post("/_standin/verify", verify),
    web.post("/_standin/callback", callback),
]
