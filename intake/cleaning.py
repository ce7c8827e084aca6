"""What may be kept of a file that somebody sent, recognised by its first bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from intake.photos import CONTENT_TYPE, FileKindUnknown, FileTooLarge, photo_format, redraw
from intake.voices import check_voice, voice_type
from models.choices import AttachmentKind

MAX_VIDEO_BYTES: Final = 10 * 1024 * 1024
_VIDEO_BRANDS: Final = frozenset({b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"qt  ", b"MSNV", b"M4V "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What may be kept of a file; `seconds` only where the length is known, `bands` only of a photo."""

    content: bytes
    kind: AttachmentKind
    content_type: str
    seconds: int | None = None
    bands: Sequence[str] = ()


async def clean(content: bytes, *, may_be_video: bool = False) -> Cleaned:
    """Recognises by the first bytes, never by name; raises `AttachmentRefused`.

    A video is only taken from WeChat, which has encoded it anew.
    """
    format_name = photo_format(content)
    if format_name is not None:
        drawn = await redraw(content, format_name=format_name)
        return Cleaned(
            content=drawn.content, kind=AttachmentKind.PHOTO, content_type=CONTENT_TYPE, bands=drawn.bands
        )
    sound = voice_type(content)
    if sound is not None:
        kept, seconds = check_voice(content, content_type=sound)
        return Cleaned(content=kept, kind=AttachmentKind.VOICE, content_type=sound, seconds=seconds)
    if may_be_video and content[4:8] == b"ftyp" and content[8:12] in _VIDEO_BRANDS:
        if len(content) > MAX_VIDEO_BYTES:
            raise FileTooLarge
        return Cleaned(content=content, kind=AttachmentKind.VIDEO, content_type="video/mp4")
    raise FileKindUnknown
