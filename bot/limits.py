"""What one person may send: counted in the conversation's own locked row, so it holds across processes."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot import texts
from bot.talks import Talk

MESSAGES_A_MINUTE = 60
MESSAGES_A_DAY = 300
REPORTS_A_DAY = 20


def refusal(talk: Talk, *, at: datetime, timezone: ZoneInfo) -> str:
    """Counts one message; the sentence that refuses it, empty when it may pass."""
    minute = int(at.timestamp()) // 60
    day = at.astimezone(timezone).date().toordinal()
    if talk.minute != minute:
        talk.minute, talk.minute_messages = minute, 0
    if talk.day != day:
        talk.day, talk.day_messages, talk.day_reports = day, 0, 0
    if talk.day_messages >= MESSAGES_A_DAY:
        return texts.TOO_MANY_MESSAGES
    if talk.minute_messages >= MESSAGES_A_MINUTE:
        return texts.TOO_FAST
    talk.minute_messages += 1
    talk.day_messages += 1
    return ""
