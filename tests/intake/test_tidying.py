"""Only what a door needs for a while goes, and only when its time is over."""

from intake.tidying import tidy
from models.inbox import InboxMessage
from models.report import Report
from organisation.house import House
from tests.bot.chatting import Villager, a_turnstile
from tests.conftest import World
from tests.factories import make_entry, make_organisation


async def test_old_answers_go_and_reports_stay(house: House, world: World) -> None:
    await make_organisation(house)
    entry = await make_entry()
    async with a_turnstile(house) as turnstile:
        await Villager(turnstile, "o-one").report(entry.code)
    assert await tidy(house=house) == 0
    (world.folder / "clock").write_text(str(4 * 86400))
    answers = await InboxMessage.all().count()
    assert await tidy(house=house) == answers > 3
    assert await InboxMessage.all().count() == 0
    assert await Report.all().count() == 1
