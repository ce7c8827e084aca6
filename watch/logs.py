"""Logs as JSON lines on standard error: ids, counts and names of errors; never an address, a query or a value."""

import contextlib
import logging
import re
import secrets
import sys
import traceback
import warnings
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from aiohttp import BadContentDispositionHeader, BadContentDispositionParam, web
from aiohttp.abc import AbstractAccessLogger

_REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
# they quote addresses of callers, exceptions and values; their opening words say enough
_QUOTING: Final = frozenset({"asyncio", "aiohttp.server"})
_WORDS: Final = re.compile(r"[A-Za-z -]+")
_STANDARD: Final = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


@contextlib.contextmanager
def request_id() -> Iterator[str]:
    """A fresh id, carried by every log line until the end of the block."""
    token = _REQUEST_ID.set(secrets.token_hex(6))
    try:
        yield _REQUEST_ID.get()
    finally:
        _REQUEST_ID.reset(token)


def where(error: BaseException) -> str:
    """`module:line` of where it was raised; its words may quote what was said, so they are left out."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else ""


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
        }
        if _REQUEST_ID.get():
            line["request_id"] = _REQUEST_ID.get()
        line |= {name: value for name, value in record.__dict__.items() if name not in _STANDARD}
        if record.exc_info and record.exc_info[1] is not None:
            line |= {"error": type(record.exc_info[1]).__name__, "where": where(record.exc_info[1])}
        return orjson.dumps(line, default=lambda value: type(value).__name__).decode()


def _event(record: logging.LogRecord) -> str:
    if record.name in _QUOTING:
        match = _WORDS.match(str(record.msg))
        return match[0].strip() if match else ""
    return record.getMessage()


def write_logs(level: int = logging.INFO) -> None:
    """Call once, before anything is served."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # they log SQL with its values, or a line for every request to WeChat
    for name in ("tortoise", "asyncpg", "aiosqlite", "fontTools"):
        logging.getLogger(name).setLevel(logging.WARNING)
    hush_warnings()


def hush_warnings() -> None:
    """Two warnings quote the header of an upload, which holds the name of somebody's file."""
    for category in (BadContentDispositionHeader, BadContentDispositionParam):
        warnings.simplefilter("ignore", category)


class AccessLines(AbstractAccessLogger):
    """One line a request: the route it matched, not the path; no address, no query, no header."""

    def log(self, request: web.BaseRequest, response: web.StreamResponse, time: float) -> None:
        self.logger.info(
            "request",
            extra={
                "method": request.method if request.method.isalpha() else "?",
                "route": route_of(request),
                "status": response.status,
                "ms": round(time * 1000, 1),
            },
        )


def route_of(request: web.BaseRequest) -> str:
    """The pattern, such as `/s/{code}`; `-` for what matched none."""
    try:
        info = getattr(request, "match_info", None)
    except AssertionError:
        # aiohttp's own: what could not be read as HTTP was never matched
        return "-"
    resource = info.route.resource if info is not None and info.route is not None else None
    return str(resource.canonical) if resource is not None else "-"
