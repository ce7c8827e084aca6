"""What a door needs only for a while goes by itself when its time is over; nobody has to be asked."""

from typing import Final

from clients.database import changed
from models.fields import to_millis
from organisation.house import House
from retention.rules import earlier, rules_in_force

# what → what its time is over for; `$1` is the moment before which it began
GONE: Final[dict[str, tuple[str, ...]]] = {
    "inbox": ("DELETE FROM inbox_message WHERE received_at < $1 AND sealed_body IS NULL",),
    "repeated-call": ("DELETE FROM idempotency_key WHERE created_at < $1",),
    "api-draft": ("DELETE FROM api_draft WHERE changed_at < $1",),
    "staff-draft": ("DELETE FROM staff_draft WHERE saved_at < $1",),
    "api-session": ("DELETE FROM api_session WHERE expires_at < $1",),
    "staff-session": ("DELETE FROM staff_session WHERE expires_at < $1",),
    # it may hold the name of somebody of whom nothing else is left
    "saved-filter": ("DELETE FROM saved_filter WHERE used_at < $1",),
    # with its key: whoever comes back begins a new one, and receipts open what they opened
    "conversation": (
        """DELETE FROM conversation WHERE changed_at < $1
          AND NOT EXISTS (SELECT 1 FROM inbox_message i WHERE i.conversation_id = conversation.id)
          AND NOT EXISTS (SELECT 1 FROM draft_piece p WHERE p.conversation_id = conversation.id)
          AND NOT EXISTS (SELECT 1 FROM attachment a WHERE a.conversation_id = conversation.id)""",
    ),
    "subscription": ("DELETE FROM subscription_consent WHERE changed_at < $1",),
    "account": (
        """UPDATE staff SET sealed_openid = NULL, openid_index = NULL, sealed_totp_secret = NULL,
          bind_code_index = NULL, password_hash = '-' WHERE NOT is_active AND password_hash <> '-'
          AND NOT EXISTS (SELECT 1 FROM organisation_change c WHERE c.kind = 'staff' AND c.key = staff.username
            AND c.at >= $1)""",
        """UPDATE liaison SET sealed_openid = NULL, openid_index = NULL, mini_index = NULL, bind_code_index = NULL
          WHERE NOT is_active AND (openid_index IS NOT NULL OR mini_index IS NOT NULL OR bind_code_index IS NOT NULL)
          AND NOT EXISTS (SELECT 1 FROM organisation_change c WHERE c.kind = 'liaisons' AND c.key = liaison.phone
            AND c.at >= $1)""",
    ),
}


async def forget(*, house: House) -> int:
    """Answers how many rows went or were emptied."""
    at, gone = house.clock.now(), 0
    for rule in await rules_in_force():
        for statement in GONE.get(rule.what, ()):
            gone += await changed(statement, to_millis(earlier(at, keep=rule.keep)))
    return gone
