"""Promises about voices: measured by their frames, at most a minute, without tags."""

import struct

import pytest

from intake.cleaning import clean
from intake.photos import FileTooLarge
from intake.voices import WAV_TYPE, VoiceDamaged, VoiceTooLong, amr_seconds, check_voice, voice_type
from models.choices import AttachmentKind

FRAME = bytes([7 << 3 | 4]) + b"\x55" * 31
SILENCE = bytes([15 << 3 | 4])
MP3_FRAME = b"\xff\xfb\x90\x00" + b"\0" * 413


def amr(frames: int) -> bytes:
    return b"#!AMR\n" + FRAME * frames


@pytest.mark.parametrize(("frames", "seconds"), [(1, 1), (50, 1), (51, 2), (3000, 60)])
async def test_seconds_are_counted_by_frames_and_rounded_up(frames: int, seconds: int) -> None:
    cleaned = await clean(amr(frames))
    assert (cleaned.kind, cleaned.content_type, cleaned.seconds) == (
        AttachmentKind.VOICE,
        "audio/amr",
        seconds,
    )


def test_frames_of_silence_count_too() -> None:
    assert amr_seconds(b"#!AMR\n" + SILENCE * 100) == 2


def test_a_last_frame_cut_short_is_forgiven() -> None:
    assert amr_seconds(amr(50) + FRAME[:10]) == 1


async def test_more_than_a_minute_is_refused() -> None:
    with pytest.raises(VoiceTooLong):
        await clean(amr(3001))


@pytest.mark.parametrize("body", [b"", FRAME[:5], bytes([10 << 3]) * 40])
async def test_no_whole_frame_or_an_unknown_one_is_refused(body: bytes) -> None:
    with pytest.raises(VoiceDamaged):
        await clean(b"#!AMR\n" + body)


async def test_mp3_is_taken_without_its_tags() -> None:
    tag = b"ID3\x04\0\0\0\0\0\x0cOWNER OF IT!"
    cleaned = await clean(tag + MP3_FRAME * 3 + b"TAG" + b"OWNER OF IT!".ljust(125, b"\0"))
    assert cleaned.content == MP3_FRAME * 3
    assert cleaned.content_type == "audio/mpeg"


async def test_a_tag_alone_is_no_voice() -> None:
    with pytest.raises(VoiceDamaged):
        await clean(b"ID3\x04\0\0\0\0\0\x04abcd")


async def test_two_megabytes_are_the_most() -> None:
    with pytest.raises(FileTooLarge):
        await clean(MP3_FRAME * 5100)


def wav(seconds: float, *, rate: int = 8000, kind: int = 1, channels: int = 1, extra: bytes = b"") -> bytes:
    sound = b"\x01\x02" * int(rate * seconds)
    form = struct.pack("<HHIIHH", kind, channels, rate, rate * 2, 2, 16)
    chunks = b"fmt " + struct.pack("<I", 16) + form + extra
    chunks += b"data" + struct.pack("<I", len(sound)) + sound
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def test_wav_keeps_its_sound_and_nothing_else() -> None:
    told = b"LIST" + struct.pack("<I", 12) + b"SECRET-PHONE"
    kept, seconds = check_voice(wav(2.5, extra=told), content_type=WAV_TYPE)
    assert seconds == 3 and kept == wav(2.5) and b"SECRET" not in kept
    assert voice_type(kept) == WAV_TYPE


@pytest.mark.parametrize(
    "content",
    [wav(0), wav(1, channels=2), wav(1, kind=85), wav(1, rate=44100), wav(1)[:30], b"RIFF\0\0\0\0WAVE"],
)
def test_another_wav_is_refused(content: bytes) -> None:
    with pytest.raises(VoiceDamaged):
        check_voice(content, content_type=WAV_TYPE)


def test_a_wav_of_a_minute_is_the_longest() -> None:
    check_voice(wav(60), content_type=WAV_TYPE)
    with pytest.raises(VoiceTooLong):
        check_voice(wav(61), content_type=WAV_TYPE)
