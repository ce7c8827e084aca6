"""What WeChat's refusals mean for a notice, and the alarm for those that somebody must mend."""

import logging
from datetime import datetime, timedelta

from prometheus_client import Counter

from clients.wechat import TokenRefused, WeChatError, WeChatFailed
from clients.wechat_failures import STALE_TOKEN
from delivery.outcomes import Failed, Outcome, TryAgain

log = logging.getLogger(__name__)

REFUSED_BY_PERSON = frozenset({43019, 43101, 40226})
# template or account are set up wrongly: until somebody has mended it, each try only spends quota
TO_BE_MENDED = frozenset({40037, 41001, 41030, 47001, 47003, 48001})
MENDING = timedelta(minutes=10)


_ALARMS = Counter("mashang_wechat_alarms", "Refusals that somebody must mend, by errcode", ("errcode",))


class Alarms:
    """One line in the log per errcode, until WeChat works again."""

    def __init__(self) -> None:
        self._raised: set[int] = set()

    def raise_for(self, errcode: int) -> None:
        if errcode not in self._raised:
            self._raised.add(errcode)
            _ALARMS.labels(str(errcode)).inc()
            log.error("wechat_alarm errcode=%d", errcode)

    def clear(self) -> None:
        self._raised.clear()


def is_ours_to_mend(error: WeChatError) -> bool:
    """Account, secret, address list or token: no message of any kind can go out meanwhile."""
    return isinstance(error, TokenRefused) or (
        isinstance(error, WeChatFailed) and error.errcode in STALE_TOKEN
    )


def outcome_of(error: WeChatError, *, alarms: Alarms, channel: str, at: datetime) -> Outcome:
    """Only what lies with the recipient is final; everything else may pass once it is mended."""
    if not isinstance(error, WeChatFailed):
        return TryAgain(reason="wechat-unreachable")
    if error.not_following:
        return Failed(reason="not-following", channel=channel)
    if error.closes_window:
        return Failed(reason="window-closed", channel=channel)
    if error.errcode in REFUSED_BY_PERSON:
        return Failed(reason="refused", channel=channel)
    if error.is_passing and not is_ours_to_mend(error):
        return TryAgain(reason="wechat-busy")
    alarms.raise_for(error.errcode)
    not_before = at + MENDING if error.errcode in TO_BE_MENDED else None
    return TryAgain(reason=f"wechat-{error.errcode}", not_before=not_before)
