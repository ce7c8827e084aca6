"""The last resort: what no door has answered becomes a calm sentence, and a log line of ids only."""

import logging
from typing import Final

import asyncpg
from aiohttp import web
from aiohttp.typedefs import Handler
from tortoise.exceptions import DBConnectionError, OperationalError

from models.errors import DomainError
from watch import texts
from watch.logs import request_id, where

log = logging.getLogger(__name__)
AWAY: Final = (
    DBConnectionError,
    OperationalError,
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    OSError,
)
_SENTENCES: Final = {404: texts.NOT_FOUND, 405: texts.NOT_ALLOWED, 413: texts.TOO_LARGE}
CALLBACK: Final = "/wechat"
HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}
_PAGE = (
    '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1"><title>{sentence}</title>'
    "<p>{sentence}</p></html>"
)


@web.middleware
async def last_resort(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Outermost middleware: gives every request its id, and an answer to whatever went wrong."""
    with request_id() as id_:
        try:
            return await handler(request)
        except DomainError as refused:
            return _answer(request, status=400, key=refused.key, sentence=refused.message)
        except web.HTTPException as answered:
            if answered.status < 400 or answered.content_type != "text/plain":
                raise
            return _plain(request, answered)
        except AWAY as error:
            log.error("away", extra={"error": type(error).__name__, "where": where(error)})
            sentence = texts.AWAY.format(request_id=id_)
            return _failed(request, status=503, key="away", sentence=sentence)
        except Exception as error:  # outermost: what is left is a mistake of ours
            log.error("broken", extra={"error": type(error).__name__, "where": where(error)})
            sentence = texts.BROKEN.format(request_id=id_)
            return _failed(request, status=500, key="broken", sentence=sentence)


def _failed(request: web.Request, *, status: int, key: str, sentence: str) -> web.Response:
    if request.path == CALLBACK:
        # WeChat counts a 5xx against the account; nobody reads what it says
        return web.Response(status=400)
    return _answer(request, status=status, key=key, sentence=sentence)


async def unnamed(_request: web.Request, response: web.StreamResponse) -> None:
    """Answers do not tell which software of which age gave them."""
    response.headers.pop("Server", None)


def _plain(request: web.Request, answered: web.HTTPException) -> web.Response:
    """aiohttp's own English answers, said in Chinese."""
    sentence = _SENTENCES.get(answered.status, texts.REFUSED)
    answer = _answer(request, status=answered.status, key="refused", sentence=sentence)
    if "Allow" in answered.headers:
        answer.headers["Allow"] = answered.headers["Allow"]
    return answer


def _answer(request: web.Request, *, status: int, key: str, sentence: str) -> web.Response:
    if request.path.startswith("/api/"):
        body = {"type": key, "title": sentence, "status": status}
        return web.json_response(
            body, status=status, headers=HEADERS, content_type="application/problem+json"
        )
    page = _PAGE.format(sentence=sentence)
    return web.Response(text=page, status=status, headers=HEADERS, content_type="text/html", charset="utf-8")
