"""Voice messages: recognised by their first bytes, measured, and kept without the tags a recorder adds."""

import struct
from typing import Final

from intake.photos import AttachmentRefused, FileTooLarge

MAX_BYTES: Final = 2 * 1024 * 1024
MAX_SECONDS: Final = 60
AMR_TYPE: Final = "audio/amr"
MP3_TYPE: Final = "audio/mpeg"
WAV_TYPE: Final = "audio/wav"

_AMR_START: Final = b"#!AMR\n"
_AMR_FRAMES_A_SECOND: Final = 50
# bytes after a frame's first one, by its frame type (3GPP TS 26.101); the others are not used
_AMR_FRAME_SIZES: Final = {0: 12, 1: 13, 2: 15, 3: 17, 4: 19, 5: 20, 6: 26, 7: 31, 8: 5, 15: 0}
# what the web client records: 16 bits, one channel, at telephone quality
_WAV_RATES: Final = frozenset({8000, 16000})
_WAV_FORMAT: Final = struct.Struct("<HHIIHH")
_WAV_BYTES: Final = 2
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
    """The content type by the first bytes (narrow-band AMR, MP3 or WAV); None when it is no voice."""
    if content.startswith(_AMR_START):
        return AMR_TYPE
    if content[:4] == b"RIFF" and content[8:12] == b"WAVE":
        return WAV_TYPE
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
    if content_type == WAV_TYPE:
        content, seconds = plain_wav(content)
    else:
        seconds = amr_seconds(content)
    if seconds > MAX_SECONDS:
        raise VoiceTooLong
    return content, seconds


def plain_wav(content: bytes) -> tuple[bytes, int]:
    """The sound under a header of our own, and whole seconds: what else the file held is left behind."""
    rate, sound = 0, b""
    position = 12
    while position + 8 <= len(content):
        name, size = (
            content[position : position + 4],
            int.from_bytes(content[position + 4 : position + 8], "little"),
        )
        chunk = content[position + 8 : position + 8 + size]
        if name == b"fmt " and len(chunk) >= _WAV_FORMAT.size:
            kind, channels, rate, _, _, bits = _WAV_FORMAT.unpack(chunk[: _WAV_FORMAT.size])
            if (kind, channels, bits) != (1, 1, 16):
                raise VoiceDamaged
        elif name == b"data":
            sound = chunk[: len(chunk) // _WAV_BYTES * _WAV_BYTES]
        position += 8 + size + size % 2
    if rate not in _WAV_RATES or not sound:
        raise VoiceDamaged
    return wav_of(sound, rate=rate), -(-len(sound) // (rate * _WAV_BYTES))


def wav_of(sound: bytes, *, rate: int) -> bytes:
    """Sound of 16 bits and one channel under the shortest header there is."""
    form = _WAV_FORMAT.pack(1, 1, rate, rate * _WAV_BYTES, _WAV_BYTES, 16)
    head = b"RIFF" + struct.pack("<I", 36 + len(sound)) + b"WAVEfmt " + struct.pack("<I", len(form)) + form
    return head + b"data" + struct.pack("<I", len(sound)) + sound


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
