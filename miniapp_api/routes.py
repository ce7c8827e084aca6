"""Addresses of the API and of the web client."""

import re

import orjson
from aiohttp import web

from miniapp_api import (
    following_up,
    liaisons,
    media,
    people,
    places,
    privacy,
    rating,
    reports,
    saved_drafts,
    signing_in,
    subscriptions,
    surveys,
)
from miniapp_api.answering import answering
from miniapp_api.errors import MethodNotAllowed, NotFound
from miniapp_api.openapi import PREFIX, document
from miniapp_api.operations import OPERATIONS
from miniapp_api.problems import HEADERS, problem
from miniapp_api.web_client import add_web_client

ROOMS = (
    following_up,
    liaisons,
    media,
    people,
    places,
    privacy,
    rating,
    reports,
    saved_drafts,
    signing_in,
    subscriptions,
    surveys,
)
"""Importing them fills `OPERATIONS`."""

_PATTERNS = [
    (told.method, re.compile(PREFIX + re.sub(r"\{\w+\}", "[^/]+", told.path))) for told in OPERATIONS
]
_DOCUMENT = orjson.dumps(document(OPERATIONS))


def add_routes(app: web.Application) -> None:
    """Needs `HOUSE`; `MINI` is optional: without it nobody signs in by WeChat."""
    for told in OPERATIONS:
        app.router.add_route(told.method, PREFIX + told.path, answering(told))
    app.router.add_get(f"{PREFIX}/openapi.json", show_document)
    # last: what no other address took
    app.router.add_route("*", PREFIX + "/{rest:.*}", refuse)
    add_web_client(app)


async def show_document(_request: web.Request) -> web.Response:
    return web.Response(body=_DOCUMENT, content_type="application/json", headers=HEADERS)


async def refuse(request: web.Request) -> web.Response:
    """404, or 405 where the address is known and the method is not."""
    allowed = {method for method, pattern in _PATTERNS if pattern.fullmatch(request.path)}
    if request.path == f"{PREFIX}/openapi.json":
        allowed = {"GET"}
    if not allowed:
        return problem(NotFound())
    return problem(MethodNotAllowed(), headers={"Allow": ", ".join(sorted(allowed))})
