"""What one person may send: counted in the conversation's own locked row, so it holds across processes."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import texts
from bot.talks import Talk

MESSAGES_A_MINUTE = 60
MESSAGES_A_DAY = 300
REPORTS_A_DAY = 20


@dataclass(frozen=True, slots=True)
class Moment:
    """The minute and the day, as messages are counted; the same for everybody in one group."""

    minute: int
    day: int


def moment_of(at: datetime, *, timezone: ZoneInfo) -> Moment:
    return Moment(minute=int(at.timestamp()) // 60, day=at.astimezone(timezone).date().toordinal())


def refusal(talk: Talk, *, at: Moment) -> str:
    """Counts one message; the sentence that refuses it, empty when it may pass."""
    if talk.minute != at.minute:
        talk.minute, talk.minute_messages = at.minute, 0
    if talk.day != at.day:
        talk.day, talk.day_messages, talk.day_reports = at.day, 0, 0
    if talk.day_messages >= MESSAGES_A_DAY:
        return texts.TOO_MANY_MESSAGES
    if talk.minute_messages >= MESSAGES_A_MINUTE:
        return texts.TOO_FAST
    talk.minute_messages += 1
    talk.day_messages += 1
    return ""
