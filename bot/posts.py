"""`外出`, `回来了`, `解绑` and `发现`: what a bound liaison says about themself, and what they found."""

from datetime import datetime

from bot import texts
from bot.effects import Away, Finding, Unbind
from bot.entering import Entries
from bot.placing import which_area
from bot.talks import Talk
from models.choices import LiaisonRole
from organisation.chat_binding import (
    is_bound,
    liaison_in,
    set_away,
    staff_in,
    standing_in,
    unbind_chat,
)
from organisation.house import House


async def away(effect: Away, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House) -> str:
    liaison = await liaison_in(openid, house=house)
    if liaison is None:
        word = texts.GONE if effect.is_away else texts.BACK
        is_staff = await staff_in(openid, house=house) is not None
        return texts.STAFF_AWAY if is_staff else texts.FOR_BOUND.format(word=word)
    await set_away(liaison, is_away=effect.is_away, at=at)
    if not effect.is_away:
        return texts.WELCOME_BACK
    if liaison.role is LiaisonRole.MONITOR:
        return texts.AWAY_NOTED
    deputy = await standing_in(liaison.village_id, but=[liaison.id])
    return texts.AWAY_DEPUTY.format(name=deputy.name) if deputy else texts.AWAY_NOBODY


async def unbind(
    effect: Unbind, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    if effect.is_sure:
        return texts.UNBOUND if await unbind_chat(openid, at=at, house=house) else texts.NOT_BOUND
    if not await is_bound(openid, house=house):
        return texts.NOT_BOUND
    offered = (texts.YES_UNBIND, texts.LEAVE_IT)
    talk.state = talk.state._replace(stage="unbinding", offered=offered)
    return texts.UNBIND.format(choices=texts.choices(list(offered)))


async def finding(
    effect: Finding, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """A draft of their own village, to be filed in their name; one that is begun has to be ended first."""
    liaison = await liaison_in(openid, house=house)
    if liaison is None:
        return texts.FOR_BOUND.format(word=texts.FINDING)
    if talk.state.pieces:
        return texts.FINISH_FIRST.format(count=talk.state.pieces)
    turn = which_area(talk.state._replace(is_nameless=False), liaison.village_id, ear=entries.ears.now)
    talk.state = turn.state._replace(is_finding=True)
    return texts.FINDING_BEGUN + turn.answer
