"""Who may call a route. Every handler says so; one that does not is never reached."""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any

from aiohttp import web

from access.ledger import may_read_ledger
from access.predicate import READERS
from access.viewer import Viewer
from models.choices import BodyLevel, Role
from organisation.reach import reach_of

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Caller(Enum):
    """`PUBLIC` needs no session, `ANYONE` may have one, `SIGNED_IN` has every factor given."""

    PUBLIC = "public"
    ANYONE = "anyone"
    SIGNED_IN = "signed-in"
    READER = "reader"
    LEDGER_READER = "ledger-reader"
    KEEPER = "keeper"
    """Whoever keeps some part of the organisation."""
    COUNTY = "county"
    """Handlers and leaders of a county's head and rooms."""
    ENTERING = "entering"
    """Whoever takes letters, visits and calls: handlers and leaders within a county."""

    WATCHER = "watcher"
    """Whoever answers for the system being in order: operators, approvers, leaders."""

    def admits(self, viewer: Viewer) -> bool:
        if self in (Caller.READER, Caller.ENTERING):
            return viewer.role in READERS and (self is Caller.READER or bool(viewer.county_code))
        if self is Caller.LEDGER_READER:
            return may_read_ledger(viewer)
        if self is Caller.KEEPER:
            return reach_of(viewer, region_code="") is not None
        if self is Caller.COUNTY:
            is_county = viewer.body_level == BodyLevel.COUNTY and bool(viewer.county_code)
            return viewer.role in READERS and is_county
        if self is Caller.WATCHER:
            return viewer.role in (Role.OPERATOR, Role.APPROVER, Role.LEADER)
        return True


_DECLARED: dict[Any, Caller] = {}


def allowed(caller: Caller) -> Callable[[Handler], Handler]:
    def declare(handler: Handler) -> Handler:
        _DECLARED[handler] = caller
        return handler

    return declare


def caller_of(handler: Any) -> Caller | None:
    """None when the handler does not say who may call it."""
    return _DECLARED.get(handler)
