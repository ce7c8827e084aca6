"""Promises about photos: nothing but the picture survives, bombs are stopped, refusals are named."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from intake.cleaning import clean
from intake.photos import (
    AttachmentRefused,
    FileKindUnknown,
    FileTooLarge,
    PhotoDamaged,
    PhotoIsHeic,
    PhotoTooManyPixels,
    photo_format,
    redraw,
)
from models.choices import AttachmentKind

PLACE = b"SECRET-PLACE"


def picture(size: tuple[int, int] = (40, 20), colour: object = "red", mode: str = "RGB") -> Image.Image:
    return Image.new(mode, size, colour)


def encoded(image: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **more)
    return buffer.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def telling_jpeg() -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "SECRET-PLACE maker"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    return encoded(picture(), exif=exif, comment=PLACE, icc_profile=b"SECRET-PLACE profile", xmp=PLACE)


async def test_nothing_but_the_picture_survives() -> None:
    before = telling_jpeg()
    assert before.count(PLACE) >= 4
    after = (await redraw(before, format_name="JPEG")).content
    assert PLACE not in after and b"Exif" not in after and b"http://ns.adobe.com" not in after
    assert set(opened(after).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


async def test_orientation_is_applied_before_it_is_forgotten() -> None:
    photo = picture((40, 20))
    photo.paste("blue", (0, 0, 20, 20))
    exif = Image.Exif()
    exif[0x0112] = 6
    after = opened((await redraw(encoded(photo, quality=95, exif=exif), format_name="JPEG")).content)
    assert after.size == (20, 40)
    assert after.getpixel((10, 5))[2] > 200, "the left half is on top after a quarter turn"


async def test_a_large_photo_is_made_small() -> None:
    after = opened((await redraw(encoded(picture((4000, 3000))), format_name="JPEG")).content)
    assert after.size == (1600, 1200)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
async def test_every_format_becomes_jpeg(kind: str) -> None:
    cleaned = await clean(encoded(picture(), kind))
    assert cleaned.kind is AttachmentKind.PHOTO
    assert cleaned.content_type == "image/jpeg"
    assert opened(cleaned.content).format == "JPEG"


async def test_of_an_animation_the_first_frame_is_kept() -> None:
    frames = [picture(colour="red"), picture(colour="blue")]
    moving = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
    after = opened((await redraw(moving, format_name="GIF")).content)
    assert getattr(after, "n_frames", 1) == 1
    assert after.getpixel((5, 5))[0] > 200


async def test_what_is_transparent_becomes_white() -> None:
    after = opened(
        (await redraw(encoded(picture(colour=(0, 0, 0, 0), mode="RGBA"), "PNG"), format_name="PNG")).content
    )
    assert min(after.getpixel((5, 5))) > 250


def png_bomb(width: int, height: int) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(12000, 12000), (6000, 6000), (25000, 10)])
async def test_a_bomb_is_stopped_before_it_is_unpacked(size: tuple[int, int]) -> None:
    bomb = png_bomb(*size)
    assert len(bomb) < 100_000
    with pytest.raises(PhotoTooManyPixels):
        await redraw(bomb, format_name="PNG")


async def test_a_photo_cut_short_is_refused() -> None:
    whole = encoded(Image.effect_noise((300, 300), 80))
    with pytest.raises(PhotoDamaged):
        await redraw(whole[: len(whole) // 2], format_name="JPEG")


async def test_heic_is_named() -> None:
    with pytest.raises(PhotoIsHeic, match="photo-is-heic"):
        photo_format(b"\0\0\0\x18ftypheic" + b"\0" * 20)


async def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(FileTooLarge):
        await redraw(b"\xff\xd8\xff" + b"\0" * 10 * 1024 * 1024, format_name="JPEG")


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7", b"<svg onload=x>", b"MZ\x90", b"\0\0\0\x18ftypisom" + b"\0" * 9]
)
async def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(FileKindUnknown):
        await clean(content)


WHOLE = {
    kind: encoded(Image.effect_noise((64, 48), 90).convert("RGB"), kind)
    for kind in ("JPEG", "PNG", "WEBP", "GIF")
}


@settings(max_examples=150, deadline=None)
@given(kind=st.sampled_from(sorted(WHOLE)), data=st.data())
async def test_a_broken_file_is_cleaned_or_refused_and_never_worse(kind: str, data: st.DataObject) -> None:
    broken = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 6))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    try:
        cleaned = await clean(bytes(broken))
    except AttachmentRefused:
        return
    assert cleaned.kind is not AttachmentKind.PHOTO or opened(cleaned.content).format == "JPEG"
