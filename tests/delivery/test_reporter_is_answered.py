"""What the villager gets: the reply in full in the same chat, else a template that tells nothing of it."""

import logging
from datetime import timedelta

import pytest

from delivery.notices import reason_text
from dossier.notices import tell_reporter_moved
from models.choices import Channel
from models.conversation import Conversation
from models.outbox import OutboxNotice
from models.report import Report
from tests.delivery.conftest import Desk, shown, texts
from wechat_standin import Fault

CUSTOM, TEMPLATE = "/cgi-bin/message/custom/send", "/cgi-bin/message/template/send"
SECRET = "补贴已经核实，下周发放"


async def test_reply_arrives_in_full_while_the_window_is_open(desk: Desk) -> None:
    person = await desk.person()
    report, key = await desk.report(person)
    notice = await desk.reply(report, key, text=SECRET)
    await desk.carry()
    assert texts(person) == [f"编号 {report.number} 的回复：\n{SECRET}"]
    assert shown(person, kind="template") == []
    row = await OutboxNotice.get(id=notice.id)
    assert (row.status, row.channel, row.reason) == ("sent", "text", "")
    assert row.settled_at is not None
    assert (await desk.conversation(person)).window_left == 4


async def test_closed_window_sends_the_template_without_a_word_of_the_reply(desk: Desk) -> None:
    person = await desk.person()
    report, key = await desk.report(person)
    desk.later(49 * 3600)
    await desk.reply(report, key, text=SECRET)
    await desk.carry()
    assert texts(person) == []
    (bubble,) = shown(person, kind="template")
    assert bubble.content["fields"][0]["value"] == report.number
    assert SECRET[:4] not in str(bubble.content)
    # known to be closed, so not tried
    assert desk.standin.record.calls_to(CUSTOM) == []


@pytest.mark.parametrize("errcode", [45015, 45047, 48001, 45002])
async def test_window_closed_unknown_to_us_falls_back_to_the_template(desk: Desk, errcode: int) -> None:
    person = await desk.person()
    report, key = await desk.report(person)
    desk.standin.faults.add(Fault(path=CUSTOM, kind="errcode", errcode=errcode))
    notice = await desk.reply(report, key, text=SECRET)
    await desk.carry()
    assert len(shown(person, kind="template")) == 1
    assert (await OutboxNotice.get(id=notice.id)).channel == "template"
    left = (await desk.conversation(person)).window_left
    assert left == (0 if errcode in (45015, 45047) else 5)


async def test_long_reply_comes_in_parts_and_a_retry_repeats_none_that_arrived(desk: Desk) -> None:
    person = await desk.person()
    report, key = await desk.report(person)
    text = "".join(f"第{number}条已经核实清楚。" for number in range(160))
    notice = await desk.reply(report, key, text=text)
    desk.standin.faults.add(Fault(path=CUSTOM, kind="text", times=1))
    desk.standin.faults.add(Fault(path=CUSTOM, kind="reset", times=1))
    async with desk.working():
        await desk.tried(notice)
        assert len(texts(person)) == 1
        desk.later(5)
        await desk.settled()
    parts = texts(person)
    assert len(parts) == 3
    assert "".join(parts) == f"编号 {report.number} 的回复：\n{text}"
    assert all(len(part.encode()) <= 2000 and part.endswith("。") for part in parts)
    assert (await desk.conversation(person)).window_left == 2


async def test_more_parts_than_messages_left_sends_the_template(desk: Desk) -> None:
    person = await desk.person(left=1)
    report, key = await desk.report(person)
    await desk.reply(report, key, text="已经核实清楚。" * 200)
    await desk.carry()
    assert texts(person) == []
    assert len(shown(person, kind="template")) == 1


async def test_replies_of_a_report_keep_their_order_though_the_first_has_to_wait(desk: Desk) -> None:
    person = await desk.person()
    report, key = await desk.report(person)
    first = await desk.reply(report, key, text="一")
    desk.standin.faults.add(Fault(path=CUSTOM, kind="errcode", errcode=-1, times=2))
    async with desk.working():
        await desk.tried(first)
        await desk.reply(report, key, text="二")
        await desk.tried(first, times=2)
        assert texts(person) == []
        desk.later(20)
        await desk.settled()
    assert [text[-1] for text in texts(person)] == ["一", "二"]


async def test_new_reply_does_not_wait_out_the_long_pause_of_an_earlier_one(desk: Desk) -> None:
    person = await desk.person()
    report, key = await desk.report(person)
    first = await desk.reply(report, key, text="一")
    late = desk.house.clock.now() + timedelta(days=400)
    await OutboxNotice.filter(id=first.id).update(next_at=late, tries=5)
    await desk.reply(report, key, text="二")
    await desk.carry()
    assert [text[-1] for text in texts(person)] == ["一", "二"]


async def test_status_is_told_in_words(desk: Desk) -> None:
    person = await desk.person()
    report, key = await desk.report(person)
    payload = {"number": report.number, "status": "accepted", "time": desk.now().isoformat()}
    await desk.notice("report_progress", report, key, payload=payload)
    await desk.carry()
    assert texts(person) == [f"编号 {report.number}：已受理。"]


async def test_the_last_message_of_a_window_is_left_for_an_answer(desk: Desk) -> None:
    person = await desk.person(left=2)
    report, key = await desk.report(person)
    for status in ("accepted", "handling"):
        payload = {"number": report.number, "status": status, "time": desk.now().isoformat()}
        await desk.notice("report_progress", report, key, payload=payload)
        await desk.carry()
    assert (len(texts(person)), len(shown(person, kind="template"))) == (1, 1)
    await desk.reply(report, key, text="灯下周装好。")
    await desk.carry()
    assert texts(person)[-1].endswith("灯下周装好。")


async def test_a_report_that_moved_is_told_of_once_and_not_twice_in_one_breath(desk: Desk) -> None:
    person = await desk.person()
    report, key = await desk.report(person)
    await tell_reporter_moved(report, key=key, house=desk.house, at=desk.now())
    await tell_reporter_moved(report, key=key, house=desk.house, at=desk.now())
    await desk.carry()
    assert texts(person) == [f"编号 {report.number}：已转至有管辖权的机构，由其查看并受理。有进展会告诉您。"]


async def test_a_report_that_moved_is_told_of_by_template(desk: Desk) -> None:
    person = await desk.person(is_open=False)
    report, key = await desk.report(person)
    await tell_reporter_moved(report, key=key, house=desk.house, at=desk.now())
    await desk.carry()
    (bubble,) = shown(person, kind="template")
    # the field of this template has room for five characters
    assert bubble.content["fields"][1]["value"] == "已转办"


async def test_status_by_template(desk: Desk) -> None:
    person = await desk.person(is_open=False)
    report, key = await desk.report(person)
    payload = {"number": report.number, "status": "accepted", "time": "2026-11-23T07:01:00+00:00"}
    await desk.notice("report_progress", report, key, payload=payload)
    await desk.carry()
    (bubble,) = shown(person, kind="template")
    values = [each["value"] for each in bubble.content["fields"]]
    assert values == [report.number, "已受理", "2026年11月23日 15:01"]


async def test_unfollowed_ends_on_the_desk_with_the_reason(desk: Desk) -> None:
    person = await desk.person(is_open=False)
    person.following = False
    report, key = await desk.report(person)
    notice = await desk.reply(report, key, text=SECRET)
    await desk.carry()
    row = await OutboxNotice.get(id=notice.id)
    assert (row.status, row.reason) == ("failed", "not-following")
    assert "取消关注" in reason_text(row.reason, is_failed=True)
    assert not (await desk.conversation(person)).is_following


@pytest.mark.parametrize("channel", [Channel.WEB, Channel.MINI])
async def test_report_from_another_door_has_no_chat(desk: Desk, channel: Channel) -> None:
    report, key = await desk.report(channel=channel)
    notice = await desk.reply(report, key, text=SECRET)
    await desk.carry()
    assert (await OutboxNotice.get(id=notice.id)).reason == "no-chat"
    assert desk.standin.record.calls == []


async def test_cut_link_sends_nothing(desk: Desk) -> None:
    person = await desk.person()
    report, key = await desk.report(person)
    notice = await desk.reply(report, key, text=SECRET)
    await Report.filter(id=report.id).update(reporter_index=None)
    await Conversation.all().delete()
    await desk.carry()
    assert (await OutboxNotice.get(id=notice.id)).reason == "unlinked"
    assert person.chat == []


async def test_template_that_is_not_configured_is_a_visible_failure(desk: Desk) -> None:
    desk.templates.clear()
    person = await desk.person(is_open=False)
    report, key = await desk.report(person)
    notice = await desk.reply(report, key, text=SECRET)
    await desk.carry()
    assert (await OutboxNotice.get(id=notice.id)).reason == "not-configured"


@pytest.mark.parametrize("errcode", [40001, 40037, 40164, 40125])
async def test_broken_settings_keep_the_notice_waiting_and_alarm_once(
    desk: Desk, errcode: int, caplog: pytest.LogCaptureFixture
) -> None:
    person = await desk.person(is_open=False)
    report, key = await desk.report(person)
    path = "/cgi-bin/stable_token" if errcode in (40164, 40125) else TEMPLATE
    # a wrong template spends quota with every try
    pause = 601 if errcode == 40037 else 12
    desk.standin.faults.add(Fault(path=path, kind="errcode", errcode=errcode, times=None))
    notice = await desk.reply(report, key, text=SECRET)
    async with desk.working():
        for times in (1, 2, 3):
            row = await desk.tried(notice, times=times)
            assert (row.status, row.reason) == ("waiting", f"wechat-{errcode}")
            desk.later(pause)
        alarms = [record for record in caplog.records if "wechat_alarm" in record.getMessage()]
        assert [record.getMessage() for record in alarms] == [f"wechat_alarm errcode={errcode}"]
        desk.standin.faults.clear()
        desk.later(pause)
        await desk.settled()
    assert len(shown(person, kind="template")) == 1


async def test_nothing_secret_in_the_logs(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    person = await desk.person()
    report, key = await desk.report(person)
    for kind in ("reset", "lost", "errcode", "status"):
        desk.standin.faults.add(Fault(path=CUSTOM, kind=kind, errcode=40037))  # type: ignore[arg-type]
    broken = await desk.reply(report, key, text=SECRET)
    other, other_key = await desk.report(person)
    unreadable = await desk.reply(other, other_key, text=SECRET)
    await OutboxNotice.filter(id=unreadable.id).update(sealed_payload=b"x" * 40)
    async with desk.working():
        await desk.tried(unreadable)
        await desk.tried(broken)
        desk.later(10)
        await desk.tried(broken, times=2)
    assert "delivery_failed" in caplog.text
    for secret in (SECRET, person.openid, report.number, desk.standin.settings.secret):
        assert secret not in caplog.text
    assert (await OutboxNotice.get(id=unreadable.id)).reason == "internal"


@pytest.mark.parametrize("left", [1, 2, 5])
async def test_however_often_it_is_told_how_it_stands_a_reply_finds_a_message_left(
    desk: Desk, left: int
) -> None:
    person = await desk.person(left=left)
    reports = [await desk.report(person) for _ in range(3)]
    for report, key in reports * 2:
        payload = {"number": report.number, "status": "accepted", "time": desk.now().isoformat()}
        await desk.notice("report_progress", report, key, payload=payload)
    await desk.carry(workers=3)
    assert len(texts(person)) == left - 1
    await desk.reply(*reports[0], text=SECRET)
    await desk.carry()
    assert texts(person)[-1].endswith(SECRET)
