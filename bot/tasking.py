"""`任务`: a bound liaison gets the link on which they read and answer what they were asked, and say what they found."""

from datetime import datetime

from bot import texts
from bot.effects import Tasks
from bot.entering import Entries
from bot.talks import Talk
from models.liaison import Liaison
from organisation.credentials import account_index
from organisation.house import House
from organisation.liaison_links import make_link
from vault.log import record


async def give_tasks(
    effect: Tasks, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    index = account_index(openid, vault=house.vault)
    liaison = await Liaison.filter(openid_index=index, is_active=True).first()
    if liaison is None:
        return texts.TASKS_FOR_LIAISONS
    await record("link.give", by=f"liaison:{liaison.id}", at=at)
    link = make_link(liaison, at=at, house=house)
    return texts.TASKS_GIVEN.format(link=f"{house.public_url}/m/liaison.html#{link}")
