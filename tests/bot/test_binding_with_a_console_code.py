"""`绑定 电话 绑定码` with a code given in the console: opens once, and the phone before it is bound no more."""

import pytest

from models.choices import Role
from models.liaison import Liaison
from models.staff import Staff
from organisation.accounts import new_bind_code
from organisation.house import House
from organisation.kinds import KINDS
from organisation.reach import reach_of
from tests.bot.chatting import Villager, a_turnstile
from tests.casework.conftest import county, viewer
from tests.factories import bind_liaison

__all__ = ["county"]


@pytest.mark.parametrize("kind", ["liaisons", "staff"])
async def test_a_code_from_the_console_binds_once(county: House, kind: str) -> None:
    head = await viewer(county, "head-l")
    person = await Liaison.get(name="何长河") if kind == "liaisons" else await Staff.get(username="t-east-a")
    person.phone = "13900000001" if kind == "liaisons" else "16900990001"
    await person.save()
    if isinstance(person, Liaison):
        await bind_liaison(county, person, openid="o-old-phone")
    reach = reach_of(head, region_code="990101000000")
    assert reach is not None and head.role == Role.LEADER
    code = await new_bind_code(KINDS[kind], str(person.pk), reach=reach, by=head, house=county)
    assert not await type(person).filter(id=person.id, openid_index__isnull=False).exists()
    async with a_turnstile(county) as turnstile:
        new_phone, thief = Villager(turnstile, "o-new-phone"), Villager(turnstile, "o-thief")
        assert "不对" in await thief.say(f"绑定 {person.phone} 000000")
        assert person.name in await new_phone.say(f"绑定 {person.phone} {code}")
        assert "不对" in await thief.say(f"绑定 {person.phone} {code}")
    assert await type(person).filter(id=person.id, openid_index__isnull=False).exists()
