"""Who may call a route. Every handler says so; one that does not is never reached."""

from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any

from aiohttp import web

from access.ledger import may_read_ledger
from access.predicate import READERS
from access.quarters import may_read_quarters
from access.viewer import Viewer
from models.choices import BodyLevel, Role
from organisation.reach import reach_of

Files = tuple[str, int]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Caller(Enum):
    """`PUBLIC` needs no session, `ANYONE` may have one, `SIGNED_IN` has every factor given."""

    PUBLIC = "public"
    ANYONE = "anyone"
    SIGNED_IN = "signed-in"
    READER = "reader"
    LEDGER_READER = "ledger-reader"
    QUARTER_READER = "quarter-reader"
    """The county's readers of the ledger, and the letters room that is told each quarter."""
    KEEPER = "keeper"
    """Whoever keeps some part of the organisation."""
    COUNTY = "county"
    """Handlers and leaders of a county's head and rooms."""
    ENTERING = "entering"
    """Whoever takes letters, visits and calls: handlers and leaders within a county."""

    LEADER = "leader"
    """Leaders, whatever their body."""

    WATCHER = "watcher"
    """Whoever answers for the system being in order: operators, approvers, leaders."""

    @classmethod
    def of_everybody(cls) -> tuple["Caller", ...]:
        """Those that ask nothing of whoever is signed in."""
        return tuple(caller for caller in cls if caller not in _ADMITTED)

    def admits(self, viewer: Viewer) -> bool:
        asked = _ADMITTED.get(self)
        return asked is None or asked(viewer)


def _reads(viewer: Viewer) -> bool:
    return viewer.role in READERS


def _is_of_a_county(viewer: Viewer) -> bool:
    return _reads(viewer) and viewer.body_level == BodyLevel.COUNTY and bool(viewer.county_code)


_ADMITTED: dict[Caller, Callable[[Viewer], bool]] = {
    Caller.READER: _reads,
    Caller.ENTERING: lambda viewer: _reads(viewer) and bool(viewer.county_code),
    Caller.LEDGER_READER: may_read_ledger,
    Caller.QUARTER_READER: may_read_quarters,
    Caller.KEEPER: lambda viewer: reach_of(viewer, region_code="") is not None,
    Caller.COUNTY: _is_of_a_county,
    Caller.LEADER: lambda viewer: viewer.role == Role.LEADER,
    Caller.WATCHER: lambda viewer: viewer.role in (Role.OPERATOR, Role.APPROVER, Role.LEADER),
}
"""Whom each admits of those who are signed in; where nothing stands here, everybody."""
_DECLARED: dict[Any, Caller] = {}
_UPLOADS: dict[Any, Files] = {}


def allowed(caller: Caller, *, files: Files | None = None) -> Callable[[Handler], Handler]:
    """`files`: the field in which files may be uploaded, and how many at once; no other route reads any."""

    def declare(handler: Handler) -> Handler:
        _DECLARED[handler] = caller
        if files is not None:
            _UPLOADS[handler] = files
        return handler

    return declare


def caller_of(handler: Any) -> Caller | None:
    """None when the handler does not say who may call it."""
    return _DECLARED.get(handler)


def files_of(handler: Any) -> Files | None:
    return _UPLOADS.get(handler)
