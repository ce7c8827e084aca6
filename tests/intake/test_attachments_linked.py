"""Promises about attachments: sealed, one person's, used once, and gone with the report's key."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image
from tortoise.transactions import in_transaction

from intake.attachments import (
    AttachmentNotReady,
    AttachmentUnknown,
    attachment_key,
    discard,
    expect_media,
    fill,
    read_attachment,
    store_upload,
)
from intake.draft import Draft
from intake.submit import submit
from models.attachment import Attachment
from models.choices import AttachmentKind, AttachmentStatus, Channel
from models.conversation import Conversation
from models.entry_code import EntryCode
from models.report import Report
from organisation.house import House
from tests.factories import make_entry, make_organisation
from vault.keys import SealBroken

ME, OTHER = "a" * 64, "b" * 64


def photo(colour: str = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
async def entry(house: House) -> EntryCode:
    await make_organisation(house)
    return await make_entry()


async def talk(house: House, person: str = ME) -> Conversation:
    conversation = Conversation(
        person_index=person, data_key=b"", sealed_state=b"", changed_at=house.clock.now()
    )
    await conversation.save()
    return conversation


def draft(entry: EntryCode, *ids: str, person: str = ME, conversation: str | None = None) -> Draft:
    return Draft(
        entry=entry,
        level="none",
        text="路坏了",
        channel=Channel.CHAT if conversation else Channel.WEB,
        person_index=person,
        conversation_id=conversation,
        attachments=ids,
    )


async def test_a_photo_reads_back_before_and_after_filing(house: House, entry: EntryCode) -> None:
    kept = await store_upload(photo(), house=house, session_index=ME)
    before = await read_attachment(kept, house=house)
    assert Image.open(io.BytesIO(before)).format == "JPEG"
    await submit(draft(entry, kept.id), house=house)
    filed = await Attachment.get(id=kept.id)
    assert filed.is_under_report and filed.report_id and filed.message_id
    assert await read_attachment(filed, house=house) == before


async def test_nothing_readable_lies_in_the_store(house: House, entry: EntryCode, tmp_path: Path) -> None:
    kept = await store_upload(photo(), house=house, session_index=ME)
    (file,) = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert file.name == kept.id
    assert b"JFIF" not in file.read_bytes()


async def test_media_die_with_the_key_of_their_report(house: House, entry: EntryCode) -> None:
    kept = await store_upload(photo(), house=house, session_index=ME)
    await submit(draft(entry, kept.id), house=house)
    filed = await Attachment.get(id=kept.id)
    _, another = house.vault.new_key(place=f"report:{filed.report_id}:key")
    await Report.filter(id=filed.report_id).update(data_key=another)
    with pytest.raises(SealBroken):
        await read_attachment(filed, house=house)


async def test_once_filed_the_row_does_not_tell_whose_it_was(house: House, entry: EntryCode) -> None:
    chat = await talk(house)
    by_chat = await expect_media("m1", kind=AttachmentKind.PHOTO, house=house, conversation_id=chat.id)
    await submit(draft(entry, by_chat.id, conversation=chat.id), house=house)
    by_web = await store_upload(photo(), house=house, session_index=ME)
    await submit(draft(entry, by_web.id), house=house)
    for row in await Attachment.all():
        assert (row.conversation_id, row.session_index) == (None, None)


@pytest.mark.parametrize("case", ["somebody else's", "used", "absent"])
async def test_what_is_not_mine_to_use_looks_unknown_and_files_nothing(
    house: House, entry: EntryCode, case: str
) -> None:
    kept = await store_upload(photo(), house=house, session_index=ME)
    person, wanted = (OTHER, kept.id) if case == "somebody else's" else (ME, kept.id)
    if case == "used":
        await submit(draft(entry, kept.id), house=house)
    if case == "absent":
        wanted = "x" * 22
    before = await Report.all().count()
    with pytest.raises(AttachmentUnknown):
        await submit(draft(entry, wanted, person=person), house=house)
    assert await Report.all().count() == before


async def test_two_reports_at_once_cannot_share_a_photo(house: House, entry: EntryCode) -> None:
    kept = await store_upload(photo(), house=house, session_index=ME)
    outcomes = await asyncio.gather(
        *(submit(draft(entry, kept.id), house=house) for _ in range(4)), return_exceptions=True
    )
    assert sum(isinstance(outcome, AttachmentUnknown) for outcome in outcomes) == 3
    assert await Report.all().count() == 1


async def test_a_photo_that_arrives_while_the_report_is_filed_is_kept(house: House, entry: EntryCode) -> None:
    chat = await talk(house)
    waiting = await expect_media("m1", kind=AttachmentKind.PHOTO, house=house, conversation_id=chat.id)
    read_before = await Attachment.get(id=waiting.id)
    await submit(draft(entry, waiting.id, conversation=chat.id), house=house)
    assert await fill(read_before, photo(), house=house)
    filed = await Attachment.get(id=waiting.id)
    assert filed.status is AttachmentStatus.STORED and filed.is_under_report and filed.sealed_source is None
    assert (await read_attachment(filed, house=house))[:2] == b"\xff\xd8"
    assert not await fill(read_before, photo("blue"), house=house), "a second filling changes nothing"


async def test_what_is_still_on_its_way_cannot_be_read(house: House, entry: EntryCode) -> None:
    chat = await talk(house)
    waiting = await expect_media("m1", kind=AttachmentKind.PHOTO, house=house, conversation_id=chat.id)
    with pytest.raises(AttachmentNotReady):
        await read_attachment(waiting, house=house)


async def test_the_source_is_sealed_at_its_own_place(house: House, entry: EntryCode) -> None:
    chat = await talk(house)
    waiting = await expect_media("media-id", kind=AttachmentKind.VOICE, house=house, conversation_id=chat.id)
    key = await attachment_key(waiting, house=house)
    assert b"media-id" not in bytes(waiting.sealed_source or b"")
    assert (
        key.open_text(bytes(waiting.sealed_source or b""), place=f"attachment:{waiting.id}:source")
        == "media-id"
    )


async def test_discarding_takes_only_my_own_and_only_what_was_not_filed(
    house: House, entry: EntryCode
) -> None:
    mine, filed = [await store_upload(photo(), house=house, session_index=ME) for _ in range(2)]
    other = await store_upload(photo(), house=house, session_index=OTHER)
    await submit(draft(entry, filed.id), house=house)
    await discard([mine.id, filed.id, other.id], session_index=ME)
    assert {row.id for row in await Attachment.all()} == {filed.id, other.id}
    await read_attachment(await Attachment.get(id=filed.id), house=house)


async def test_throwing_away_that_is_undone_leaves_the_file(house: House) -> None:
    kept = await store_upload(photo(), house=house, session_index=ME)
    with pytest.raises(RuntimeError):
        async with in_transaction():
            await discard([kept.id], session_index=ME)
            raise RuntimeError
    await read_attachment(await Attachment.get(id=kept.id), house=house)


async def test_a_failed_filing_leaves_the_attachment_as_it_was(house: House, entry: EntryCode) -> None:
    kept = await store_upload(photo(), house=house, session_index=ME)
    with pytest.raises(RuntimeError):
        async with in_transaction():
            await submit(draft(entry, kept.id), house=house)
            raise RuntimeError
    again = await Attachment.get(id=kept.id)
    assert again.report_id is None and not again.is_under_report
    await read_attachment(again, house=house)
