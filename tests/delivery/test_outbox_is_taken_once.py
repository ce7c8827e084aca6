"""Exactly once: deduplicated, leased, one in flight a recipient, tried again at the promised pace."""

import asyncio
import os
import signal
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clients.database import sqlite_path
from clients.writes import write
from delivery.claiming import LOOK, WINDOW
from delivery.outbox import Recipient, claim, notices, pause, settle
from delivery.outcomes import Failed, Sent, TryAgain
from models.choices import DeliveryStatus
from models.fields import to_millis
from models.outbox import OutboxNotice
from models.staff import Staff
from tests.conftest import World
from tests.delivery.conftest import WHERE, Desk, shown
from wechat_standin import Fault

TEMPLATE = "/cgi-bin/message/template/send"
ROOT = Path(__file__).parents[2]


async def test_same_notice_is_written_once(desk: Desk) -> None:
    staff, _ = await desk.bound_staff()
    report, key = await desk.report()
    for _ in range(2):
        await desk.notice("report_new", report, key, staff_id=staff.id, dedupe="same")
    assert await OutboxNotice.all().count() == 1


async def test_payload_is_sealed(desk: Desk) -> None:
    report, key = await desk.report()
    notice = await desk.notice("report_new", report, key)
    assert "柳树村".encode() not in notice.sealed_payload
    assert key.open_json(notice.sealed_payload, place=f"outbox:{notice.id}:payload") == WHERE


async def test_several_workers_deliver_each_notice_exactly_once(desk: Desk) -> None:
    people = {}
    for username in ("t-east-a", "t-east-b", "t-east-l"):
        staff, person = await desk.bound_staff(username)
        people[staff.id] = person
    for _ in range(20):
        report, key = await desk.report()
        for id in people:
            await desk.notice("report_new", report, key, staff_id=id)
    await desk.carry(workers=4)
    assert [len(shown(person, kind="template")) for person in people.values()] == [20] * 3
    assert len(desk.standin.record.calls_to(TEMPLATE)) == 60
    assert await OutboxNotice.filter(status="sent", tries=1).count() == 60


async def test_concurrent_claims_never_share_a_notice_nor_a_recipient(desk: Desk) -> None:
    ids = [person.id for person in await Staff.all()]
    for _ in range(3):
        report, key = await desk.report()
        for id in ids:
            await desk.notice("report_new", report, key, staff_id=id)
    at = desk.now()
    for left in (2, 1, 0):
        taken = await asyncio.gather(*(claim(by=f"w{each}", limit=7, at=at) for each in range(6)))
        hands = [each for some in taken for each in some]
        assert max(Counter(each.staff_id for each in hands).values()) == 1
        # another look finds whoever a race left out, and nobody twice
        hands += await claim(by="w9", limit=100, at=at)
        assert sorted(each.staff_id or 0 for each in hands) == sorted(ids)
        assert await claim(by="w9", limit=100, at=at) == []
        for each in hands:
            assert await settle(each, outcome=Sent(channel="template"), at=at)
        assert await OutboxNotice.filter(status="waiting").count() == left * len(ids)


async def test_one_person_with_two_reports_is_one_recipient(desk: Desk) -> None:
    person = await desk.person()
    for text in ("一", "二"):
        report, key = await desk.report(person)
        await desk.reply(report, key, text=text)
    assert len(await claim(by="w", limit=9, at=desk.now())) == 1
    assert await claim(by="v", limit=9, at=desk.now()) == []


async def test_what_goes_to_one_person_keeps_its_order_and_waits_for_nobody_else(desk: Desk) -> None:
    one, other = await desk.person(), await desk.person()
    report, key = await desk.report(one)
    again, its_key = await desk.report(one)
    started = desk.now()
    kept = []
    for seconds, (of, sealing) in enumerate([(report, key), (again, its_key), (report, key)]):
        at = started + timedelta(seconds=seconds)
        kept.append(await desk.notice("report_progress", of, sealing, at=at, payload=WHERE))
    answer = await desk.reply(again, its_key, text="好")
    elses = await desk.notice("report_progress", *await desk.report(other))
    at = started + timedelta(seconds=9)
    await OutboxNotice.filter(id=answer.id).update(created_at=at, next_at=at)
    for expected in (kept[0], kept[1], kept[2], answer):
        hands = {each.id: each for each in await claim(by="w", limit=9, at=at)}
        assert hands.keys() - {elses.id} == {expected.id}
        for each in hands.values():
            await settle(each, outcome=Sent(channel="text"), at=at)
    assert (await OutboxNotice.get(id=elses.id)).status is DeliveryStatus.SENT


async def test_a_long_line_for_one_hides_nobody(desk: Desk) -> None:
    staff = [(await desk.bound_staff(username))[0] for username in ("t-east-a", "t-east-b")]
    liaison, _ = await desk.bound_liaison()
    report, key = await desk.report(await desk.person())
    waiting = [
        Recipient(dedupe=f"{one.id}:{number}", staff_id=one.id) for one in staff for number in range(300)
    ]
    await write(*notices(waiting, notice="report_new", report=report, key=key, payload=WHERE, at=desk.now()))
    for _ in range(120):
        await desk.notice("report_progress", *await desk.report(await desk.person()))
    await desk.notice("report_new", report, key, liaison_id=liaison.id)
    taken = await claim(by="w", limit=500, at=desk.now())
    told = [one for one in taken if one.notice == "report_new"]
    assert sorted((one.staff_id, one.liaison_id) for one in told if one.staff_id) == [
        (one.id, None) for one in staff
    ]
    assert [one.liaison_id for one in told if not one.staff_id] == [liaison.id]
    # of reporters as many as a look considers; the rest by the next
    assert len(taken) - len(told) == WINDOW
    assert len(await claim(by="v", limit=500, at=desk.now())) == 120 - WINDOW


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_a_look_takes_as_many_steps_however_long_the_lines_are(desk: Desk, world: World) -> None:
    path = sqlite_path(world.database_url)
    assert path is not None
    staff, _ = await desk.bound_staff()
    report, key = await desk.report(await desk.person())
    steps = []
    for count in (200, 2_000):
        waiting = [Recipient(dedupe=f"{count}:{number}", staff_id=staff.id) for number in range(count)]
        to_reporters = [Recipient(dedupe=f"r:{one.dedupe}") for one in waiting]
        for notice, whom in (("report_new", waiting), ("report_progress", to_reporters)):
            await write(*notices(whom, notice=notice, report=report, key=key, payload=WHERE, at=desk.now()))
        taken: list[None] = []
        with closing(sqlite3.connect(path)) as raw:
            raw.set_progress_handler(lambda taken=taken: taken.append(None), 10)
            raw.execute(LOOK.replace("$", "?"), (to_millis(desk.now()),)).fetchall()
        steps.append(len(taken))
    assert 0 < steps[1] < 1.2 * steps[0], steps


async def test_lease_that_ended_is_another_workers_and_the_first_settles_nothing(desk: Desk) -> None:
    report, key = await desk.report()
    await desk.notice("report_new", report, key)
    at = desk.now()
    (dead,) = await claim(by="dead", limit=1, at=at, lease_seconds=25)
    assert await claim(by="next", limit=1, at=at + timedelta(seconds=24)) == []
    (taken,) = await claim(by="next", limit=1, at=at + timedelta(seconds=25))
    assert taken.tries == 2
    assert not await settle(dead, outcome=Failed(reason="timeout"), at=at)
    assert await settle(taken, outcome=Sent(channel="template"), at=at)
    assert not await settle(taken, outcome=Failed(reason="timeout"), at=at)
    assert (await OutboxNotice.get(id=taken.id)).status is DeliveryStatus.SENT


async def test_given_up_after_three_days_with_the_reason(desk: Desk) -> None:
    report, key = await desk.report()
    notice = await desk.notice("report_new", report, key)
    at = desk.now()
    for days, status in ((2.9, "waiting"), (3.1, "failed")):
        (taken,) = await claim(by="w", limit=1, at=at + timedelta(days=days))
        await settle(taken, outcome=TryAgain(reason="wechat-busy"), at=at + timedelta(days=days))
        row = await OutboxNotice.get(id=notice.id)
        assert (row.status, row.reason) == (status, "wechat-busy")


@given(tries=st.integers(1, 5000), age=st.integers(0, 3 * 86400))
def test_pauses_keep_the_promise(tries: int, age: int) -> None:
    waited = pause(tries=tries, age=timedelta(seconds=age)).total_seconds()
    # a delivery may take 15 s and the poll 1 s: together within 30 s
    assert 0 < waited <= (30 - 15 - 1 if age < 600 else 600)
    later = pause(tries=tries, age=timedelta(seconds=age + 60)).total_seconds()
    assert later >= waited


async def test_tries_of_a_passing_failure_are_at_most_30_seconds_apart(desk: Desk) -> None:
    staff, person = await desk.bound_staff()
    report, key = await desk.report()
    desk.standin.faults.add(Fault(path=TEMPLATE, kind="status", times=8))
    notice = await desk.notice("report_new", report, key, staff_id=staff.id)
    async with desk.working():
        for times in range(1, 9):
            row = await desk.tried(notice, times=times)
            assert (row.status, row.reason) == ("waiting", "wechat-unreachable")
            desk.later(max((row.next_at - desk.now()).total_seconds(), 0))
        await desk.settled()
    calls = [call.at for call in desk.standin.record.calls_to(TEMPLATE)]
    gaps = [after - before for before, after in pairwise(calls)]
    assert len(gaps) == 8 and max(gaps) <= 30
    assert len(shown(person, kind="template")) == 1


async def test_answer_lost_on_the_way_back_does_not_send_twice(desk: Desk) -> None:
    staff, person = await desk.bound_staff()
    report, key = await desk.report()
    desk.standin.faults.add(Fault(path=TEMPLATE, kind="lost"))
    await desk.notice("report_new", report, key, staff_id=staff.id)
    await desk.carry()
    assert len(desk.standin.record.calls_to(TEMPLATE)) == 2
    assert len(shown(person, kind="template")) == 1


async def test_wake_up_beats_the_poll(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("delivery.worker.POLL_SECONDS", 600)
    staff, person = await desk.bound_staff()
    report, key = await desk.report()
    async with desk.working():
        await desk.wechat.user_info(person.openid)
        await asyncio.sleep(0.3)
        await desk.notice("report_new", report, key, staff_id=staff.id)
        await desk.house.coordination.wake("outbox")
        await desk.settled()


@pytest.mark.parametrize("turns", [0, 1, 2])
async def test_worker_ends_when_told_though_it_is_woken_at_that_moment(desk: Desk, turns: int) -> None:
    async with asyncio.timeout(20):
        async with desk.working():
            await asyncio.sleep(0.3)
            desk.house.coordination.waker("outbox").set()
            for _ in range(turns):
                await asyncio.sleep(0)


KILLED = """
import asyncio, sys
from pathlib import Path
from zoneinfo import ZoneInfo
import aiohttp
from clients.clock import Clock
from clients.database import opened
from clients.redis import coordinated
from clients.wechat import WeChatAccount
from delivery.templates import read_templates
from delivery.worker import run_worker
from vault.vault import Vault

async def main(database, redis, clock, platform, appid, secret):
    async with opened(database), coordinated(redis) as coordination, aiohttp.ClientSession() as http:
        wechat = WeChatAccount(appid=appid, secret=secret, http=http, base_url=platform)
        await run_worker(
            vault=Vault(keys=[bytes(range(32))], index_key=bytes(range(32, 64))), clock=Clock(Path(clock)),
            coordination=coordination, timezone=ZoneInfo("Asia/Shanghai"), wechat=wechat,
            templates=read_templates({"report_new": {"id": "T-NEW"}}),
        )

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize("moment", ["slow", "lost-slow"])
async def test_worker_killed_in_the_middle_loses_nothing_and_sends_nothing_twice(
    desk: Desk, world: World, moment: str
) -> None:
    staff, person = await desk.bound_staff()
    report, key = await desk.report()
    notice = await desk.notice("report_new", report, key, staff_id=staff.id)
    desk.standin.faults.add(Fault(path=TEMPLATE, kind="slow", seconds=1.0))
    arguments = (
        world.database_url,
        world.redis_url,
        str(world.folder / "clock"),
        desk.standin.public_url,
        desk.standin.settings.app_id,
        desk.standin.settings.secret,
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, *arguments, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    async with asyncio.timeout(20):
        while not desk.standin.record.calls_to("/cgi-bin/stable_token"):
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.3)
        if moment == "lost-slow":
            # the platform has done its part, the worker dies before it hears of it
            while not shown(person, kind="template"):
                process.send_signal(signal.SIGSTOP)
                await asyncio.sleep(0.02)
    process.kill()
    await process.wait()
    row = await OutboxNotice.get(id=notice.id)
    assert (row.status, row.tries) == ("waiting", 1)
    async with desk.working():
        await asyncio.sleep(1.2)
        assert (await OutboxNotice.get(id=notice.id)).tries == 1
        desk.later(25)
        await desk.settled()
    assert (await OutboxNotice.get(id=notice.id)).tries == 2
    assert len(shown(person, kind="template")) == 1
