"""Addresses on the wall."""

from aiohttp import web

from qrcodes.landing import show, show_stylesheet, show_wechat_code


def add_routes(app: web.Application) -> None:
    """Needs `HOUSE`; `WECHAT_CODES` is optional: without it the pages say how to type the code instead."""
    app.router.add_get("/s/landing.css", show_stylesheet)
    app.router.add_get("/s/{code}", show)
    app.router.add_get("/s/{code}/wechat.png", show_wechat_code)
