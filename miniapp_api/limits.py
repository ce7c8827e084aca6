"""How much one person may send: counted over all their sessions, the same in every process."""

from typing import Any, Final

from clients.database import rows
from miniapp_api.errors import TooMany
from miniapp_api.texts import TOO_FAST, TOO_MANY_MESSAGES, TOO_MANY_REPORTS
from models.api_session import ApiSession
from organisation.house import House

REPORTS_A_DAY: Final = 20
MESSAGES_A_DAY: Final = 300
MESSAGES_A_MINUTE: Final = 60
_MINUTE: Final = 60
_DAY: Final = 86_400

SPENT = """SELECT day, day_messages, day_reports, minute, minute_messages FROM api_session
  WHERE person_index = $1 ORDER BY id FOR UPDATE"""
# counts where nothing is over its limit, and then returns a row
COUNT = f"""WITH spent AS ({SPENT})
  UPDATE api_session SET
    day_messages = CASE WHEN day = $3 THEN day_messages ELSE 0 END + 1,
    day_reports = CASE WHEN day = $3 THEN day_reports ELSE 0 END + $5,
    minute_messages = CASE WHEN minute = $4 THEN minute_messages ELSE 0 END + 1,
    day = $3, minute = $4
  WHERE id = $2
    AND ($5 = 0 OR (SELECT coalesce(sum(day_reports), 0) FROM spent WHERE day = $3) < $6)
    AND (SELECT coalesce(sum(day_messages), 0) FROM spent WHERE day = $3) < $7
    AND (SELECT coalesce(sum(minute_messages), 0) FROM spent WHERE minute = $4) < $8
  RETURNING id"""


async def spend(session: ApiSession, *, house: House, reports: int = 0) -> None:
    """Counts one message (and `reports`); call inside the transaction. Raises `TooMany`, then nothing counts."""
    now = house.clock.now().astimezone(house.timezone)
    day, minute = now.toordinal(), int(now.timestamp()) // _MINUTE
    limits = (REPORTS_A_DAY, MESSAGES_A_DAY, MESSAGES_A_MINUTE)
    if await rows(COUNT, session.person_index, session.id, day, minute, reports, *limits):
        return
    spent = await rows(SPENT, session.person_index)
    until_midnight = _DAY - (now.hour * 3600 + now.minute * _MINUTE + now.second)
    if reports and _sum(spent, "day_reports", day=day) >= REPORTS_A_DAY:
        raise TooMany(TOO_MANY_REPORTS, retry_after=until_midnight)
    if _sum(spent, "day_messages", day=day) >= MESSAGES_A_DAY:
        raise TooMany(TOO_MANY_MESSAGES, retry_after=until_midnight)
    if _sum(spent, "minute_messages", minute=minute) >= MESSAGES_A_MINUTE:
        raise TooMany(TOO_FAST, retry_after=_MINUTE - now.second)


def _sum(spent: Any, column: str, **when: int) -> int:
    ((unit, current),) = when.items()
    return sum(row[column] for row in spent if row[unit] == current)
