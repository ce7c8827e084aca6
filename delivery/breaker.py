"""A channel that does not work is left alone for a while: then one notice tries it, and the others follow or wait.

Without it thousands of waiting notices would each find out for themselves, and spend what is left of a quota on it.
"""

from datetime import datetime, timedelta
from typing import Final

from clients.wechat import WeChatError, WeChatFailed, WeChatUnreachable
from delivery.outcomes import Outcome, TryAgain
from delivery.quotas import end_of_day

FAILURES: Final = 5
# what fails for a passing reason is tried again within 30 seconds, also by the probe of a channel that rests
REST: Final = timedelta(seconds=12)
PROBE: Final = timedelta(seconds=15)
QUOTA_REST: Final = timedelta(hours=1)
QUOTA_SPENT: Final = 45009
TOO_FAST: Final = frozenset({-1, 44990, 44991, 45011})


class Breaker:
    """Of one channel, in one process."""

    def __init__(self) -> None:
        self._failures = 0
        self._until: datetime | None = None
        self.is_quota_spent = False

    def rests_until(self, at: datetime) -> datetime | None:
        """None when the channel may be used now; whoever hears so after a rest is its probe."""
        if self._until is None:
            return None
        if at < self._until:
            return self._until
        self._until = at + PROBE
        return None

    def worked(self) -> None:
        self._failures, self._until, self.is_quota_spent = 0, None, False

    def put_off(self, outcome: Outcome, *, at: datetime) -> Outcome:
        """A try again waits for the channel, so that it is the probe and finds no rest."""
        if isinstance(outcome, TryAgain) and self._until is not None and at < self._until:
            return TryAgain(reason=outcome.reason, not_before=self._until)
        return outcome

    def failed(self, error: WeChatError, *, at: datetime) -> None:
        """Only what says something of the channel counts: a refusal of one person says that it works."""
        if isinstance(error, WeChatFailed) and error.errcode == QUOTA_SPENT:
            self._until, self.is_quota_spent = min(at + QUOTA_REST, end_of_day(at)), True
        elif isinstance(error, WeChatUnreachable) or (
            isinstance(error, WeChatFailed) and error.errcode in TOO_FAST
        ):
            self._failures += 1
            if self._failures >= FAILURES:
                self._until = at + REST
        else:
            self.worked()
