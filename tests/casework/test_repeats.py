"""重复反映: found among what the viewer sees, linked, and answered together; no reporter hears of another."""

import io
import random
import re

import pytest
from PIL import Image, ImageDraw

from access.repeats import find_repeats, linked_reports
from access.reports import ReportNotFound
from casework.accept import accept
from casework.careful import TextBetrays
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.feedback import feedback
from casework.link_repeat import link_repeat
from casework.recuse import recuse
from casework.reply import reply
from casework.take_back import take_back
from intake.attachments import store_upload
from intake.draft import Identity
from intake.likeness import bands_of
from intake.supplement import add_message
from models.attachment import Attachment
from models.choices import Channel, Status
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.photo_mark import PhotoMark
from models.report import Report
from routing.facts import Subject
from tests.casework.conftest import viewer
from tests.casework.living import brought_to


@pytest.fixture
def by_another(county, file):
    async def make(who="o-neighbour", **more):
        index = county.vault.index("oa", who)
        return await file(person_index=index, openid=who, channel=Channel.CHAT, **more)

    return make


async def found(house, report, username="t-east-a"):
    repeats = await find_repeats(await viewer(house, username), report=report)
    return {each.number: (each.is_same_reporter, each.is_same_subject, each.is_linked) for each in repeats}


async def same_photo(house, report, username="t-east-a"):
    repeats = await find_repeats(await viewer(house, username), report=report)
    return {each.number for each in repeats if each.is_same_photo}


async def link(house, report, first, username="t-east-a"):
    await link_repeat(report.number, of=first.number, by=await viewer(house, username), house=house)
    return await Report.get(id=report.id)


async def test_found_by_reporter_and_by_subject_among_what_one_sees(county, file, by_another):
    about = Subject(name="马德福", post="村会计")
    first = await file(subject=about)
    same_person, same_subject = await file(), await by_another(subject=about)
    neither, elsewhere = await by_another(), await file(region="990101002001")
    assert await found(county, first) == {
        same_person.number: (True, False, False),
        same_subject.number: (False, True, False),
    }
    assert elsewhere.owner_id == "T-WEST" and await found(county, elsewhere, "t-west-a") == {}
    assert set(await found(county, neither)) == {same_subject.number}
    assert await found(county, first, "office-1-l") == {}


async def test_nothing_is_alike_where_nothing_is_known(county, file):
    first, second = await file(), await file()
    await Report.all().update(reporter_index=None)
    for report in (first, second):
        assert await found(county, await Report.get(id=report.id)) == {}


async def test_linked_to_the_first_whatever_the_order(county, file, by_another):
    first, second, third = await file(), await by_another(), await by_another("o-third")
    await link(county, third, second)
    await link(county, second, first)
    assert {r.repeat_of for r in await Report.filter(id__in=[second.id, third.id])} == {first.id}
    by = await viewer(county, "t-east-a")
    assert await linked_reports(by, report=await Report.get(id=third.id)) == [first.number, second.number]
    for report, of in ((first, first), (third, first), (first, third)):
        with pytest.raises(TransitionNotAllowed):
            await link(county, report, of)
    assert await Event.filter(action="report.link-repeat").count() == 2


async def test_only_with_a_report_one_may_see(county, file):
    first, elsewhere = await file(), await file(region="990101002001")
    for of in (elsewhere.number, "NOSUCH", ""):
        with pytest.raises(FieldWrong) as wrong:
            by = await viewer(county, "t-east-a")
            await link_repeat(first.number, of=of, by=by, house=county)
        assert wrong.value.field == "of"
    with pytest.raises(ReportNotFound):
        await link(county, elsewhere, first)
    assert not await Report.filter(repeat_of__isnull=False).exists()


async def test_one_feedback_answers_all_and_whoever_reported_twice_once(county, file, by_another):
    first, again, other, open_one = (
        await file(),
        await file(),
        await by_another(),
        await by_another("o-third"),
    )
    for report in (again, other, open_one):
        await link(county, report, first)
    for report in (first, again, other):
        await brought_to("conclude", await Report.get(id=report.id), house=county)
    told = await OutboxNotice.filter(notice="report_progress", staff_id__isnull=True).count()
    by = await viewer(county, "t-east-a")
    await feedback(first.number, text="已经修好", together="yes", by=by, house=county)
    states = {r.number: r.status for r in await Report.all()}
    assert [states[r.number] for r in (first, again, other)] == [Status.FED_BACK] * 3
    assert states[open_one.number] is Status.RECEIVED
    assert await OutboxNotice.filter(notice="report_progress", staff_id__isnull=True).count() == told + 2
    assert await Event.filter(action="report.feedback").count() == 3
    # each reads the answer under their own report
    for report in (first, again, other):
        assert await Message.filter(report_id=report.id, speaker="staff").count() == 1


async def test_alone_when_it_is_asked_for_alone(county, file):
    first, again = await file(), await file()
    await link(county, again, first)
    for report in (first, again):
        await brought_to("conclude", await Report.get(id=report.id), house=county)
    await feedback(first.number, text="已经修好", by=await viewer(county, "t-east-a"), house=county)
    assert (await Report.get(id=again.id)).status is Status.CONCLUDED


def scene(seed):
    """Something like a photo: a bright sky and things on the ground."""
    chance = random.Random(seed)
    drawn = Image.new("RGB", (1200, 900), (150, 180, 230))
    pen = ImageDraw.Draw(drawn)
    for _ in range(40):
        x, y = chance.randrange(1200), chance.randrange(900)
        box = (x, y, x + chance.randrange(60, 400), y + chance.randrange(60, 300))
        pen.rectangle(box, fill=tuple(chance.randrange(30, 220) for _ in range(3)))
    return drawn


def encoded(photo, quality=90):
    written = io.BytesIO()
    photo.save(written, "JPEG", quality=quality)
    return written.getvalue()


@pytest.fixture
def by_another_with(county, by_another):
    async def make(photo, who="o-neighbour", **more):
        kept = await store_upload(photo, house=county, session_index=who)
        report = await by_another(who, **more)
        await add_message(report, text="", attachments=[kept.id], session_index=who, house=county)
        return await Report.get(id=report.id)

    return make


async def test_a_copy_of_a_photo_is_found_among_what_one_sees(county, by_another_with):
    whole = scene(1)
    first = await by_another_with(encoded(whole), "o-1")
    pressed = await by_another_with(encoded(whole.resize((640, 480)), quality=40), "o-2")
    other = await by_another_with(encoded(scene(2)), "o-3")
    dark = [await by_another_with(encoded(Image.new("RGB", (90, 60))), who) for who in ("o-4", "o-5")]
    elsewhere = await by_another_with(encoded(whole), "o-6", region="990101002001")
    assert await same_photo(county, first) == {pressed.number}
    assert await same_photo(county, elsewhere, "t-west-a") == set()
    for report in (other, *dark):
        assert await same_photo(county, report) == set()
    await keep_away(county, pressed)
    assert await same_photo(county, first) == set()
    assert await same_photo(county, first, "t-east-b") == {pressed.number}


async def keep_away(house, report, username="t-east-a"):
    """As somebody who declared a conflict with that one report."""
    await recuse(report.number, who="", reason="亲戚", by=await viewer(house, username), house=house)


async def test_what_is_kept_of_a_photo_shows_nothing_of_it(county, by_another_with):
    await by_another_with(encoded(scene(1)))
    marks = {row.mark for row in await PhotoMark.all()}
    bands = set(bands_of(scene(1)))
    assert len(marks) == len(bands) and all(re.fullmatch("[0-9a-f]{64}", mark) for mark in marks)
    assert bands
    await Attachment.all().delete()
    assert not await PhotoMark.exists()


async def test_accepted_and_answered_in_one_go_each_for_itself(county, file, by_another):
    first, again, other = await file(), await file(), await by_another()
    for report in (again, other):
        await link(county, report, first)
    by = await viewer(county, "t-east-a")
    await accept(first.number, kind="livelihood", together="yes", by=by, house=county)
    assert {r.status for r in await Report.all()} == {Status.ACCEPTED}
    assert await Event.filter(action="report.accept").count() == 3
    assert await told(first, again, other) == [1, 0, 1]
    await reply(first.number, text="周五去修", together="yes", hold="yes", by=by, house=county)
    assert await told(first, again, other) == [2, 0, 2]
    for report in (first, again, other):
        (said,) = await Message.filter(report_id=report.id, speaker="staff")
        assert said.leaves_at is not None
    (held,) = await Message.filter(report_id=other.id, speaker="staff")
    await take_back(other.number, message=held.id, by=by, house=county)
    assert not await Message.filter(speaker="staff", withdrawn_at__isnull=True).exists()
    assert not await OutboxNotice.filter(notice="report_reply", status="waiting").exists()


async def told(*reports):
    """How many notices have gone to the reporter of each."""
    notices = ("report_progress", "report_reply")
    counts = [OutboxNotice.filter(report_id=r.id, notice__in=notices).count() for r in reports]
    return [await count for count in counts]


async def test_only_what_can_be_accepted_is_and_one_warning_holds_back_all(county, file, by_another):
    first, other = await file(), await by_another(identity=Identity(name="封不平", phone="13712345678"))
    await link(county, other, first)
    by = await viewer(county, "t-east-a")
    await accept(other.number, kind="clue", by=by, house=county)
    await accept(first.number, kind="livelihood", together="yes", by=by, house=county)
    assert (await Report.get(id=other.id)).kind == "clue"
    with pytest.raises(TextBetrays):
        await reply(first.number, text="请问封不平", careful="yes", together="yes", by=by, house=county)
    assert not await Message.filter(speaker="staff").exists()
