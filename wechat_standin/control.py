"""Controls under `/_standin/` for the phone in the browser and for tests: JSON in, JSON out."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from wechat_standin import texts
from wechat_standin.errors import ControlError
from wechat_standin.gate import STANDIN
from wechat_standin.people import Person
from wechat_standin.record import Push
from wechat_standin.standin import StandIn
from wechat_standin.uploaded import Uploaded, file_in

Act = Callable[[StandIn, str, dict[str, Any]], Awaitable[Push | None]]
NUMBER = (int, float)


async def read_json(request: web.Request) -> dict[str, Any]:
    """An empty body is an empty object."""
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise ControlError(texts.BAD_CONTROL.format(name="JSON"), status=400) from None
    if not isinstance(body, dict):
        raise ControlError(texts.BAD_CONTROL.format(name="JSON"), status=400)
    return body


def take(body: dict[str, Any], name: str, kind: type | tuple[type, ...] = str, default: Any = None) -> Any:
    """A field of the right type; without a default it must be there."""
    value = body.get(name, default)
    if not isinstance(value, kind):
        raise ControlError(texts.BAD_CONTROL.format(name=name), status=400)
    return value


def describe(standin: StandIn) -> dict[str, Any]:
    return {
        "account": standin.settings.account_name or texts.ACCOUNT_NAME,
        "app_id": standin.settings.app_id,
        "gh_id": standin.settings.gh_id,
        "callback_url": standin.pusher.callback_url,
        "now": standin.clock.now(),
        "offset": standin.clock.offset,
        "people": [each.as_json() for each in standin.people.all()],
        "posters": standin.posters,
        "menu": standin.menu,
        "places": list(texts.SAMPLE_PLACES),
    }


def describe_person(person: Person, *, now: float) -> dict[str, Any]:
    left, seconds = person.windows.remaining(now=now)
    return {
        **person.as_json(),
        "window": {"left": left, "seconds": seconds},
        "consents": person.consents,
    }


async def state(request: web.Request) -> web.Response:
    return answer(describe(request.app[STANDIN]))


async def make_person(request: web.Request) -> web.Response:
    body = await read_json(request)
    person = request.app[STANDIN].add_person(take(body, "name", default=""))
    if body.get("follow") is True:
        await request.app[STANDIN].follow(person.openid)
    return answer(person.as_json(), status=201)


async def show_person(request: web.Request) -> web.Response:
    standin = request.app[STANDIN]
    person = standin.people.get(request.match_info["openid"])
    return answer(describe_person(person, now=standin.clock.now()))


async def chat(request: web.Request) -> web.Response:
    person = request.app[STANDIN].people.get(request.match_info["openid"])
    after = request.query.get("after", "0")
    first = int(after) if after.isdecimal() else 0
    return answer({"messages": [each.as_json() for each in person.chat[first:]]})


async def photo(request: web.Request) -> web.Response:
    """Multipart field `file`, or `{"sample": true}` for the photo with a place in its EXIF."""
    standin, openid = request.app[STANDIN], request.match_info["openid"]
    if not request.content_type.startswith("multipart/"):
        return _pushed(await standin.send_photo(openid))
    part = await _file(request)
    return _pushed(
        await standin.send_photo(openid, part.content, content_type=part.content_type, name=part.filename)
    )


async def voice(request: web.Request) -> web.Response:
    """Multipart field `file` with AMR, or `{"seconds": n}` for silence."""
    standin, openid = request.app[STANDIN], request.match_info["openid"]
    if request.content_type.startswith("multipart/"):
        return _pushed(await standin.send_voice(openid, (await _file(request)).content))
    seconds = take(await read_json(request), "seconds", int, 3)
    return _pushed(await standin.send_voice(openid, seconds=seconds))


async def _file(request: web.Request) -> Uploaded:
    part = await file_in(request, "file") if request.content_type.startswith("multipart/") else None
    if part is None:
        raise ControlError(texts.NO_FILE, status=400)
    return part


async def _follow(standin: StandIn, openid: str, body: dict[str, Any]) -> Push | None:
    link = take(body, "link", default="")
    return await standin.follow(
        openid, scene=standin.scenes.read(link) if link else take(body, "scene", default="")
    )


async def _unfollow(standin: StandIn, openid: str, body: dict[str, Any]) -> Push | None:
    return await standin.unfollow(openid)


async def _scan(standin: StandIn, openid: str, body: dict[str, Any]) -> Push | None:
    return await standin.scan(
        openid,
        take(body, "link", default=""),
        scene=take(body, "scene", default=""),
        follow=take(body, "follow", bool, False),
    )


async def _text(standin: StandIn, openid: str, body: dict[str, Any]) -> Push | None:
    return await standin.say(openid, take(body, "text"))


async def _place(standin: StandIn, openid: str, body: dict[str, Any]) -> Push | None:
    return await standin.send_place(
        openid,
        latitude=take(body, "latitude", NUMBER),
        longitude=take(body, "longitude", NUMBER),
        label=take(body, "label", default=""),
    )


async def _link(standin: StandIn, openid: str, body: dict[str, Any]) -> Push | None:
    return await standin.send_link(
        openid,
        title=take(body, "title"),
        description=take(body, "description", default=""),
        url=take(body, "url"),
    )


async def _menu(standin: StandIn, openid: str, body: dict[str, Any]) -> Push | None:
    return await standin.tap_menu(openid, take(body, "key"))


async def _msgmenu(standin: StandIn, openid: str, body: dict[str, Any]) -> Push | None:
    return await standin.tap_msgmenu(openid, id=take(body, "id"), content=take(body, "content"))


async def _event(standin: StandIn, openid: str, body: dict[str, Any]) -> Push | None:
    return await standin.event(openid, take(body, "fields", dict))


def _act(name: str, act: Act) -> web.RouteDef:
    async def door(request: web.Request) -> web.Response:
        body = await read_json(request)
        return _pushed(await act(request.app[STANDIN], request.match_info["openid"], body))

    return web.post(f"/_standin/people/{{openid}}/{name}", door)


async def mini_login(request: web.Request) -> web.Response:
    standin, openid = request.app[STANDIN], request.match_info["openid"]
    mini = standin.people.get(openid).mini_openid
    return answer({"js_code": standin.mini_login(openid), "mini_openid": mini})


async def phone_code(request: web.Request) -> web.Response:
    phone = take(await read_json(request), "phone")
    return answer({"code": request.app[STANDIN].phone_code(request.match_info["openid"], phone=phone)})


async def consent(request: web.Request) -> web.Response:
    body, standin, openid = await read_json(request), request.app[STANDIN], request.match_info["openid"]
    standin.consent(openid, template_id=take(body, "template_id"), times=take(body, "times", int, 1))
    return answer({"consents": standin.people.get(openid).consents})


async def block(request: web.Request) -> web.Response:
    body, person = (
        await read_json(request),
        request.app[STANDIN].people.get(request.match_info["openid"]),
    )
    person.blocks_templates = take(body, "templates", bool, True)
    return answer({"blocks_templates": person.blocks_templates})


def _pushed(push: Push | None) -> web.Response:
    return answer({"push": push.as_json(), "needs_follow": False} if push else {"needs_follow": True})


def answer(data: dict[str, Any], *, status: int = 200) -> web.Response:
    return web.json_response(
        data, status=status, dumps=lambda value: json.dumps(value, ensure_ascii=False, default=str)
    )


ACTS: dict[str, Act] = {
    "follow": _follow,
    "unfollow": _unfollow,
    "scan": _scan,
    "text": _text,
    "place": _place,
    "link": _link,
    "menu": _menu,
    "msgmenu": _msgmenu,
    "event": _event,
}
PERSON = "/_standin/people/{openid}"
ROUTES = [
    web.get("/_standin/state", state),
    web.post("/_standin/people", make_person),
    web.get(PERSON, show_person),
    web.get(f"{PERSON}/chat", chat),
    web.post(f"{PERSON}/photo", photo),
    web.post(f"{PERSON}/voice", voice),
    web.post(f"{PERSON}/mini-login", mini_login),
    web.post(f"{PERSON}/phone-code", phone_code),
    web.post(f"{PERSON}/consent", consent),
    web.post(f"{PERSON}/block", block),
    *(_act(name, act) for name, act in ACTS.items()),
]
