"""The console as an application of its own, to be mounted at `/console`: other doors keep their manners."""

from aiohttp import web

from console.doorway import in_words, with_caller, with_headers
from console.drafting import with_draft
from console.login import PASSWORDS
from console.routes import add_routes
from console.signing_in import PasswordCheck
from organisation.house import HOUSE, House


def make_console(house: House) -> web.Application:
    app = web.Application(middlewares=[with_headers, in_words, with_caller, with_draft])
    app[HOUSE] = house
    app[PASSWORDS] = PasswordCheck()
    add_routes(app)
    return app
