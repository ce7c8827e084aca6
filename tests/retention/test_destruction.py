"""What is over its time is destroyed with its key once two people agreed, and nothing leads to it any more."""

import io

import pytest
from PIL import Image
from tortoise import Tortoise

from access.own import report_by_receipt
from access.retention import count_due, count_waiting, list_awaited
from access.tally import tally
from casework.closing import close_due
from casework.note_receipt import note_receipt
from casework.note_result import note_result
from casework.release import release
from casework.retain import retain
from casework.send_out import send_out
from dossier.bars import keep_bars
from dossier.rows import report_key
from intake.attachments import store_upload
from intake.draft import Identity
from intake.supplement import add_message
from models.choices import Channel
from models.event import Event
from models.message import Message
from models.past_report import PastReport
from models.photo_mark import PhotoMark
from models.referral import Referral
from models.report import Report
from models.retention_plan import RetentionItem, RetentionPlan
from models.staff import Staff
from organisation.house import House
from retention import carrying_out
from retention.carrying_out import carry_out_some
from retention.confirm import confirm
from retention.destroy import HANGING
from retention.errors import NothingDue, NotTheirs, PlanNotFound
from retention.propose import propose
from retention.rules import limits
from retention.withdraw import withdraw
from tests.casework.conftest import File
from tests.casework.living import brought_to
from tests.conftest import INDEX_KEY, KEY, World
from tests.factories import EAST
from tests.properties.dumps import dumps
from tests.retention.conftest import Close, viewer
from vault.chain import Chain
from vault.keys import KeyUnknown
from vault.rotating import rotate
from vault.sealing import seal_some
from vault.vault import Vault
from vault.verifying import verify_log

ME = "a" * 64
TEN_YEARS = 3_655


async def due(house: House, username: str) -> int:
    over = await limits(at=house.clock.now())
    return sum(one.many for one in await count_due(await viewer(house, username), limits=over))


async def figures(house: House, *usernames: str) -> list[object]:
    return [
        await tally(await viewer(house, name), at=house.clock.now(), timezone=house.timezone)
        for name in usernames
    ]


async def hide(report: Report, username: str, *, house: House) -> None:
    who = f"staff:{(await Staff.get(username=username)).id}"
    key = report_key(report, house=house)
    await keep_bars(
        report, key=key, reasons={who: "亲属"}, causes={who: "declared"}, house=house, at=house.clock.now()
    )


async def destroyed(house: House, *, by: str = "t-east-a", confirmed_by: str = "t-east-l") -> RetentionPlan:
    plan = await propose(by=await viewer(house, by), house=house)
    await confirm(plan, by=await viewer(house, confirmed_by), house=house)
    while await carry_out_some(house=house):
        pass
    return await RetentionPlan.get(id=plan)


def photo() -> bytes:
    buffer = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


async def test_nothing_of_it_is_left_but_what_figures_need(
    county: House, closed: Close, clock_moves, world: World
) -> None:
    kept = await store_upload(photo(), house=county, session_index=ME)
    named = Identity(name="封不平", phone="13712345678")
    report = await closed(
        identity=named, attachments=(kept.id,), person_index=ME, channel=Channel.WEB, openid=None
    )
    await hide(report, "t-east-b", house=county)
    message = await Message.filter(report_id=report.id).first()
    everything = b"\n".join(part for _name, part in await dumps(world))
    secrets = [report.number, report.receipt_index, report.name_index, report.phone_index, ME]
    secrets = [each.encode() for each in secrets] + [bytes(report.data_key), bytes(message.sealed_text)]
    assert all(each in everything for each in secrets) and await PhotoMark.all().count() > 0

    clock_moves(days=TEN_YEARS - 40)
    assert await due(county, "t-east-l") == 0
    with pytest.raises(NothingDue):
        await propose(by=await viewer(county, "t-east-a"), house=county)
    clock_moves(days=40)
    assert (await due(county, "t-east-l"), await due(county, "t-east-b"), await due(county, "t-west-l")) == (
        1,
        0,
        0,
    )
    before = await figures(county, "t-east-l", "t-east-b", "t-west-l")
    plan = await destroyed(county)
    assert (plan.total, plan.done, plan.kept) == (1, 1, 0) and plan.finished_at is not None

    assert await figures(county, "t-east-l", "t-east-b", "t-west-l") == before and before[0] != before[1]
    left = b"\n".join(part for _name, part in await dumps(world))
    assert [each for each in secrets if each in left] == []
    assert not [path for path in county.media.folder.rglob("*") if path.is_file()]
    assert await PhotoMark.all().count() == 0
    assert await report_by_receipt(report.receipt_index) is None
    past = await PastReport.get()
    assert (past.region_id, past.area_id, past.kind, past.status) == (EAST, "education", "clue", "closed")
    assert past.submitted_at.astimezone(county.timezone).hour == 0
    assert await Event.filter(report_id=report.id, action="report.destroy", object_id=plan.id).count() == 1
    chain = Chain(county.vault)
    while await seal_some(chain):
        pass
    assert (await verify_log(chain)).found == []


async def test_what_lies_on_of_it_opens_by_the_keys_of_its_day_only(
    county: House, file: File, closed: Close, clock_moves
) -> None:
    """A dead row, a page of the write-ahead log, a backup: they hold the report's key as its row did."""
    report = await closed()
    message = await Message.filter(report_id=report.id).first()
    clock_moves(days=TEN_YEARS)
    alive = await file()
    await destroyed(county)
    assert not await Report.filter(id=report.id).exists()
    opened = county.vault.key(report.data_key, place=f"report:{report.id}:key")
    assert opened.open_text(message.sealed_text, place=f"message:{message.id}:text")

    new = bytes(reversed(range(32)))
    rotated = await rotate(Vault(keys=[new, KEY], index_key=INDEX_KEY), progress=lambda _more: None)
    assert rotated.broken == 0
    later = Vault(keys=[new], index_key=INDEX_KEY)
    await alive.refresh_from_db()
    assert later.key(alive.data_key, place=f"report:{alive.id}:key")
    with pytest.raises(KeyUnknown):
        later.key(report.data_key, place=f"report:{report.id}:key")


async def test_who_confirms_is_another_leader_and_agrees_to_what_both_see(
    county: House, closed: Close, clock_moves
) -> None:
    plain, hidden = await closed(), await closed()
    await hide(hidden, "t-east-l", house=county)
    clock_moves(days=TEN_YEARS)
    handler, leader = await viewer(county, "t-east-a"), await viewer(county, "t-east-l")
    plan = await propose(by=handler, house=county)
    assert (await due(county, "t-east-a"), await due(county, "t-east-l")) == (0, 0)
    over = await limits(at=county.clock.now())
    people = [await viewer(county, name) for name in ("t-east-b", "t-east-l", "t-west-l")]
    seen = [await count_waiting(person, limits=over) for person in people]
    assert [sum(one.many for one in counts.get(plan, [])) for counts in seen] == [2, 1, 0]
    for name in ("t-east-a", "t-east-b"):
        with pytest.raises(NotTheirs):
            await confirm(plan, by=await viewer(county, name), house=county)
    with pytest.raises(PlanNotFound):
        await confirm(plan, by=await viewer(county, "t-west-l"), house=county)
    await confirm(plan, by=leader, house=county)
    while await carry_out_some(house=county):
        pass
    assert await Report.filter(id__in=[plain.id, hidden.id]).values_list("id", flat=True) == [hidden.id]
    actions = await Event.filter(object_id=plan).order_by("id").values_list("action", "actor")
    assert actions == [
        ("retention.propose", handler.actor),
        ("retention.confirm", leader.actor),
        ("report.destroy", "system"),
    ]
    # of what is left, a plan looks absent to the one leader from whom it is hidden, and goes on being due
    again = await propose(by=handler, house=county)
    with pytest.raises(PlanNotFound):
        await confirm(again, by=leader, house=county)
    with pytest.raises(PlanNotFound):
        await withdraw(again, by=leader, house=county)
    await withdraw(again, by=handler, house=county)
    assert await due(county, "t-east-a") == 1 and await RetentionItem.all().count() == 0


async def test_a_leader_does_not_confirm_their_own(county: House, closed: Close, clock_moves) -> None:
    await closed()
    clock_moves(days=TEN_YEARS)
    leader = await viewer(county, "t-east-l")
    plan = await propose(by=leader, house=county)
    with pytest.raises(NotTheirs):
        await confirm(plan, by=leader, house=county)
    assert await carry_out_some(house=county) == 0 and await Report.all().count() == 1


async def test_what_is_held_or_was_spoken_of_stays_also_after_it_was_confirmed(
    county: House, closed: Close, clock_moves
) -> None:
    held, spoken_of, late, held_late = [await closed() for _ in range(4)]
    handler, leader = await viewer(county, "t-east-a"), await viewer(county, "t-east-l")
    await retain(held.number, reason="正在审计", by=handler, house=county)
    clock_moves(days=TEN_YEARS / 2)
    await add_message(spoken_of, text="又出了同样的事", house=county)
    clock_moves(days=TEN_YEARS / 2)
    plan = await propose(by=handler, house=county)
    assert set(await items_of(plan)) == {late.id, held_late.id}
    await confirm(plan, by=leader, house=county)
    await add_message(await Report.get(id=late.id), text="还有一张收据", house=county)
    await retain(held_late.number, reason="有人申诉", by=leader, house=county)
    while await carry_out_some(house=county):
        pass
    done = await RetentionPlan.get(id=plan)
    assert (done.done, done.kept) == (0, 2) and done.finished_at is not None
    assert await Report.all().count() == 4
    await release(held.number, reason="审计结束", by=leader, house=county)
    assert set(await items_of(await propose(by=handler, house=county))) == {held.id}


async def test_an_appeal_or_a_late_result_keeps_it_longer(
    county: House, file: File, closed: Close, clock_moves
) -> None:
    appealed = await closed()
    sent = await brought_to("accept", await file(), house=county)
    leader = await viewer(county, "t-east-l")
    await send_out(sent.number, partner="police", office="经侦大队", text="发票", by=leader, house=county)
    await brought_to("feedback", sent, house=county)
    clock_moves(days=32)
    await close_due(house=county)
    clock_moves(days=TEN_YEARS)
    # a referral without a result holds its report, whether or not its receipt has come
    assert await due(county, "t-east-a") == 1
    awaited = await list_awaited(leader, limits=await limits(at=county.clock.now()), limit=9)
    assert [row.number for row in awaited] == [sent.number]
    await file(appeal_of=appealed.number)
    assert await due(county, "t-east-a") == 0
    (referral,) = await Referral.filter(report_id=sent.id)
    await note_receipt(sent.number, referral=referral.id, text="签收", by=leader, house=county)
    clock_moves(days=TEN_YEARS)
    plan = await propose(by=leader, house=county)
    assert [appealed.id] == await items_of(plan)
    # nor is it destroyed if it was confirmed before
    late = await RetentionItem.create(id="x" * 22, plan_id=plan, report_id=sent.id, is_confirmed=True)
    await carry_out_some(house=county)
    assert await Report.exists(id=sent.id) and not await RetentionItem.exists(id=late.id)
    await note_result(sent.number, referral=referral.id, text="已经立案", by=leader, house=county)
    assert await due(county, "t-east-a") == 0
    clock_moves(days=TEN_YEARS)
    assert await due(county, "t-east-a") == 1


async def items_of(plan: str) -> list[str]:
    return await RetentionItem.filter(plan_id=plan).values_list("report_id", flat=True)


async def test_whoever_is_killed_goes_on_where_it_was(
    county: House, closed: Close, clock_moves, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(3):
        await closed()
    clock_moves(days=TEN_YEARS)
    plan = await propose(by=await viewer(county, "t-east-a"), house=county)
    await confirm(plan, by=await viewer(county, "t-east-l"), house=county)
    real, calls = carrying_out.destroy, []

    async def killed(report, **given):
        calls.append(report.id)
        gone = await real(report, **given)
        if len(calls) == 2:
            raise ConnectionError
        return gone

    monkeypatch.setattr(carrying_out, "destroy", killed)
    with pytest.raises(ConnectionError):
        await carry_out_some(house=county)
    halfway = await RetentionPlan.get(id=plan)
    assert (halfway.done, halfway.finished_at) == (1, None)
    assert (await Report.all().count(), await PastReport.all().count()) == (2, 1)
    while await carry_out_some(house=county):
        pass
    assert (await RetentionPlan.get(id=plan)).done == 3
    assert (await Report.all().count(), await PastReport.all().count()) == (0, 3)


def test_everything_that_hangs_on_a_report_goes_with_it(database: World) -> None:
    pointing = {
        model._meta.db_table
        for models in Tortoise.apps.values()
        for model in models.values()
        for name in model._meta.fk_fields
        if model._meta.fields_map[name].related_model is Report
    }
    assert pointing == set(HANGING)
