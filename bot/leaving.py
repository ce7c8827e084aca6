"""Unfollowing, or taking back one's consent, cuts the link between a chat and its reports (domain.md §6)."""

from datetime import datetime

from bot.dialogue import State
from bot.discarding import discard_draft
from bot.effects import ComeBack, Leave
from bot.entering import Entries
from bot.talks import Talk
from intake.draft import chat_reporter
from intake.unlinking import unlink_reports
from models.conversation import Conversation
from models.inbox import InboxMessage
from organisation.chat_binding import unbind_chat
from organisation.house import House


async def leave(
    effect: Leave, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """The reports stay, a given name stays with its case; nothing leads from this chat to them any more."""
    await discard_draft(talk.id, house=house)
    await unlink_reports(chat_reporter(openid, vault=house.vault), house=house, at=at)
    await Conversation.filter(id=talk.id).update(sealed_openid=None)
    # the answers named number and receipt; what WeChat repeats is answered with nothing from now on
    await InboxMessage.filter(conversation_id=talk.id).update(sealed_answer=None, sealed_body=None)
    await unbind_chat(openid, at=at, house=house)
    talk.state = State(has_left=True)
    talk.is_following = False
    talk.window_until, talk.window_left = None, 0
    return ""


async def come_back(
    effect: ComeBack, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """Their reports stay cut off; what they begin now can be asked about."""
    sealed = talk.key.seal_text(openid, place=f"conversation:{talk.id}:openid")
    await Conversation.filter(id=talk.id).update(sealed_openid=sealed)
    talk.is_following = True
    return ""
