"""After the storm: what the database holds against what the villagers were answered."""

from collections import Counter

from intake.draft import chat_reporter
from models.attachment import Attachment
from models.choices import AttachmentStatus, DeliveryStatus
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from organisation.house import House
from organisation.receipts import normalise
from tests.chaos.villagers import Story


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
