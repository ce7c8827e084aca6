"""A small decorator: what an address takes, answers and who may call it, told once for server and document."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

from aiohttp import web
from pydantic import BaseModel

from clients.wechat import WeChatAccount
from models.api_session import ApiSession
from models.errors import DomainError
from organisation.house import House

MINI: web.AppKey[WeChatAccount] = web.AppKey("mini", WeChatAccount)
"""The mini-program's account; without it nobody can sign in by `js_code`."""

REPORTER, ANONYMOUS, RECEIPT = "reporter", "anonymous", "receipt"
LIAISON: Final = "liaison"
"""What a session of WeChat is told to be, once a liaison tied it to their account; it stays a reporter's."""
EVERYBODY: Final = frozenset({"everybody"})
"""No token asked for."""
PERSONS: Final = frozenset({REPORTER, ANONYMOUS})
SIGNED_IN: Final = PERSONS | {RECEIPT}

B = TypeVar("B", bound=BaseModel)


@dataclass(slots=True, kw_only=True)
class Call:
    """One request, checked. `prepared` is what the operation's `prepare` made, outside the transaction, or `look`."""

    request: web.Request
    house: House
    held_session: ApiSession | None = None
    body: BaseModel | None = None
    query: BaseModel | None = None
    file: bytes = b""
    prepared: Any = None

    @property
    def session(self) -> ApiSession:
        assert self.held_session is not None
        return self.held_session

    def read(self, shape: type[B]) -> B:
        assert isinstance(self.body, shape)
        return self.body

    def asked(self, shape: type[B]) -> B:
        assert isinstance(self.query, shape)
        return self.query

    def part(self, name: str) -> str:
        """A part of the path."""
        return self.request.match_info[name]


Handler = Callable[[Call], Awaitable[BaseModel | web.Response]]
Look = Callable[[web.Request, House], Awaitable[tuple[ApiSession | None, Any]]]
"""Answers with the session that the request's token names, over or not, and what else was asked for with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`creates`: takes an Idempotency-Key and runs in one transaction, after `prepare` has run outside of it.

    Without `answer` it is no JSON, but one of `kinds`. `wakes` names the worker that has something to do after the
    commit. `refuses` names what the handler itself may raise; the document shows it. `look` asks for the session and
    what is read in one trip to the database.
    """

    method: Literal["GET", "POST", "DELETE"]
    path: str
    who: frozenset[str]
    handler: Handler
    answer: type[BaseModel] | None
    status: int = 200
    kinds: tuple[str, ...] = ()
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    takes_file: bool = False
    creates: bool = False
    wakes: str = ""
    refuses: tuple[type[DomainError], ...] = ()
    prepare: Callable[[Call], Awaitable[Any]] | None = field(default=None)
    look: Look | None = field(default=None)

    @property
    def is_open(self) -> bool:
        return self.who == EVERYBODY


OPERATIONS: list[Operation] = []


def operation(
    method: Literal["GET", "POST", "DELETE"], path: str, **told: Any
) -> Callable[[Handler], Handler]:
    """Puts the handler on the list that routes and document are made from; see `Operation`."""

    def keep(handler: Handler) -> Handler:
        OPERATIONS.append(Operation(method=method, path=path, handler=handler, **told))
        return handler

    return keep
