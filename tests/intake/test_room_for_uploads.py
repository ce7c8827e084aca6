"""What nobody files does not fill the disk: the oldest of sessions that are over goes first, nothing of a report."""

from datetime import timedelta

import pytest

from intake import unfiled
from intake.attachments import expect_media, fill, store_upload
from intake.submit import submit
from intake.tidying import tidy
from intake.unfiled import has_room
from models.api_session import ApiSession
from models.attachment import Attachment
from models.choices import AttachmentKind
from models.entry_code import EntryCode
from models.fields import new_id
from organisation.house import House
from tests.conftest import World
from tests.intake.test_attachments_linked import ME, draft, entry, photo, talk
from tests.intake.test_sweeping import files

__all__ = ["entry"]


async def session(person: str, *, house: House, hours: int = 24) -> None:
    at = house.clock.now()
    await ApiSession.create(
        id=new_id(),
        token_index=new_id(),
        role="anonymous",
        person_index=person,
        created_at=at,
        expires_at=at + timedelta(hours=hours),
    )


async def uploaded(person: str, *, house: House, hours_ago: float) -> str:
    kept = await store_upload(photo(), house=house, session_index=person)
    at = house.clock.now() - timedelta(hours=hours_ago)
    await Attachment.filter(id=kept.id).update(created_at=at)
    return kept.id


async def test_where_room_grows_short_the_oldest_of_who_is_gone_goes_first(
    house: House, entry: EntryCode, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await session("here", house=house)
    await session("gone", house=house, hours=-1)
    filed = await uploaded(ME, house=house, hours_ago=50)
    await submit(draft(entry, filed), house=house)
    chat = await talk(house)
    said = await expect_media("m1", kind=AttachmentKind.PHOTO, house=house, conversation_id=chat.id)
    await fill(said, photo(), house=house)
    left = await uploaded("here", house=house, hours_ago=40)
    written_on = await uploaded("here", house=house, hours_ago=2)
    older = await uploaded("gone", house=house, hours_ago=5)
    old = await uploaded("never-was", house=house, hours_ago=1)
    just = await uploaded("never-was", house=house, hours_ago=0.1)
    everything = files(world)
    assert await tidy(house=house) == 0 and files(world) == everything, "there is room"

    async def dropped(most: int) -> list[str]:
        """With room for `most`: half of it stays free."""
        monkeypatch.setattr(unfiled, "MOST_FILES", most)
        await tidy(house=house)
        gone = everything - files(world)
        assert set(await Attachment.all().values_list("id", flat=True)) == files(world)
        return sorted(gone)

    assert await dropped(8) == [older] and await has_room()
    assert await dropped(6) == sorted([older, old])
    size = (await Attachment.get(id=left)).size
    monkeypatch.setattr(unfiled, "MOST_BYTES", size * 4)
    assert await dropped(100) == sorted([older, old, left])
    # what is being written, or has just come, stays whatever the need; of reports and chats nothing is counted
    monkeypatch.setattr(unfiled, "MOST_BYTES", 1)
    assert await dropped(1) == sorted([older, old, left]) and not await has_room()
    assert {written_on, just, filed, said.id} == files(world)
