"""Voice messages: recognised by their first bytes, measured, and kept without the tags a recorder adds."""

from typing import Final

from intake.photos import AttachmentRefused, FileTooLarge

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_SECONDS: Final = 60
AMR_TYPE: Final = "audio/amr"
MP3_TYPE: Final = "audio/mpeg"

_AMR_START: Final = b"#!AMR\n"
_AMR_FRAMES_A_SECOND: Final = 50
# bytes after a frame's first one, by its frame type (3GPP TS 26.101); the others are not used
_AMR_FRAME_SIZES: Final = {0: 12, 1: 13, 2: 15, 3: 17, 4: 19, 5: 20, 6: 26, 7: 31, 8: 5, 15: 0}
_MP3_SYNC: Final = 0xE0
_ID3_HEADER: Final = 10
_ID3_TRAILER: Final = 128


class VoiceTooLong(AttachmentRefused):
    key = "voice-too-long"
    message = "一段语音最长 60 秒，请分成几段来说。"


class VoiceDamaged(AttachmentRefused):
    key = "voice-damaged"
    message = "这段语音打不开，可能没有传完整，请重新说一次。"


def voice_type(content: bytes) -> str | None:
    """The content type by the first bytes (narrow-band AMR or MP3); None when it is no voice."""
    if content.startswith(_AMR_START):
        return AMR_TYPE
    if content.startswith(b"ID3") or _is_mp3_frame(content):
        return MP3_TYPE
    return None


def _is_mp3_frame(content: bytes) -> bool:
    """The sync bits, layer III, and neither of the bit rates and sampling rates that do not exist."""
    if len(content) < 4 or content[0] != 0xFF or content[1] & _MP3_SYNC != _MP3_SYNC:
        return False
    is_layer_three = content[1] & 0x06 == 0x02
    return is_layer_three and content[2] & 0xF0 != 0xF0 and content[2] & 0x0C != 0x0C


def check_voice(content: bytes, *, content_type: str) -> tuple[bytes, int | None]:
    """What is kept, and its length in whole seconds (None for MP3, whose length is not told by its size).

    Raises `FileTooLarge`, `VoiceTooLong` or `VoiceDamaged`.
    """
    if len(content) > MAX_BYTES:
        raise FileTooLarge
    if content_type == MP3_TYPE:
        return without_tags(content), None
    seconds = amr_seconds(content)
    if seconds > MAX_SECONDS:
        raise VoiceTooLong
    return content, seconds


def amr_seconds(content: bytes) -> int:
    """Whole seconds, rounded up; a last frame cut short is not counted."""
    position, frames = len(_AMR_START), 0
    while position < len(content):
        size = _AMR_FRAME_SIZES.get(content[position] >> 3 & 0x0F)
        if size is None:
            raise VoiceDamaged
        position += 1 + size
        frames += position <= len(content)
    if frames == 0:
        raise VoiceDamaged
    return -(-frames // _AMR_FRAMES_A_SECOND)


def without_tags(content: bytes) -> bytes:
    """MP3 without ID3 tags: they may name the phone, its owner and the place."""
    while content.startswith(b"ID3") and len(content) >= _ID3_HEADER:
        size = 0
        for byte in content[6:_ID3_HEADER]:
            size = size << 7 | byte & 0x7F
        content = content[_ID3_HEADER + size :]
    if content[-_ID3_TRAILER:].startswith(b"TAG"):
        content = content[:-_ID3_TRAILER]
    if not _is_mp3_frame(content):
        raise VoiceDamaged
    return content
