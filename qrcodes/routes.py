"""Addresses on the wall."""

from aiohttp import web

from qrcodes.composing import PIECES, Pieces
from qrcodes.doubts import say_wrong
from qrcodes.entries import ENTRIES, read_entries
from qrcodes.gathering import Gathering
from qrcodes.landing import find, show, show_mini_code, show_stylesheet, show_wechat_code
from qrcodes.rounds import show_round, take_photo
from qrcodes.verify_files import add_verify_files


def add_routes(app: web.Application) -> None:
    """Needs `HOUSE`; `WECHAT_CODES`, `MINI_CODES` and `VERIFY_FILES` are optional."""
    app[ENTRIES] = Gathering(read_entries)
    app[PIECES] = Pieces()
    add_verify_files(app)
    app.router.add_get("/s/", find)
    app.router.add_get("/s/round/{token}", show_round)
    app.router.add_post("/s/round/{token}", take_photo)
    app.router.add_get("/s/landing.css", show_stylesheet)
    app.router.add_get("/s/{code}", show)
    app.router.add_get("/s/{code}/wechat.png", show_wechat_code)
    app.router.add_get("/s/{code}/mini.jpg", show_mini_code)
    app.router.add_post("/s/{code}/wrong", say_wrong)
