"""Photos, voices and places said in the chat, on their way into a draft or a report already filed."""

from collections.abc import Sequence
from typing import Final

from bot import texts
from bot.effects import Note
from bot.talks import Talk
from intake.attachments import expect_media
from models.choices import AttachmentKind
from organisation.house import House

MEDIA_KINDS: Final = {
    "image": AttachmentKind.PHOTO,
    "voice": AttachmentKind.VOICE,
    "video": AttachmentKind.VIDEO,
}


async def expected(note: Note, *, talk: Talk, house: House) -> tuple[str, Sequence[str]]:
    """Words and attachment ids that `note` adds to a report."""
    if note.kind not in MEDIA_KINDS:
        return texts.PLACE_SAID.format(label=note.text, latitude=note.latitude, longitude=note.longitude), ()
    kind = MEDIA_KINDS[note.kind]
    row = await expect_media(note.media_id, kind=kind, house=house, conversation_id=talk.id)
    return "", (row.id,)
