"""Staff and liaisons at work in the chat: alerts while the chief is away, and how much waits for staff."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from access.bars import bar_index
from bot.turnstile import Turnstile
from casework.assist import assist, assisting_options
from dossier.bars import bars_of
from dossier.rows import report_key
from models.event import Event
from models.liaison import Liaison
from models.outbox import OutboxNotice
from models.report import Report
from models.report_bar import ReportBar
from models.staff import Staff
from organisation.house import House
from tests.bot.chatting import Villager, a_turnstile
from tests.casework.conftest import viewer
from tests.factories import bind_liaison, bind_staff, make_entry, make_organisation

CHIEF, DEPUTY = "13900000001", "13900000002"


@pytest.fixture
async def turnstile(house: House) -> AsyncIterator[Turnstile]:
    await make_organisation(house)
    for phone in (CHIEF, DEPUTY):
        await bind_liaison(house, await Liaison.get(phone=phone), openid=f"o-{phone}")
    await house.organisation.refresh()
    async with a_turnstile(house) as made:
        yield made


async def told_of_a_new_one(turnstile: Turnstile, *words: str) -> str:
    await OutboxNotice.all().delete()
    villager = Villager(turnstile, "o-villager")
    await villager.report((await make_entry()).code, *words)
    notice = await OutboxNotice.get(notice="report_new", liaison_id__isnull=False)
    return (await Liaison.get(id=notice.liaison_id)).phone


async def test_while_the_chief_is_away_the_deputy_hears_unless_touched(turnstile: Turnstile) -> None:
    chief, deputy = Villager(turnstile, f"o-{CHIEF}"), Villager(turnstile, f"o-{DEPUTY}")
    assert await told_of_a_new_one(turnstile) == CHIEF
    assert "提醒发给何小溪" in await chief.say("外出")
    assert await told_of_a_new_one(turnstile) == DEPUTY
    assert await told_of_a_new_one(turnstile, "何小溪家门口的路灯坏了") == CHIEF
    assert "还是发给您" in await deputy.say("外出")
    assert await told_of_a_new_one(turnstile) == CHIEF
    await chief.say("回来了")
    assert await told_of_a_new_one(turnstile) == CHIEF
    assert await Event.filter(action="liaison.away").count() == 2


async def test_a_handler_sees_who_is_away_and_whom_it_touches_reads_no_task(
    turnstile: Turnstile, house: House
) -> None:
    chief = Villager(turnstile, f"o-{CHIEF}")
    await Villager(turnstile, "o-villager").report((await make_entry()).code)
    report = await Report.get()
    key = report_key(report, house=house)
    await chief.say("外出")
    options = await assisting_options(report, bars=await bars_of(report, key=key), key=key, house=house)
    assert [words.endswith("，外出）") for _, words in options] == [True, False]
    await assist(
        report.number, liaison=options[0][0], text="请看看", by=await viewer(house, "t-east-a"), house=house
    )
    assert "请看看" in await chief.say("任务")
    await ReportBar.create(
        report_id=report.id,
        who_index=bar_index(f"liaison:{options[0][0]}", vault=house.vault),
        sealed_why=b"x",
        since_at=house.clock.now(),
    )
    await chief.say("不亮")
    assert "没有找到这个任务" in await chief.say("完成")
    assert "没有要您看的事" in await chief.say("任务")


async def test_staff_are_told_how_much_waits_and_nothing_else(turnstile: Turnstile, house: House) -> None:
    person = await Staff.get(username="t-east-a")
    await bind_staff(house, person, openid="o-staff")
    await Villager(turnstile, "o-villager").report((await make_entry()).code)
    staff = Villager(turnstile, "o-staff")
    assert "0 件已超期" in await staff.say("任务")
    await Report.all().update(due_at=house.clock.now() - timedelta(days=1))
    answer = await staff.say("任务")
    assert "1 件已超期" in answer and "柳树村" not in answer and (await Report.get()).number not in answer
    await Staff.filter(id=person.id).update(confirmed_at=None)
    assert "只给已绑定的" in await staff.say("任务")
