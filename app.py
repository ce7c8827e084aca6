"""The whole house put together: the one file that knows every room."""

import contextlib
from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web

from bot import callback, mini_pushes
from bot.envelope import Envelope
from bot.reminding import run_reminding
from bot.shelf import run_shelf
from bot.turnstile import Turnstile
from casework.timed import run_timed_work
from clients.clock import Clock
from clients.content_check import ContentCheck
from clients.database import opened
from clients.media import MediaStore
from clients.redis import Coordination, coordinated
from clients.schema import require_current_schema
from clients.wechat import WeChatAccount
from console.app import make_console
from console.content import CONTENT_CHECK
from delivery.quotas import Quotas, read_quotas, run_quota_counting
from delivery.templates import read_templates, subscription_names
from delivery.worker import run_worker
from dossier.rematching import run_rematching
from intake.fetching import run_fetching
from intake.tidying import run_tidying
from miniapp_api import routes as miniapp_api
from miniapp_api.operations import MINI
from organisation.codes.ending import run_ending
from organisation.floods import read_floods
from organisation.house import HOUSE, House
from organisation.live import LiveOrganisation
from organisation.scans import run_scan_counting
from qrcodes import routes as qrcodes
from qrcodes.jobs import run_jobs
from qrcodes.mini_codes import MINI_CODES, MiniCodes
from qrcodes.verify_files import VERIFY_FILES, read_verify_files
from qrcodes.wechat_codes import WECHAT_CODES, WeChatCodes
from retention.carrying_out import run_retention
from settings import Settings
from vault.keeping_log import run_log
from vault.shared_tokens import SharedToken
from vault.vault import Vault
from watch import health
from watch.errors import last_resort, unnamed
from watch.loops import Loop, running
from watch.slowness import unhurried

LARGEST_BODY = 12 * 1024 * 1024


@contextlib.asynccontextmanager
async def opened_house(settings: Settings) -> AsyncIterator[House]:
    """Database, coordination and a first look at the organisation; what short commands need too.

    Raises `DatabaseGone`, `SchemaOld`, `FloodsWrong`.
    """
    async with opened(settings.database_url), coordinated(settings.redis_url) as coordination:
        await require_current_schema()
        house = make_house(settings, coordination)
        await house.organisation.refresh()
        yield house


def make_house(settings: Settings, coordination: Coordination) -> House:
    return House(
        vault=make_vault(settings),
        clock=Clock(settings.clock_file),
        organisation=LiveOrganisation(),
        coordination=coordination,
        media=MediaStore(settings.media_dir),
        public_url=settings.public_url,
        timezone=settings.timezone,
        floods=read_floods(settings.floods),
    )


def make_vault(settings: Settings) -> Vault:
    return Vault(keys=settings.keys, index_key=settings.index_key)


@contextlib.asynccontextmanager
async def opened_accounts(
    settings: Settings, coordination: Coordination
) -> AsyncIterator[tuple[WeChatAccount, WeChatAccount | None]]:
    """The official account and, where there is one, the mini-program."""
    redis = coordination.redis if coordination.is_shared else None
    vault = make_vault(settings)
    async with aiohttp.ClientSession() as http:
        official = WeChatAccount(
            appid=settings.oa_appid,
            secret=settings.oa_secret,
            http=http,
            base_url=settings.wechat_api_url,
            redis=redis,
            seal=SharedToken(vault, appid=settings.oa_appid),
        )
        mini = None
        if settings.mini_appid:
            mini = WeChatAccount(
                appid=settings.mini_appid,
                secret=settings.mini_secret,
                http=http,
                base_url=settings.wechat_api_url,
                redis=redis,
                seal=SharedToken(vault, appid=settings.mini_appid),
            )
        yield official, mini


def worker_loops(
    settings: Settings, *, house: House, official: WeChatAccount, mini: WeChatAccount | None = None
) -> list[Loop]:
    """What a worker does, whether alone or inside `web`. Raises `TemplatesWrong`, `QuotasWrong`."""
    templates, quotas = read_templates(settings.templates), Quotas(read_quotas(settings.quotas))
    return [
        lambda: run_worker(
            vault=house.vault,
            clock=house.clock,
            coordination=house.coordination,
            timezone=house.timezone,
            wechat=official,
            templates=templates,
            mini=mini,
            quotas=quotas,
        ),
        lambda: run_quota_counting(quotas, clock=house.clock),
        lambda: run_fetching(house=house, wechat=official),
        lambda: run_tidying(house=house),
        lambda: run_retention(house=house),
        lambda: run_reminding(house=house, wechat=official, quotas=quotas),
        lambda: run_rematching(house=house),
        lambda: run_ending(house=house),
        lambda: run_jobs(house=house),
        lambda: run_timed_work(house=house),
        lambda: run_log(vault=house.vault, clock=house.clock, timezone=house.timezone),
    ]


def following(house: House) -> Loop:
    return lambda: house.organisation.follow(woken=house.coordination.waker("organisation"))


def shelf_of(turnstile: Turnstile, official: WeChatAccount) -> Loop:
    return lambda: run_shelf(turnstile.shelf, take=turnstile.take_late, wechat=official)


def counting(house: House) -> Loop:
    return lambda: run_scan_counting(house.scans, clock=house.clock, timezone=house.timezone)


@contextlib.asynccontextmanager
async def opened_app(settings: Settings, *, with_worker: bool = True) -> AsyncIterator[web.Application]:
    """The application on everything it needs; serve it inside the block.

    Raises `DatabaseGone`, `SchemaOld`, `TemplatesWrong`.
    """
    async with opened_house(settings) as house, opened_accounts(settings, house.coordination) as accounts:
        yield build_app(settings, house=house, accounts=accounts, with_worker=with_worker)


def build_app(
    settings: Settings,
    *,
    house: House,
    accounts: tuple[WeChatAccount, WeChatAccount | None],
    with_worker: bool,
) -> web.Application:
    """Every door on an open house; loops start and end with the application.

    Raises `TemplatesWrong`, `VerifyFilesWrong`, `MiniPageWrong`.
    """
    official, mini = accounts
    app = web.Application(middlewares=[health.counting, last_resort, unhurried], client_max_size=LARGEST_BODY)
    app.on_response_prepare.append(unnamed)
    app[HOUSE] = house
    turnstile = Turnstile(house)
    app[callback.TURNSTILE] = turnstile
    app[callback.ENVELOPE] = make_envelope(settings, appid=settings.oa_appid)
    app[WECHAT_CODES] = WeChatCodes(make=official.create_qrcode, clock=house.clock)
    app[VERIFY_FILES] = read_verify_files(settings.verify_files)
    if mini is not None:
        app[MINI] = mini
        app[mini_pushes.MINI_ENVELOPE] = make_envelope(settings, appid=settings.mini_appid)
        app[mini_pushes.SUBSCRIBED] = subscription_names(settings.templates)
        mini_pushes.add_routes(app)
        app[MINI_CODES] = MiniCodes(mini, page=settings.mini_page, clock=house.clock)
        if settings.check_openid:
            app[CONTENT_CHECK] = ContentCheck(mini, openid=settings.check_openid)
    for door in (callback, miniapp_api, qrcodes, health):
        door.add_routes(app)
    app.add_subapp("/console", make_console(house))
    loops = [following(house), turnstile.run, counting(house), shelf_of(turnstile, official)]
    if with_worker:
        loops += worker_loops(settings, house=house, official=official, mini=mini)
    app.cleanup_ctx.append(lambda _app: running(*loops))
    return app


def watched_app(house: House) -> web.Application:
    """Of a process without doors, how it is: `/healthz`, `/readyz`, `/metrics`."""
    app = web.Application(middlewares=[last_resort])
    app.on_response_prepare.append(unnamed)
    app[HOUSE] = house
    health.add_routes(app)
    return app


def make_envelope(settings: Settings, *, appid: str) -> Envelope:
    return Envelope(
        appid=appid,
        token=settings.oa_token,
        aes_keys=settings.oa_aes_keys,
        mode=settings.oa_mode,
    )
