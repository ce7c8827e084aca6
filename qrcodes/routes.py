"""Addresses on the wall."""

from aiohttp import web

from qrcodes.doubts import say_wrong
from qrcodes.entries import ENTRIES, read_entries
from qrcodes.gathering import Gathering
from qrcodes.landing import find, show, show_stylesheet, show_wechat_code
from qrcodes.published import PUBLISHED, Published


def add_routes(app: web.Application) -> None:
    """Needs `HOUSE`; `WECHAT_CODES` is optional: without it the pages say how to type the code instead."""
    app[ENTRIES] = Gathering(read_entries)
    app[PUBLISHED] = Published()
    app.router.add_get("/s/", find)
    app.router.add_get("/s/landing.css", show_stylesheet)
    app.router.add_get("/s/{code}", show)
    app.router.add_get("/s/{code}/wechat.png", show_wechat_code)
    app.router.add_post("/s/{code}/wrong", say_wrong)
