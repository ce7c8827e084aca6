"""What the demo shows first: on the terminal, and as a page with the one-time codes of the moment."""

from pathlib import Path
from typing import Final

import pyotp
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from commands import texts
from commands.demo_parts import ACCOUNTS, FOLDER, Account, sample_accounts
from commands.opening import say
from models.choices import Role
from organisation.house import HOUSE
from settings import Settings

HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_TEMPLATE: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, undefined=StrictUndefined
).get_template("start.html")


def add_routes(app: web.Application, *, posters: Path, phone_url: str) -> None:
    """`/` with the accounts and their codes: only the demo has such a page."""

    async def start(request: web.Request) -> web.Response:
        now = request.app[HOUSE].clock.now()
        accounts = [
            {
                "account": account,
                "role": Role(account.role).label,
                "otp": pyotp.TOTP(account.totp_secret).at(now) if account.totp_secret else "",
            }
            for account in accounts_shown()
        ]
        page = _TEMPLATE.render(accounts=accounts, phone_url=phone_url)
        return web.Response(text=page, content_type="text/html", charset="utf-8", headers=HEADERS)

    async def show_posters(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(posters)

    app.router.add_get("/", start)
    app.router.add_get("/demo/posters.pdf", show_posters)


def accounts_shown() -> list[Account]:
    known = sample_accounts()
    return [known[username] for username in ACCOUNTS]


def announce(settings: Settings, *, posters: Path, link: str) -> None:
    """The terminal's last words before the demo waits."""
    say(
        texts.DEMO_READY.format(
            start=f"{settings.public_url}/",
            phone=f"{settings.wechat_api_url}/",
            console=f"{settings.public_url}/console/login",
            password=accounts_shown()[0].password,
            posters=posters,
            link=link,
            mini=f"{settings.public_url}/m/?entry={link.rsplit('/', 1)[-1]}",
            folder=FOLDER,
        )
    )
    for account in accounts_shown():
        otp = texts.DEMO_OTP.format(secret=account.totp_secret) if account.totp_secret else ""
        role = Role(account.role).label
        say(texts.DEMO_ACCOUNT.format(username=account.username, name=account.name, role=role, otp=otp))
    say(texts.DEMO_LAST)
