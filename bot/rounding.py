"""`巡查`: a bound liaison gets the link on which posters are photographed."""

from datetime import datetime

from bot import texts
from bot.effects import Round
from bot.entering import Entries
from bot.talks import Talk
from models.liaison import Liaison
from organisation.credentials import account_index
from organisation.house import House
from organisation.rounds import begin_round


async def go_round(
    effect: Round, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    index = account_index(openid, vault=house.vault)
    liaison = await Liaison.filter(openid_index=index, is_active=True).first()
    if liaison is None:
        return texts.ROUND_FOR_LIAISONS
    token = await begin_round(liaison, at=at, house=house)
    return texts.ROUND_BEGUN.format(link=f"{house.public_url}/s/round/{token}")
