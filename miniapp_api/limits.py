"""How much one person may send: counted over all their sessions, the same in every process."""

from typing import Any, Final

from clients.database import changed, rows
from miniapp_api.errors import TooMany
from miniapp_api.texts import TOO_FAST, TOO_MANY_MESSAGES, TOO_MANY_REPORTS
from models.api_session import ApiSession
from organisation.house import House

REPORTS_A_DAY: Final = 20
MESSAGES_A_DAY: Final = 300
MESSAGES_A_MINUTE: Final = 60
_MINUTE: Final = 60
_DAY: Final = 86_400

LOCK = """SELECT day, day_messages, day_reports, minute, minute_messages FROM api_session
  WHERE person_index = $1 ORDER BY id FOR UPDATE"""
COUNT = """UPDATE api_session SET
    day_messages = CASE WHEN day = $2 THEN day_messages ELSE 0 END + 1,
    day_reports = CASE WHEN day = $2 THEN day_reports ELSE 0 END + $4,
    minute_messages = CASE WHEN minute = $3 THEN minute_messages ELSE 0 END + 1,
    day = $2, minute = $3
  WHERE id = $1"""


async def spend(session: ApiSession, *, house: House, reports: int = 0) -> None:
    """Counts one message (and `reports`); call inside the transaction. Raises `TooMany`, then nothing counts."""
    now = house.clock.now().astimezone(house.timezone)
    day, minute = now.toordinal(), int(now.timestamp()) // _MINUTE
    spent = await rows(LOCK, session.person_index)
    until_midnight = _DAY - (now.hour * 3600 + now.minute * _MINUTE + now.second)
    if reports and _sum(spent, "day_reports", day=day) >= REPORTS_A_DAY:
        raise TooMany(TOO_MANY_REPORTS, retry_after=until_midnight)
    if _sum(spent, "day_messages", day=day) >= MESSAGES_A_DAY:
        raise TooMany(TOO_MANY_MESSAGES, retry_after=until_midnight)
    if _sum(spent, "minute_messages", minute=minute) >= MESSAGES_A_MINUTE:
        raise TooMany(TOO_FAST, retry_after=_MINUTE - now.second)
    await changed(COUNT, session.id, day, minute, reports)


def _sum(spent: Any, column: str, **when: int) -> int:
    ((unit, current),) = when.items()
    return sum(row[column] for row in spent if row[unit] == current)
