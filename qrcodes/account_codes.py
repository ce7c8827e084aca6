"""The official account's permanent codes, for posters that open the chat at once (`--via account`).

An account has 100,000 of them for ever, so they are counted, and refused before the last is gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from clients.wechat import WeChatAccount, WeChatFailed
from models.choices import EntryStatus
from models.entry_code import EntryCode
from qrcodes.errors import AccountCodesSpent
from qrcodes.posters import Progress, Wanted, regions_of
from routing.table import RoutingTable

LIMIT: Final = 100_000
WARN_BELOW: Final = 10_000
NO_MORE: Final = 45029


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCodes:
    """`made` just now, `left` for all time."""

    made: int
    left: int

    @property
    def are_running_out(self) -> bool:
        return self.left < WARN_BELOW


async def make_account_codes(
    lacking: Sequence[str], *, account: WeChatAccount, progress: Progress, limit: int = LIMIT
) -> AccountCodes:
    """One for each of these codes, which have none; each is kept as it is made, so that what was interrupted goes on
    where it stopped.

    Raises `AccountCodesSpent` (before the first is made where our own count tells), and what `account` raises.
    """
    # retired ones too: WeChat takes none back
    left = limit - await EntryCode.filter(account_url__not_isnull=True).count()
    if len(lacking) > left:
        raise AccountCodesSpent(wanted=len(lacking), left=max(left, 0))
    for number, code in enumerate(lacking, start=1):
        try:
            ticket = await account.create_qrcode(code)
        except WeChatFailed as failed:
            if failed.errcode == NO_MORE:
                # somebody else makes codes for this account as well
                raise AccountCodesSpent(wanted=len(lacking) - number + 1, left=0) from None
            raise
        await EntryCode.filter(code=code).update(account_url=ticket.url)
        progress(number, len(lacking))
    return AccountCodes(made=len(lacking), left=left - len(lacking))


async def lacking_for(wanted: Wanted, *, region: str, table: RoutingTable) -> list[str]:
    """The codes without one whose posters would be printed. Raises `RegionUnknown`."""
    regions = set(regions_of(table, region, groups=wanted.groups))
    found = EntryCode.filter(
        purpose=wanted.purpose, status=EntryStatus.ACTIVE, replaced_by=None, account_url=None
    )
    if wanted.area is not None:
        found = found.filter(area_id=wanted.area)
    entries = await found.order_by("region_id", "area_id", "code")
    return [entry.code for entry in entries if entry.region_id in regions]
