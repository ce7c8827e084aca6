"""What a form uploads, read part by part into memory with caps: nothing of it touches a disk before it is sealed.

aiohttp's own `request.post()` puts files into temporary ones. A field is a file because the door says so: what a part
calls its file, and of what type it says it is, is not looked at.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from aiohttp import BodyPartReader, MultipartReader, StreamReader, web
from aiohttp.http_exceptions import HttpProcessingError

from intake.photos import MAX_BYTES, FileTooLarge
from models.errors import DomainError

MULTIPART: Final = "multipart/form-data"
MEGABYTE: Final = 1024 * 1024
MAX_TEXT: Final = 64 * 1024
"""Of everything that is no file, counted together."""
ONE_FILE: Final = MAX_BYTES + MAX_TEXT
SOME_FILES: Final = 12 * MEGABYTE - MAX_TEXT
"""As much as the proxy lets through (docs/running/nginx.conf)."""
MAX_PARTS: Final = 60
HELD_AT_MOST: Final = 192 * MEGABYTE
"""By all uploads that one process is just reading: whoever sends slowly from many places does not fill its memory."""
_CHUNK: Final = 64 * 1024
# the server takes in as much before anybody asks for it
_READ_AHEAD: Final = 4 * _CHUNK


class UploadBroken(DomainError):
    key = "upload-broken"
    message = "文件没有传完整，请重新上传一次。"


class UploadTooLarge(DomainError):
    key = "upload-too-large"
    message = "一次上传的内容太多了：每个文件最大 10 MB，一共最大 12 MB。请分几次上传。"


class TooManyFiles(DomainError):
    key = "too-many-files"

    def __init__(self, most: int) -> None:
        super().__init__(f"一次最多上传 {most} 个文件，请分几次上传。")


class UploadsCrowded(DomainError):
    key = "uploads-crowded"
    message = "现在上传文件的人太多，请过一两分钟再试；也可以先只发文字。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """By the name of the field, in the order sent; of files their bytes alone."""

    fields: Mapping[str, Sequence[str]]
    files: Mapping[str, Sequence[bytes]]


async def read_upload(
    request: web.Request, *, files: Collection[str], most: int = 1, cap: int = ONE_FILE
) -> Uploaded:
    """A body of `multipart/form-data` to its very end; `files` names the fields that are files, at most `most` in all.

    Raises `UploadBroken`, `UploadTooLarge`, `FileTooLarge`, `TooManyFiles` or `UploadsCrowded`.
    """
    # said to be too large is refused unread
    if (request.content_length or 0) > cap:
        raise UploadTooLarge
    with _Reading(request.content, cap=cap) as content:
        try:
            return await _read_parts(MultipartReader(request.headers, content), files=files, most=most)
        except (ValueError, LookupError, RuntimeError, AssertionError, EOFError, HttpProcessingError):
            # a broken boundary, header, encoding or end
            raise UploadBroken from None


class _Reading(StreamReader):
    """What arrives, with a cap on all of it: also on what stands before, between and after the parts."""

    held = 0

    def __init__(self, content: StreamReader, *, cap: int) -> None:
        # nothing of the base: it is handed on to `content`
        self._content, self._cap, self._mine = content, cap, 0

    def __enter__(self) -> "_Reading":
        return self

    def __exit__(self, *_: object) -> None:
        _Reading.held -= self._mine

    async def read(self, n: int = -1) -> bytes:
        return self._within(await self._content.read(n))

    async def readline(self, *, max_line_length: int | None = None) -> bytes:
        return self._within(await self._content.readline(max_line_length=max_line_length))

    def at_eof(self) -> bool:
        return self._content.at_eof()

    def unread_data(self, data: bytes) -> None:
        self._content.unread_data(data)

    def _within(self, came: bytes) -> bytes:
        so_far = self._content.total_bytes
        if so_far > self._cap + _READ_AHEAD:
            raise UploadTooLarge
        _Reading.held += so_far - self._mine
        self._mine = so_far
        if _Reading.held > HELD_AT_MOST:
            raise UploadsCrowded
        return came


async def _read_parts(reader: MultipartReader, *, files: Collection[str], most: int) -> Uploaded:
    fields: dict[str, list[str]] = defaultdict(list)
    contents: dict[str, list[bytes]] = defaultdict(list)
    text = 0
    for _ in range(MAX_PARTS):
        part = await reader.next()
        if part is None:
            return Uploaded(fields=dict(fields), files=dict(contents))
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise UploadBroken
        if part.name in files:
            contents[part.name].append(await _whole(part, cap=MAX_BYTES, refusal=FileTooLarge))
            if sum(map(len, contents.values())) > most:
                raise TooManyFiles(most)
        else:
            content = await _whole(part, cap=MAX_TEXT - text, refusal=UploadTooLarge)
            text += len(content)
            fields[part.name].append(content.decode())
    raise UploadBroken


async def _whole(part: BodyPartReader, *, cap: int, refusal: type[DomainError]) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        content += chunk
        if len(content) > cap:
            raise refusal
    return bytes(content)
