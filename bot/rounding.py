"""`巡查`: a bound liaison gets the link on which posters are photographed."""

from datetime import datetime

from bot import texts
from bot.effects import Round
from bot.entering import Entries
from bot.talks import Talk
from organisation.chat_binding import liaison_in
from organisation.house import House
from organisation.rounds import begin_round


async def go_round(
    effect: Round, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    liaison = await liaison_in(openid, house=house)
    if liaison is None:
        return texts.FOR_BOUND.format(word=texts.ROUND)
    token = await begin_round(liaison, at=at, house=house)
    return texts.ROUND_BEGUN.format(link=f"{house.public_url}/s/round/{token}")
