"""From a request to an answer: who calls, what they sent, once only, and every refusal in one shape."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web
from asyncpg.exceptions import InterfaceError, PostgresConnectionError
from pydantic import BaseModel
from tortoise.exceptions import DBConnectionError, OperationalError
from tortoise.transactions import in_transaction

from clients.wechat import WeChatError
from miniapp_api.errors import LoginUnavailable, RoleNotAllowed, SessionUnknown, Unavailable
from miniapp_api.idempotency import Once, once
from miniapp_api.operations import Call, Operation
from miniapp_api.problems import HEADERS, problem
from miniapp_api.reading import canonical, read_file, read_json, read_query
from miniapp_api.sessions import is_over, session_alone, token_of
from models.api_session import ApiSession
from models.errors import DomainError
from organisation.house import HOUSE, House

Answer = tuple[int, bytes]
AWAY = (DBConnectionError, OperationalError, InterfaceError, PostgresConnectionError, OSError)
"""How the database says that it is gone for a while; the media store too."""


def answering(operation: Operation) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            return await _answer(request, operation)
        except WeChatError:
            return problem(LoginUnavailable())
        except DomainError as refusal:
            return problem(refusal)
        except AWAY:
            return problem(Unavailable())

    return answer


async def _answer(request: web.Request, operation: Operation) -> web.StreamResponse:
    call = await _checked(request, operation)
    if operation.creates:
        status, body = await _create(call, operation)
        return _json(status, body)
    said = await operation.handler(call)
    return said if isinstance(said, web.Response) else _json(operation.status, _dump(said))


async def _checked(request: web.Request, operation: Operation) -> Call:
    call = Call(request=request, house=request.app[HOUSE])
    if not operation.is_open:
        call.held_session, call.prepared = await _look(request, operation, house=call.house)
        if call.held_session.role not in operation.who:
            raise RoleNotAllowed
    if operation.query is not None:
        call.query = read_query(request, shape=operation.query)
    if operation.body is not None:
        call.body = await read_json(request, shape=operation.body)
    if operation.takes_file:
        call.file = await read_file(request)
    return call


async def _look(request: web.Request, operation: Operation, *, house: House) -> tuple[ApiSession, Any]:
    """The session, and what the operation looks for together with it."""
    found, more = None, None
    if token_of(request):
        found, more = await (operation.look or session_alone)(request, house)
    if found is None or is_over(found, house=house):
        raise SessionUnknown
    return found, more


async def _create(call: Call, operation: Operation) -> Answer:
    asked = once(
        header=call.request.headers.get("Idempotency-Key", ""),
        address=f"{operation.method} {call.request.path}",
        token="" if operation.is_open else token_of(call.request),
        content=canonical(call.body, file=call.file),
        house=call.house,
    )
    before = await asked.answered() if asked else None
    if before is not None:
        return before
    if operation.prepare is not None:
        # what takes long (another system, a picture) must not hold a transaction open
        call.prepared = await operation.prepare(call)
    answer = await _create_once(call, operation, asked=asked)
    if operation.wakes:
        await call.house.coordination.wake(operation.wakes)
    return answer


async def _create_once(call: Call, operation: Operation, *, asked: Once | None) -> Answer:
    async with in_transaction():
        if asked is not None and not await asked.reserve(house=call.house):
            before = await asked.answered()
            if before is not None:
                return before
        said = await operation.handler(call)
        assert isinstance(said, BaseModel)
        body = _dump(said)
        if asked is not None:
            await asked.keep(status=operation.status, answer=body)
    return operation.status, body


def _dump(said: BaseModel) -> bytes:
    return said.model_dump_json(by_alias=True).encode()


def _json(status: int, body: bytes) -> web.Response:
    return web.Response(body=body, status=status, headers=HEADERS, content_type="application/json")
