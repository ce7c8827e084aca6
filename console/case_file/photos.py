"""Photos of a report made small for paper, one after the other; each is opened, and noted, as on the page."""

from collections.abc import Mapping
from typing import Final

from access.attachments import open_attachment
from access.viewer import Viewer
from clients.media import MediaGone
from console.case_file import texts
from console.reading import OpenedReport
from intake.attachments import read_attachment
from intake.photos import PhotoDamaged, smaller
from models.attachment import Attachment
from models.choices import AttachmentKind, AttachmentStatus
from organisation.house import House
from press.setting import Picture
from vault.keys import SealBroken

MOST: Final = 100
MOST_BYTES: Final = 16 * 1024 * 1024
"""A photo is a hundred kilobytes, noise four times that. What goes beyond either is named."""
SIDE: Final = 900
"""Pixels; on paper three hundred to the inch."""
Photos = Mapping[str, Picture | None]
"""By attachment; None is one that cannot be opened."""


async def photos_of(it: OpenedReport, *, viewer: Viewer, house: House) -> Photos:
    kept = [
        file
        for said in it.said
        for file in said.attachments
        if file.kind is AttachmentKind.PHOTO and file.status is AttachmentStatus.STORED
    ]
    found: dict[str, Picture | None] = {}
    size = 0
    for file in kept[:MOST]:
        if size >= MOST_BYTES:
            break
        found[file.id] = small = await _small(file, viewer=viewer, house=house)
        size += len(small.jpeg) if small else 0
    return found


async def _small(file: Attachment, *, viewer: Viewer, house: House) -> Picture | None:
    opened = await open_attachment(viewer, attachment_id=file.id, at=house.clock.now())
    try:
        photo = await smaller(await read_attachment(opened, house=house), side=SIDE)
    except (MediaGone, SealBroken, PhotoDamaged):
        return None
    caption = texts.FILE.format(kind=file.kind.label, id=file.id)
    return Picture(jpeg=photo.content, width=photo.width, height=photo.height, caption=caption)
