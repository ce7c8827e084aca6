"""The ledger of consents to subscription messages: +1 accepted, −1 sent, 0 refused."""

from datetime import datetime
from typing import Final

from clients.database import changed, rows
from models.fields import new_id, to_millis

ADD = """INSERT INTO subscription_consent (id, person_index, template, "left", changed_at)
  VALUES ($1, $2, $3, $4, $5) ON CONFLICT (person_index, template)
  DO UPDATE SET "left" = subscription_consent."left" + $4, changed_at = $5"""
NONE_LEFT = """UPDATE subscription_consent SET "left" = 0, changed_at = $3 WHERE person_index = $1 AND template = $2"""
SPEND = """UPDATE subscription_consent SET "left" = "left" - 1, changed_at = $3
  WHERE person_index = $1 AND template = $2 AND "left" > 0"""
LEFT = 'SELECT "left" FROM subscription_consent WHERE person_index = $1 AND template = $2'
REFUSED: Final = frozenset({"reject", "ban"})
"""What WeChat answers besides `accept`; `filter` says nothing of the person."""


async def count_consent(person_index: str, *, template: str, result: str, at: datetime) -> int:
    """How many messages are allowed now."""
    if result == "accept":
        await changed(ADD, new_id(), person_index, template, 1, to_millis(at))
    elif result in REFUSED:
        await refused(person_index, template=template, at=at)
    found = await rows(LEFT, person_index, template)
    return int(found[0]["left"]) if found else 0


async def spend_consent(person_index: str, *, template: str, at: datetime) -> bool:
    """Call before sending: two at once do not send on one consent."""
    return bool(await changed(SPEND, person_index, template, to_millis(at)))


async def refused(person_index: str, *, template: str, at: datetime) -> None:
    await changed(NONE_LEFT, person_index, template, to_millis(at))
