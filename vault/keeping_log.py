"""The log's own worker: seals what is new, anchors each day as it begins, and then looks through all of it."""

import asyncio
import logging
from datetime import tzinfo
from typing import Final

from clients.clock import Clock
from vault.chain import Chain
from vault.sealing import AT_ONCE, anchor_day, seal_some
from vault.vault import Vault
from vault.verifying import check_log

log = logging.getLogger(__name__)
PAUSE_SECONDS: Final = 3.0


async def run_log(*, vault: Vault, clock: Clock, timezone: tzinfo) -> None:
    """Until cancelled, in as many processes as like: one at a time does the work."""
    chain = Chain(vault)
    while True:
        at = clock.now()
        if await seal_some(chain) == AT_ONCE:
            continue
        if await anchor_day(chain, at=at, day=at.astimezone(timezone).date().isoformat()) is not None:
            # only who set the day's anchor looks through the log, so it is looked through once a day
            verdict = await check_log(chain, at=at)
            for one in verdict.found:
                log.error("log_harmed", extra={"harm": str(one.harm), "place": one.place, "day": one.day})
        await asyncio.sleep(PAUSE_SECONDS)
