"""Photos are drawn again: what leaves here is a plain JPEG that tells nothing of phone, place or owner."""

import asyncio
import io
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from intake.likeness import bands_of
from models.errors import DomainError

MAX_BYTES: Final = 10 * 1024 * 1024
MAX_JPEG_PIXELS: Final = 64_000_000
MAX_PIXELS: Final = 25_000_000
MAX_FRAME_SIDE: Final = 20_000
LONGEST_SIDE: Final = 1600
QUALITY: Final = 85
PRINT_QUALITY: Final = 75
CONTENT_TYPE: Final = "image/jpeg"

# pillow itself refuses above twice this; the check below refuses before anything is unpacked
Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS

_DRAWING = ThreadPoolExecutor(max_workers=2, thread_name_prefix="photo")
_SIGNATURES: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
)
_HEIC_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
)
_DAMAGE: Final = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    OverflowError,
    MemoryError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Smaller:
    """A JPEG in three colours, its sides in pixels."""

    content: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A photo as it is kept; `bands` are what other copies of it have in common with it."""

    content: bytes
    bands: tuple[str, ...]


class AttachmentRefused(DomainError):
    """A file that is not kept; `key` is also the reason stored when it was fetched from WeChat."""

    key = "attachment-refused"
    message = "这个文件不能保存，请换一个再试。"


class FileTooLarge(AttachmentRefused):
    key = "file-too-large"
    message = "文件太大了：照片最大 10 MB，语音最大 2 MB。"


class FileKindUnknown(AttachmentRefused):
    key = "file-kind-unknown"
    message = "认不出这个文件，请发照片（JPG、PNG、WebP、GIF）或语音（AMR、MP3、WAV）。"


class PhotoIsHeic(AttachmentRefused):
    key = "photo-is-heic"
    message = "这张照片是 HEIC 格式，暂时打不开。请在手机相机设置里选“兼容性最佳”，或截屏后再发。"


class PhotoTooManyPixels(AttachmentRefused):
    key = "photo-too-many-pixels"
    message = "这张照片的尺寸太大了，请缩小或截屏后再发。"


class PhotoDamaged(AttachmentRefused):
    key = "photo-damaged"
    message = "这张照片打不开，可能没有传完整，请重新发一次。"


def photo_format(content: bytes) -> str | None:
    """The format by the first bytes, whatever the file calls itself; None when it is no photo.

    Raises `PhotoIsHeic`: the format many phones save in deserves an advice of its own.
    """
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        raise PhotoIsHeic
    return next((name for start, name in _SIGNATURES if content.startswith(start)), None)


async def redraw(content: bytes, *, format_name: str) -> Drawn:
    """JPEG of at most 1600 pixels a side, upright, first frame, without EXIF, comment or profile.

    Raises `FileTooLarge`, `PhotoTooManyPixels` or `PhotoDamaged`.
    """
    if len(content) > MAX_BYTES:
        raise FileTooLarge
    return await asyncio.get_running_loop().run_in_executor(_DRAWING, _redraw, content, format_name)


async def smaller(content: bytes, *, side: int) -> Smaller:
    """A kept photo drawn once more, `side` pixels at most, for paper; raises `PhotoDamaged`."""
    return await asyncio.get_running_loop().run_in_executor(_DRAWING, _smaller, content, side)


def _smaller(content: bytes, side: int) -> Smaller:
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG"]) as photo:
            photo.draft("RGB", (side, side))
            plain = photo.convert("RGB")
    except (*_DAMAGE, Image.DecompressionBombError):
        raise PhotoDamaged from None
    plain.thumbnail((side, side))
    drawn = io.BytesIO()
    plain.save(drawn, "JPEG", quality=PRINT_QUALITY)
    return Smaller(content=drawn.getvalue(), width=plain.width, height=plain.height)


def _redraw(content: bytes, format_name: str) -> Drawn:
    try:
        with Image.open(io.BytesIO(content), formats=[format_name]) as photo:
            width, height = photo.size
            # a JPEG is unpacked at a fraction of its size when that is enough; the others only whole
            limit = MAX_JPEG_PIXELS if format_name == "JPEG" else MAX_PIXELS
            if width * height > limit or max(width, height) > MAX_FRAME_SIDE:
                raise PhotoTooManyPixels
            photo.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            return _as_jpeg(ImageOps.exif_transpose(photo))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise PhotoTooManyPixels from None
    except _DAMAGE:
        raise PhotoDamaged from None


def _as_jpeg(photo: Image.Image) -> Drawn:
    plain = _on_white(photo)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # a JPEG comment would survive convert and save
    plain.info.clear()
    drawn = io.BytesIO()
    plain.save(drawn, "JPEG", quality=QUALITY, optimize=True)
    return Drawn(content=drawn.getvalue(), bands=bands_of(plain))


def _on_white(photo: Image.Image) -> Image.Image:
    if not photo.has_transparency_data:
        return photo.convert("RGB")
    layer = photo.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer.getchannel("A"))
    return paper
