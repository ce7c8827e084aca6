"""`任务` in the chat: a bound liaison is given a link to their page, and nobody else."""

from models.liaison import Liaison
from organisation.house import House
from organisation.liaison_links import liaison_behind
from tests.bot.chatting import Villager, a_turnstile
from tests.factories import bind_liaison, make_organisation


async def test_a_bound_liaison_is_given_the_link_and_nobody_else(house: House) -> None:
    await make_organisation(house)
    chief = await Liaison.get(phone="13900000001")
    await bind_liaison(house, chief, openid="o-chief")
    async with a_turnstile(house) as turnstile:
        answer = await Villager(turnstile, "o-chief").say("任务")
        assert "liaison.html" not in await Villager(turnstile, "o-villager").say("任务")
    link = answer.rsplit("/m/liaison.html#", 1)[1].split()[0]
    assert (await liaison_behind(link, house=house)).id == chief.id
