"""Permanent codes of the official account, made before the posters that carry them."""

from collections.abc import Sequence
from typing import Final

from app import opened_accounts
from clients.redis import coordinated
from commands import texts
from qrcodes.account_codes import make_account_codes
from qrcodes.posters import Progress
from settings import Settings

ACCOUNT: Final = {"OA_APPID", "OA_SECRET"}


async def account_codes_made(lacking: Sequence[str], *, settings: Settings, progress: Progress) -> str:
    """How many were made and are left, in words. Raises `AccountCodesSpent`, `WeChatError`."""
    async with (
        coordinated(settings.redis_url) as coordination,
        opened_accounts(settings, coordination) as (official, _mini),
    ):
        codes = await make_account_codes(lacking, account=official, progress=progress)
    words = texts.ACCOUNT_CODES_FEW if codes.are_running_out else texts.ACCOUNT_CODES
    return words.format(made=codes.made, left=codes.left)
