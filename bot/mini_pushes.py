"""`/wechat/mini`: what WeChat tells of the mini-program's people. There is nothing to say but `success`.

The mini-program's push settings take the official account's token and key; only the account in the envelope differs.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from aiohttp import web
from tortoise.transactions import in_transaction

from bot.callback import opened_push
from bot.envelope import SUCCESS, Envelope, EnvelopeRefused
from bot.incoming import REVOKED, Incoming
from delivery.consents import refused
from intake.draft import mini_reporter
from intake.forgetting import forget_person
from organisation.house import HOUSE, House
from organisation.liaison_binding import unbind_mini

MINI_ENVELOPE: web.AppKey[Envelope] = web.AppKey("mini_envelope", Envelope)
SUBSCRIBED: web.AppKey[Mapping[str, str]] = web.AppKey("subscribed", Mapping)
"""The names of subscription messages by the ids of their templates."""
TURNED_OFF: Final = "subscribe_msg_change_event"


def add_routes(app: web.Application) -> None:
    """`app` must hold `HOUSE`, `MINI_ENVELOPE` and `SUBSCRIBED`."""
    app.router.add_get("/wechat/mini", verify)
    app.router.add_post("/wechat/mini", receive)


async def verify(request: web.Request) -> web.Response:
    try:
        return web.Response(text=request.app[MINI_ENVELOPE].echo(request.query))
    except EnvelopeRefused:
        return web.Response(status=403)


async def receive(request: web.Request) -> web.Response:
    """A repeat finds nothing left to do."""
    push = await opened_push(request, envelope=request.app[MINI_ENVELOPE])
    if isinstance(push, web.Response):
        return push
    _, incoming = push
    house = request.app[HOUSE]
    if incoming.event in REVOKED:
        await _forget(incoming.openid, house=house)
    elif incoming.event == TURNED_OFF:
        await _turn_off(incoming, names=request.app[SUBSCRIBED], house=house)
    return web.Response(body=SUCCESS, content_type="text/plain")


async def _forget(openid: str, *, house: House) -> None:
    """Whatever was revoked: with the right to one of a person's data goes the way from them to their reports."""
    await forget_person(mini_reporter(openid, vault=house.vault), house=house)
    await unbind_mini(openid, at=house.clock.now(), house=house)


async def _turn_off(incoming: Incoming, *, names: Mapping[str, str], house: House) -> None:
    person = mini_reporter(incoming.openid, vault=house.vault)
    async with in_transaction():
        for change in _changes(incoming.raw):
            name = names.get(str(change.get("TemplateId", "")))
            if name and change.get("SubscribeStatusString") == "reject":
                await refused(person, template=name, at=house.clock.now())


def _changes(raw: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """XML has a wrapper around the list and JSON has not; a single one comes as it is, several as a list."""
    wrapper = raw.get("SubscribeMsgChangeEvent")
    found = (wrapper if isinstance(wrapper, dict) else raw).get("List", [])
    yield from (each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict))
