"""What the organisation learns later, and what the reporter says later, takes effect on reports already there."""

import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from access.reports import ReportNotFound, find_report
from access.viewer import viewer_of
from casework.dismiss_match import dismiss_match
from casework.recuse import recuse
from dossier.bars import standing_matches
from dossier.rematching import rematch_due
from dossier.rows import report_key
from intake.supplement import add_message
from models.cadre import Cadre
from models.choices import RecusalFrom, Role, Speaker
from models.message import Message
from models.outbox import OutboxNotice
from models.recusal import Recusal
from models.report import Report
from models.staff import Staff
from organisation.house import House
from organisation.live import raise_version
from tests.bot.chatting import Villager, a_turnstile
from tests.conftest import make_vault
from tests.factories import EAST_VILLAGE, NOW, bind_staff, make_entry, make_organisation, make_staff


@pytest.fixture
async def report(house: House) -> AsyncIterator[Report]:
    await make_organisation(house)
    entry = await make_entry()
    async with a_turnstile(house) as turnstile:
        await Villager(turnstile, "o-one").report(entry.code, "低保名单没有公示", about="村干部")
    yield await Report.get()


async def sees(username: str, report: Report) -> bool:
    person = await Staff.get(username=username).select_related("body")
    viewer = viewer_of(person, body=person.body, county_code="", vault=make_vault())
    try:
        await find_report(viewer, number=report.number)
    except ReportNotFound:
        return False
    return True


async def change(house: House) -> int:
    version = await raise_version(at=NOW)
    await house.organisation.refresh()
    return version


async def settle(house: House) -> None:
    while await rematch_due(house=house):
        pass


async def test_a_new_account_waits_for_the_matcher(house: House, report: Report) -> None:
    version = await change(house)
    await make_staff("newcomer", body="T-EAST", role=Role.HANDLER, name="蒋新来", known_since=version)
    assert not await sees("newcomer", report)
    await house.organisation.refresh()
    await settle(house)
    assert await sees("newcomer", report)


async def test_a_newcomer_named_in_the_words_never_sees(house: House, report: Report) -> None:
    version = await change(house)
    await make_staff("newcomer", body="T-EAST", role=Role.HANDLER, name="低保名", known_since=version)
    await change(house)
    await settle(house)
    assert not await sees("newcomer", report)
    assert await sees("t-east-a", report)


async def test_a_recusal_registered_later_takes_the_report_away(house: House, report: Report) -> None:
    person = await Staff.get(username="t-east-a")
    assert await sees("t-east-a", report)
    await Recusal.create(
        staff_id=person.id, from_kind=RecusalFrom.REGION, from_value=EAST_VILLAGE, reason="岳父住在村里"
    )
    await change(house)
    await settle(house)
    assert not await sees("t-east-a", report)
    assert await sees("t-east-b", report)


async def test_a_name_said_later_hides_and_moves_when_nobody_is_left(house: House, report: Report) -> None:
    leader = await Staff.get(username="t-east-l")
    office = await Staff.get(username="office-1-a")
    await bind_staff(house, leader, openid="o-leader")
    await bind_staff(house, office, openid="o-office")
    assert await sees("t-east-l", report)
    await add_message(report, text=f"其实是{leader.name}拿的", house=house)
    assert not await sees("t-east-l", report)
    # the only leader is in conflict, so the township is out and the zone's office answers for it
    await report.refresh_from_db()
    assert report.owner_id == "OFFICE-1"
    told = [notice.staff_id for notice in await OutboxNotice.filter(notice="report_new")]
    assert told == [office.id]
    # the villager hears that it moved, and nothing of why
    assert await OutboxNotice.filter(notice="report_progress").count() == 1
    assert (await Message.filter(report_id=report.id, speaker=Speaker.SYSTEM).count()) == 1


async def test_matching_twice_changes_nothing(house: House, report: Report) -> None:
    person = await Staff.get(username="t-east-a")
    await Recusal.create(staff_id=person.id, from_kind=RecusalFrom.REGION, from_value=EAST_VILLAGE, reason="")
    await change(house)
    await settle(house)
    bars = await report.bars.all().count()
    await change(house)
    await settle(house)
    assert await report.bars.all().count() == bars > 0


async def test_a_recusal_withdrawn_gives_the_report_back(house: House, report: Report) -> None:
    person = await Staff.get(username="t-east-a")
    recusal = await Recusal.create(
        staff_id=person.id, from_kind=RecusalFrom.REGION, from_value=EAST_VILLAGE, reason="岳父住在村里"
    )
    await change(house)
    await settle(house)
    assert not await sees("t-east-a", report)
    recusal.is_active = False
    await recusal.save()
    await change(house)
    await settle(house)
    assert await sees("t-east-a", report)
    assert await report.bars.filter(lifted_at__isnull=False).count() == 1


async def test_a_match_stays_when_a_recusal_of_the_same_person_goes(house: House, report: Report) -> None:
    person = await Staff.get(username="t-east-a")
    recusal = await Recusal.create(
        staff_id=person.id, from_kind=RecusalFrom.REGION, from_value=EAST_VILLAGE, reason=""
    )
    await change(house)
    await settle(house)
    await add_message(report, text=f"{person.name}也在场", house=house)
    recusal.is_active = False
    await recusal.save()
    await change(house)
    await settle(house)
    assert not await sees("t-east-a", report)


async def test_a_process_that_is_behind_lifts_nothing(house: House, report: Report) -> None:
    """It polls twice a second: until then it does not know a recusal another process has acted on."""
    behind = house.organisation.table
    person = await Staff.get(username="t-east-a")
    await Recusal.create(
        staff_id=person.id, from_kind=RecusalFrom.REGION, from_value=EAST_VILLAGE, reason="岳父住在村里"
    )
    await change(house)
    await settle(house)
    house.organisation.table = behind
    await add_message(report, text="补充一句", house=house)
    assert not await sees("t-east-a", report)


async def test_a_process_that_is_behind_still_hides_from_a_newcomer_named_now(
    house: House, report: Report
) -> None:
    behind = house.organisation.table
    version = await change(house)
    await make_staff("newcomer", body="T-EAST", role=Role.HANDLER, name="蒋新来", known_since=version)
    await change(house)
    await settle(house)
    assert await sees("newcomer", report)
    house.organisation.table = behind
    await add_message(report, text="蒋新来也分了钱", house=house)
    assert not await sees("newcomer", report)


async def test_a_colleague_renamed_to_whom_the_words_name_sees_it_no_more(
    house: House, report: Report
) -> None:
    assert await sees("t-east-a", report)
    await Staff.filter(username="t-east-a").update(name="低保名")
    await change(house)
    await settle(house)
    assert not await sees("t-east-a", report)


async def test_an_alias_learnt_later_brings_the_recusal_from_that_cadre(house: House, report: Report) -> None:
    person = await Staff.get(username="t-east-a")
    await add_message(report, text="是大头定的名单", house=house)
    await Recusal.create(staff_id=person.id, from_kind=RecusalFrom.PERSON, from_value="郭守业", reason="")
    cadre = await Cadre.create(
        name="郭守业", aliases="", post="会计", unit="柳树村村委会", level="village", region_id=EAST_VILLAGE
    )
    await change(house)
    await settle(house)
    assert await sees("t-east-a", report)
    cadre.aliases = "大头"
    await cadre.save()
    await change(house)
    await settle(house)
    assert not await sees("t-east-a", report)
    assert await sees("t-east-b", report)


async def test_a_guess_dismissed_is_no_leave_for_the_name_itself(house: House, report: Report) -> None:
    await Staff.filter(username="t-east-a").update(name="郭守业")
    await change(house)
    await settle(house)
    await add_message(report, text="听说郭守叶知道", house=house)
    assert not await sees("t-east-a", report)
    person = await Staff.get(username="t-east-b").select_related("body")
    by = viewer_of(person, body=person.body, county_code="", vault=make_vault())
    (bar,) = await standing_matches(report, key=report_key(report, house=house))
    await dismiss_match(report.number, who=bar.id, by=by, house=house)
    assert await sees("t-east-a", report)
    await add_message(report, text="郭守叶在场", house=house)
    assert await sees("t-east-a", report)
    await add_message(report, text="就是郭守业本人", house=house)
    assert not await sees("t-east-a", report)


async def test_many_that_stay_as_they_are_cost_few_statements(house: House, report: Report) -> None:
    entry = await make_entry()
    async with a_turnstile(house) as turnstile:
        for number in range(25):
            await Villager(turnstile, f"o-{number}").report(entry.code, "路灯坏了", about="村干部")
    person = await Staff.get(username="t-east-a")
    await add_message(report, text=f"{person.name}知道", house=house)
    await Staff.filter(username="t-east-b").update(name="路灯坏")
    version = await change(house)
    with counted_statements() as count:
        await settle(house)
    assert await Report.filter(matched_version__lt=version).count() == 0
    assert not await sees("t-east-b", await Report.exclude(id=report.id).first())
    await change(house)
    with counted_statements() as count:
        await settle(house)
    # five for each ten reports, and what asking for the version costs
    assert 5 < count[0] <= 40


@contextmanager
def counted_statements() -> Iterator[list[int]]:
    """Counts what goes to the database meanwhile, by the log the database's client keeps."""
    count = [0]

    class Counting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            count[0] += 1

    log, handler = logging.getLogger("tortoise.db_client"), Counting()
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        yield count
    finally:
        log.removeHandler(handler)
        log.setLevel(level)


async def test_the_last_body_is_not_hidden_from_itself_by_words_that_may_mean_it(house: House) -> None:
    """Hidden from everybody it would be lost to everybody; who is named there is out as always."""
    await make_organisation(house)
    entry = await make_entry()
    async with a_turnstile(house) as turnstile:
        await Villager(turnstile, "o-one").report(entry.code, "县领导插手工程", about="县领导")
    report = await Report.get()
    assert report.owner_id == "CITY"
    for said in ("云岭市纪委监委的人都收了钱", "云岭市纪委监委的冯a也收了钱"):
        await add_message(report, text=said, house=house)
        await settle(house)
    assert [await sees(name, report) for name in ("city-l", "city-a", "city-b")] == [True, False, True]
    # nor when a colleague steps back, or a match of somebody else is dismissed
    (bar,) = await standing_matches(report, key=report_key(report, house=house))
    city = await Staff.get(username="city-l").select_related("body")
    by = viewer_of(city, body=city.body, county_code="", vault=make_vault())
    await dismiss_match(report.number, who=bar.id, by=by, house=house)
    await recuse(report.number, who="city-b", reason="同学", by=by, house=house)
    await change(house)
    await settle(house)
    assert [await sees(name, report) for name in ("city-l", "city-a", "city-b")] == [True, True, False]
