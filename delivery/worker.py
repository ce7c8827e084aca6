"""The loop that carries notices: take, deliver outside any transaction, settle."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from clients.clock import Clock
from clients.redis import Coordination
from clients.wechat import WeChatAccount
from delivery.outbox import Claimed, claim, settle
from delivery.outcomes import Outcome, TryAgain
from delivery.quotas import Quotas
from delivery.senders import Sender
from delivery.subscriptions import Subscriptions
from delivery.templates import Template
from vault.vault import Vault

log = logging.getLogger(__name__)

PARALLEL = 16
POLL_SECONDS = 1.0
DELIVERY_SECONDS = 15.0
FAREWELL_SECONDS = 5.0


async def run_worker(
    *,
    vault: Vault,
    clock: Clock,
    coordination: Coordination,
    timezone: ZoneInfo,
    wechat: WeChatAccount,
    templates: Mapping[str, Template],
    parallel: int = PARALLEL,
    mini: WeChatAccount | None = None,
    quotas: Quotas | None = None,
) -> None:
    """Runs until cancelled; any number may run beside each other, in one process or in many.

    `templates` as `read_templates` makes them. When cancelled, what is on its way gets a few seconds; what is
    not settled then is taken by another worker when its lease ends.
    """
    sender = Sender(
        vault=vault,
        clock=clock,
        timezone=timezone,
        wechat=wechat,
        templates=templates,
        subscriptions=Subscriptions(mini=mini, clock=clock) if mini else None,
        quotas=quotas or Quotas(),
    )
    worker = Worker(sender=sender, woken=coordination.waker("outbox"), parallel=parallel)
    try:
        await worker.run()
    finally:
        await worker.end()


class Worker:
    """At most `parallel` notices in its hands; `woken` is set when there may be something to take."""

    def __init__(self, *, sender: Sender, woken: asyncio.Event, parallel: int) -> None:
        self._sender = sender
        self._woken = woken
        self._parallel = parallel
        self._by = secrets.token_hex(8)
        self._running: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        while True:
            self._woken.clear()
            try:
                taken = await self._take()
            except Exception as error:
                # no words of it: a database error may quote a row
                log.error("delivery_round_failed kind=%s", type(error).__name__)
                taken = 0
            if not taken:
                await self._rest()

    async def end(self) -> None:
        if self._running:
            await asyncio.wait(self._running, timeout=FAREWELL_SECONDS)
        for task in self._running:
            task.cancel()

    async def _take(self) -> int:
        free = self._parallel - len(self._running)
        if free <= 0:
            return 0
        claimed = await claim(by=self._by, limit=free, at=self._sender.clock.now())
        for each in claimed:
            task = asyncio.create_task(self._carry(each))
            self._running.add(task)
            task.add_done_callback(self._done)
        return len(claimed)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            # not settled: the lease ends and somebody tries again
            log.error("delivery_not_settled kind=%s", type(error).__name__)
        # room for another, perhaps the same recipient's next
        self._woken.set()

    async def _rest(self) -> None:
        # not wait_for: on Python 3.11 it swallows a cancellation that meets the wake-up, and never ends
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(POLL_SECONDS):
                await self._woken.wait()

    async def _carry(self, claimed: Claimed) -> None:
        try:
            outcome = await self._deliver(claimed)
        except Exception as error:  # one notice that fails must not stop the others
            log.error("delivery_failed notice=%s kind=%s", claimed.id, type(error).__name__)
            outcome = TryAgain(reason="internal")
        if not await settle(claimed, outcome=outcome, at=self._sender.clock.now()):
            log.warning("delivery_lease_lost notice=%s", claimed.id)

    async def _deliver(self, claimed: Claimed) -> Outcome:
        try:
            async with asyncio.timeout(DELIVERY_SECONDS):
                return await self._sender.deliver(claimed)
        except TimeoutError:
            return TryAgain(reason="timeout")
