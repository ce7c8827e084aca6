"""Promises about voices: measured by their frames, at most a minute, without tags."""

import pytest

from intake.attachments import clean
from intake.photos import FileTooLarge
from intake.voices import VoiceDamaged, VoiceTooLong, amr_seconds
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
