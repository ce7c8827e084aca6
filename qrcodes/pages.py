"""Rendering of the landing pages, and the headers that keep them plain: no script, nothing from elsewhere."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from qrcodes import texts

_HERE = Path(__file__).parent
# What was typed is shown again to be mended; a code with blanks and a link around it is no longer than this.
LONGEST_TYPED = 80
STYLESHEET = (_HERE / "static" / "landing.css").read_text(encoding="utf-8")
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    # A borrowed phone should not keep which poster was looked at.
    "Cache-Control": "no-store",
}
PAGE_HEADERS = HEADERS | {"Content-Type": "text/html; charset=utf-8"}


def _yuan(amount: Decimal) -> str:
    return texts.YUAN.format(amount=f"{amount:,.2f}".removesuffix(".00"))


def _day(day: date) -> str:
    return texts.DAY.format(day=day)


def _dialled(telephone: str) -> str:
    return "".join(character for character in telephone if character.isascii() and character in "+0123456789")


_environment = Environment(
    loader=FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters.update(yuan=_yuan, day=_day, dialled=_dialled)
# Read from disk once, at start: a request never waits for a file.
_TEMPLATES = {
    name: _environment.get_template(name)
    for name in (
        *("doubted.html", "find.html", "landing.html", "problem.html", "round.html", "round_over.html"),
        *("_names.html", "_call.html", "_published.html"),
    )
}


def text_of(template: str, **values: object) -> str:
    return _TEMPLATES[template].render(values)


def render(template: str, *, status: int = 200, **values: object) -> web.Response:
    return page_of(text_of(template, **values).encode(), status=status)


def page_of(html: bytes, *, status: int = 200) -> web.Response:
    return web.Response(body=html, status=status, headers=PAGE_HEADERS)
