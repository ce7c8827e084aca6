"""What a form uploads is read into memory with caps, whole or not at all, and no disk sees it before it is sealed."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import FormData, web
from aiohttp.test_utils import TestClient, TestServer

from intake import uploads
from intake.uploads import read_upload
from models.errors import DomainError
from tests.no_disk import no_temporary_files

Post = Callable[..., Awaitable[tuple[str, object]]]
KIND = {"Content-Type": "multipart/form-data; boundary=b"}
FILE = b'--b\r\nContent-Disposition: form-data; name="scan"; filename="../../etc/passwd"\r\n\r\n'
FIELD = b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\n'
END = b"\r\n--b--\r\n"


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    """Answers the key of a refusal, or an empty one and what was read."""
    read: list[tuple[str, object]] = []

    async def take(request: web.Request) -> web.Response:
        try:
            read.append(("", await read_upload(request, files=("scan",), most=2, cap=uploads.SOME_FILES)))
        except DomainError as refused:
            assert len(refused.message) > 8
            read.append((refused.key, None))
        return web.Response()

    app = web.Application()
    app.router.add_post("/", take)
    async with TestClient(TestServer(app)) as client:

        async def sent(body: object, *, headers: dict[str, str] | None = None) -> tuple[str, object]:
            await client.post("/", data=body, headers=headers or {})
            assert uploads._Reading.held == 0
            return read.pop()

        yield sent


async def test_files_and_fields_are_read_in_order_and_on_no_disk(post: Post) -> None:
    form = FormData()
    large = bytes(range(256)) * 16 * 1024
    form.add_field("scan", large, filename="../../etc/passwd")
    form.add_field("text", "村里的账")
    form.add_field("scan", b"\r\n--b", filename="2.jpg")
    form.add_field("text", "不公开")
    with no_temporary_files():
        key, read = await post(form)
    assert key == "" and isinstance(read, uploads.Uploaded)
    assert read.files == {"scan": [large, b"\r\n--b"]}
    assert read.fields == {"text": ["村里的账", "不公开"]}


@pytest.mark.parametrize(
    ("body", "key"),
    [
        (FILE + b"half of it", "upload-broken"),
        (FILE + b"all of it\r\n--b", "upload-broken"),
        (FILE + b"all of it\r\n--b\r\n", "upload-broken"),
        (b"", "upload-broken"),
        (b"no parts at all", "upload-broken"),
        (FIELD + b"\xff\xfe" + END, "upload-broken"),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\nx" + END, "upload-broken"),
        (
            b"--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--" + END,
            "upload-broken",
        ),
        ((FIELD + b"x\r\n") * 61 + b"--b--\r\n", "upload-broken"),
        ((FILE + b"x\r\n") * 3 + b"--b--\r\n", "too-many-files"),
        (FILE + bytes(10 * 1024 * 1024 + 1) + END, "file-too-large"),
        ((FILE + bytes(6 * 1024 * 1024) + b"\r\n") * 2 + b"--b--\r\n", "upload-too-large"),
        (FIELD + b"x" * 65_537 + END, "upload-too-large"),
        ((FIELD + b"x" * 40_000 + b"\r\n") * 2 + b"--b--\r\n", "upload-too-large"),
    ],
    ids=range(14),
)
async def test_what_is_cut_off_broken_or_too_much_is_refused_in_words(
    post: Post, body: bytes, key: str
) -> None:
    assert await post(body, headers=KIND) == (key, None)


async def test_what_does_not_say_how_long_it_is_is_no_way_around(post: Post) -> None:
    async def stream() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield FILE + bytes(6 * 1024 * 1024) + b"\r\n"

    assert (await post(stream(), headers=KIND))[0] in ("upload-too-large", "too-many-files")


async def test_many_at_once_do_not_fill_the_memory(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "HELD_AT_MOST", 1024 * 1024)
    assert await post(FILE + bytes(2 * 1024 * 1024) + END, headers=KIND) == ("uploads-crowded", None)
    # what was held is given back
    assert (await post(FILE + b"x" + END, headers=KIND))[0] == ""
