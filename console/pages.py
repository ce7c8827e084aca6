"""Pages from templates; every value is escaped, every page knows who looks at it."""

from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from access import counting
from console import clocks, texts
from console.callers import Caller
from console.forms import csrf_token, read_query
from console.sessions import COOKIE_VALUE, SESSION
from models.choices import Channel, Kind, Level, Purpose, Rating, Role, Status
from organisation.house import HOUSE

HERE = Path(__file__).parent
STATIC = HERE / "static"
WAITING: web.RequestKey[int] = web.RequestKey("waiting", int)
"""On a request: how many accounts wait for whoever asks to confirm them."""
LABELS = {
    "status": Status,
    "kind": Kind,
    "level": Level,
    "purpose": Purpose,
    "role": Role,
    "channel": Channel,
    "rating": Rating,
}


@lru_cache(maxsize=1)
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # a page is put together of thirty files: each would be asked whether it has changed
        auto_reload=False,
    )
    made.filters["label"] = label
    made.filters["counted"] = counting.in_words
    for name in ("status", "mark"):
        made.filters[name] = _remembered(getattr(made.get_template("_states.html").module, name))
    made.globals["static"] = static_address
    return made


def _remembered(macro: Callable[[Any], Markup]) -> Callable[[Any], Markup]:
    """What a list says of every row is put together once for each thing that it can say."""
    return lru_cache(maxsize=1024)(macro)


@lru_cache(maxsize=256)
def label(value: str, choice: str) -> str:
    """The Chinese term of a stored key."""
    return LABELS[choice](value).label


@lru_cache(maxsize=8)
def static_address(name: str) -> str:
    """With a version that changes with the content, so that browsers may keep it."""
    return f"/console/static/{name}?v={sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


def page(request: web.Request, template: str, *, status: int = 200, **values: Any) -> web.Response:
    house = request.config_dict[HOUSE]
    session = request.get(SESSION)
    viewer = session.viewer if session else None
    now = house.clock.now()
    shown = {
        "viewer": viewer,
        "may_read_ledger": viewer is not None and Caller.LEDGER_READER.admits(viewer),
        "may_read_quarters": viewer is not None and Caller.QUARTER_READER.admits(viewer),
        "may_read": viewer is not None and Caller.READER.admits(viewer),
        "may_keep": viewer is not None and Caller.KEEPER.admits(viewer),
        "waiting_count": request.get(WAITING, 0),
        "may_lead": viewer is not None and Caller.LEADER.admits(viewer),
        "may_watch": viewer is not None and Caller.WATCHER.admits(viewer),
        "may_enter": viewer is not None and Caller.ENTERING.admits(viewer),
        "may_ask": viewer is not None and Caller.COUNTY.admits(viewer),
        "csrf_token": csrf_token(request.get(COOKIE_VALUE, ""), house=house),
        "due": lambda at, status: clocks.due_mark(
            at, status=status, now=now, timezone=house.timezone, calendar=house.organisation.calendar
        ),
        "age": lambda at: clocks.age(at, now=now, timezone=house.timezone),
        "moment": lambda at: clocks.moment(at, timezone=house.timezone),
        "path": request.path,
        "is_draft_kept": read_query(request).get("draft") == "kept",
    }
    text = environment().get_template(template).render(**shown, **values)
    return web.Response(text=text, status=status, content_type="text/html", charset="utf-8")


def refusal(request: web.Request, *, status: int, message: str = "") -> web.Response:
    title, words = texts.REFUSED.get(status, texts.REFUSED_OTHERWISE)
    # hidden and absent are told in the same words
    told = words if status == 404 else message or words
    return page(request, "refused.html", status=status, title=title, message=told)
