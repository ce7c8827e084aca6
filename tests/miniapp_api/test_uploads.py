"""What a phone may send: made harmless or refused with a sentence, and memory does not grow with it."""

import gc
import io
import struct
import zlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from PIL import Image

from intake import unfiled
from miniapp_api import answering
from miniapp_api.reading import read_file
from models.attachment import Attachment
from models.entry_code import EntryCode
from tests.miniapp_api.conftest import Phone
from tests.no_disk import no_temporary_files

MEGABYTE = 1024 * 1024


@pytest.fixture
def world_name() -> str:
    """What is kept of a file does not depend on the database."""
    return "sqlite"


def drawn(kind: str, **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(made, kind, **more)
    return made.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (30.0, 15.0, 0.0)
    exif[0x8825] = gps
    return drawn("JPEG", exif=exif)


def animated() -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "green")]
    made = io.BytesIO()
    frames[0].save(made, "GIF", save_all=True, append_images=frames[1:])
    return made.getvalue()


def bomb() -> bytes:
    """A few kilobytes of PNG that say they are 30000 × 30000."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 10**6))
        + chunk(b"IEND", b"")
    )


REFUSED = {
    "empty": (b"", "file-kind-unknown"),
    "text": (b"hello", "file-kind-unknown"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "file-kind-unknown"),
    "a program": (b"MZ\x90\0" + b"\0" * 200, "file-kind-unknown"),
    "an archive": (b"PK\x03\x04" + b"\0" * 200, "file-kind-unknown"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "file-kind-unknown"),
    "heic": (b"\0\0\0\x18ftypheic" + b"\0" * 200, "photo-is-heic"),
    "cut off": (drawn("JPEG")[:300], "photo-damaged"),
    "a bomb": (bomb(), "photo-too-many-pixels"),
    "a photo by its first bytes only": (b"\xff\xd8\xff\xe0" + b"junk" * 50, "photo-damaged"),
}


async def test_what_cannot_be_kept_is_refused_with_a_sentence(phone: Phone) -> None:
    for name, (content, key) in REFUSED.items():
        answer = await phone.upload(content)
        assert (answer.status, answer.body["type"]) == (422, key), name
        assert len(answer.body["title"]) > 8
    assert await Attachment.all().count() == 0


async def test_what_is_kept_is_a_plain_picture(phone: Phone) -> None:
    polyglot = drawn("JPEG") + b"PK\x03\x04<script>alert(1)</script>"
    for content in (with_place(), animated(), polyglot, drawn("PNG"), drawn("WEBP")):
        with no_temporary_files():
            stored = await phone.upload(content)
        assert stored.status == 201, stored.body
        shown = await phone.get(f"/attachments/{stored.body['id']}")
        picture = Image.open(io.BytesIO(shown.raw))
        assert picture.format == "JPEG" and not picture.getexif() and getattr(picture, "n_frames", 1) == 1
        assert b"script" not in shown.raw and b"Exif" not in shown.raw


async def test_without_room_no_more_is_taken_and_words_are(
    client: TestClient[Any, Any], entry: EntryCode, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones = [
        await Phone(client, more={"X-Forwarded-For": address}).sign_in()
        for address in ("192.0.2.1", "192.0.2.2")
    ]
    first = await phones[0].upload(drawn("JPEG"))
    monkeypatch.setattr(unfiled, "MOST_BYTES_A_SOURCE", (await Attachment.get()).size * 3 // 2)
    answer = await phones[0].upload(drawn("JPEG"))
    assert (answer.status, answer.body["type"]) == (429, "too-many") and answer.headers[
        "Retry-After"
    ] == "3600"
    assert (await phones[1].upload(drawn("JPEG"))).status == 201, "another source"
    monkeypatch.setattr(unfiled, "MOST_FILES", 2)
    full = await phones[1].upload(drawn("JPEG"))
    assert (full.status, full.body["type"]) == (503, "uploads-full") and "先只发文字" in full.body["title"]
    assert await Attachment.all().count() == 2
    # what was filed takes no room any more
    monkeypatch.setattr(unfiled, "MOST_BYTES_A_SOURCE", 10 * MEGABYTE)
    assert (await phones[0].file(entry.code, attachments=[first.body["id"]])).status == 201
    assert (await phones[1].upload(drawn("JPEG"))).status == 201


def resident() -> int:
    """The most this process has held since it was asked to count anew, in bytes."""
    with open("/proc/self/status") as told:
        return next(int(line.split()[1]) * 1024 for line in told if line.startswith("VmHWM"))


async def stream(size: int) -> object:
    block = b"\xff\xd8\xff" + b"\0" * 65533
    for _ in range(size // len(block)):
        yield block


async def test_twenty_megabytes_leave_the_process_as_it_was(phone: Phone) -> None:
    await phone.upload(drawn("JPEG"))
    size = 20 * MEGABYTE
    gc.collect()
    try:
        with open("/proc/self/clear_refs", "w") as cleared:
            cleared.write("5")
    except OSError:
        pytest.skip("this system does not count memory anew")
    before = resident()
    for _ in range(3):
        headers = {"Content-Type": "multipart/form-data; boundary=b", "Content-Length": str(size)}
        try:
            answer = await phone.ask("POST", "/attachments", data=stream(size), headers=headers)
        except aiohttp.ClientError:
            continue  # cut off while still sending
        assert (answer.status, answer.body["type"]) == (413, "file-too-large")
    assert resident() - before < 10 * MEGABYTE
    assert await Attachment.all().count() == 1


PREAMBLE = (b"x" * 4094 + b"\r\n") * 16
PARTS = b'--b\r\nContent-Disposition: form-data; name="other"\r\n\r\n' + b"x" * 60_000 + b"\r\n"
INSIDE = b"\0" * 65536


@pytest.mark.parametrize("block", [PREAMBLE, PARTS, INSIDE], ids=["preamble", "parts", "file"])
async def test_what_does_not_say_how_long_it_is_is_refused_at_the_same_length(
    phone: Phone, block: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []

    async def measured(request: web.Request) -> bytes:
        try:
            return await read_file(request)
        finally:
            taken.append(request.content.total_bytes)

    async def endless() -> AsyncIterator[bytes]:
        if block is INSIDE:
            yield b'--b\r\nContent-Disposition: form-data; name="file"\r\n\r\n'
        while True:
            yield block

    monkeypatch.setattr(answering, "read_file", measured)
    await phone.upload(drawn("JPEG"))
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    try:
        answer = await phone.ask("POST", "/attachments", data=endless(), headers=headers)
    except aiohttp.ClientError:
        pass  # cut off while still sending
    else:
        assert answer.status in (400, 413)
    assert len(taken) == 2 and taken[1] < 12 * MEGABYTE
    assert await Attachment.all().count() == 1
