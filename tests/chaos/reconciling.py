"""After the storm: what the database holds against what the villagers were answered."""

import asyncio
from collections import Counter

from intake.draft import chat_reporter
from models.attachment import Attachment
from models.choices import AttachmentStatus, DeliveryStatus
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from organisation.house import House
from organisation.receipts import normalise
from tests.chaos.villagers import Story
from vault.chain import Chain
from vault.sealing import seal_some
from vault.verifying import verify_log


async def words_of(report: Report, *, house: House) -> list[str]:
    key = house.vault.key(report.data_key, place=f"report:{report.id}:key")
    message = await Message.get(report_id=report.id)
    text = key.open_text(bytes(message.sealed_text), place=f"message:{message.id}:text")
    return text.splitlines()


async def nothing_lost_and_nothing_twice(stories: list[Story], *, house: House) -> int:
    """Every receipt opens the one report of its conversation, whole. Answers how many reports there are."""
    known = 0
    for story in stories:
        mine = await Report.filter(reporter_index=chat_reporter(story.openid, vault=house.vault))
        if story.receipt:
            assert [report.number for report in mine] == [story.number], story
            assert mine[0].receipt_index == house.vault.index("receipt", normalise(story.receipt)), story
        else:
            assert len(mine) <= (1 if story.filing_unsure else 0), story
        for report in mine:
            known += 1
            kept = await words_of(report, house=house)
            doubtful = {*story.unsure, "不针对个人", "匿名提交"}
            certain = [line for line in kept if line not in doubtful or line in story.noted]
            assert not Counter(certain) - Counter([*story.noted, *story.unsure]), (kept, story)
            # each noted line is there, in the order said
            assert [line for line in dict.fromkeys(kept) if line in story.noted] == story.noted, (kept, story)
            photos = await Attachment.filter(report_id=report.id).count()
            assert story.photos <= photos <= story.photos + story.unsure_photos, story
    assert known == await Report.all().count()
    return known


async def every_notice_is_settled(house: House, *, to: dict[str, int]) -> Counter[str]:
    """One settled notice per report and person told; `to` maps "staff" or "liaison" to how many are bound."""
    notices = await OutboxNotice.filter(notice="report_new")
    assert {notice.status for notice in notices} <= {DeliveryStatus.SENT}, Counter(
        (str(notice.status), notice.reason) for notice in notices
    )
    told = Counter("staff" if notice.staff_id else "liaison" for notice in notices)
    reports = await Report.all().count()
    assert told == {kind: count * reports for kind, count in to.items()}
    return told


async def every_photo_is_kept(house: House) -> int:
    attachments = await Attachment.filter(report_id__isnull=False)
    assert {attachment.status for attachment in attachments} <= {AttachmentStatus.STORED}
    for attachment in attachments:
        assert await house.media.get(attachment.id)
    return len(attachments)


async def the_log_is_whole(house: House) -> int:
    """Every filing is an event, once, and the chain over all of them holds. Answers how many events there are."""
    filed = await Event.filter(action="report.file").values_list("report_id", flat=True)
    assert sorted(filed) == sorted(await Report.all().values_list("id", flat=True))
    chain = Chain(house.vault)
    # the system's own sealer is at work beside this one, and one of them waits for the other
    for _ in range(100):
        await seal_some(chain)
        verdict = await verify_log(chain)
        assert verdict.found == [], verdict
        if verdict.waiting == 0:
            return verdict.sealed
        await asyncio.sleep(0.1)
    raise AssertionError(verdict)
