"""What arrives, read with a cap: JSON of at most 64 KB, one file of at most 10 MB."""

from typing import Final

import orjson
from aiohttp import BodyPartReader, MultipartReader, StreamReader, web
from aiohttp.http_exceptions import HttpProcessingError
from pydantic import BaseModel, ValidationError

from intake.photos import MAX_BYTES, FileTooLarge
from miniapp_api.errors import BodyTooLarge, FieldsWrong, Malformed, NotJson, NotMultipart
from miniapp_api.problems import in_words
from miniapp_api.texts import FILE_MISSING

MAX_JSON: Final = 64 * 1024
MAX_PARTS: Final = 20
MAX_OTHER_PARTS: Final = 64 * 1024
_CHUNK: Final = 64 * 1024
# the server takes in as much before anybody asks for it
_READ_AHEAD: Final = 4 * _CHUNK


async def read_json(request: web.Request, *, shape: type[BaseModel]) -> BaseModel:
    """An empty body reads as `{}`."""
    content = await _read_capped(request)
    if not content.strip():
        content = b"{}"
    elif request.content_type != "application/json":
        raise NotJson
    try:
        return shape.model_validate_json(content)
    except ValidationError as wrong:
        if any(error["type"] == "json_invalid" for error in wrong.errors(include_url=False)):
            raise Malformed from None
        raise in_words(wrong) from None


async def _read_capped(request: web.Request) -> bytes:
    content = bytearray()
    async for chunk in request.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > MAX_JSON:
            raise BodyTooLarge
    return bytes(content)


def read_query(request: web.Request, *, shape: type[BaseModel]) -> BaseModel:
    if any("\0" in value for value in request.query.values()):
        raise Malformed
    try:
        return shape.model_validate(dict(request.query))
    except ValidationError as wrong:
        raise in_words(wrong) from None


async def read_file(request: web.Request) -> bytes:
    """The part named `file`; its name and content type are not looked at. Other parts are passed over."""
    if request.content_type != "multipart/form-data":
        raise NotMultipart
    # said to be too large is refused unread: memory does not grow with what somebody sends
    if (request.content_length or 0) > MAX_BYTES + MAX_OTHER_PARTS:
        raise FileTooLarge
    try:
        found = await _find_file(MultipartReader(request.headers, _Counted(request.content)))
    except (ValueError, RuntimeError, AssertionError, EOFError, HttpProcessingError):
        # a broken boundary, header, encoding or end
        raise Malformed from None
    if found is None:
        raise FieldsWrong([("file", FILE_MISSING)])
    return found


class _Counted(StreamReader):
    """What arrives, with a cap on all of it: also on what stands before, between and after the parts."""

    def __init__(self, content: StreamReader) -> None:
        # nothing of the base: it is handed on to `content`
        self._content = content

    async def read(self, n: int = -1) -> bytes:
        return self._within(await self._content.read(n))

    async def readline(self, *, max_line_length: int | None = None) -> bytes:
        return self._within(await self._content.readline(max_line_length=max_line_length))

    def at_eof(self) -> bool:
        return self._content.at_eof()

    def unread_data(self, data: bytes) -> None:
        self._content.unread_data(data)

    def _within(self, came: bytes) -> bytes:
        if self._content.total_bytes > MAX_BYTES + MAX_OTHER_PARTS + _READ_AHEAD:
            raise FileTooLarge
        return came


async def _find_file(reader: MultipartReader) -> bytes | None:
    for _ in range(MAX_PARTS):
        part = await reader.next()
        if part is None:
            return None
        if not isinstance(part, BodyPartReader):
            raise Malformed
        if part.name == "file":
            return await _read_part(part, cap=MAX_BYTES)
        await _read_part(part, cap=MAX_OTHER_PARTS)
    raise Malformed


async def _read_part(part: BodyPartReader, *, cap: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(_CHUNK):
        content += chunk
        if len(content) > cap:
            raise FileTooLarge
    return bytes(content)


def canonical(body: BaseModel | None, *, file: bytes) -> bytes:
    """The same content gives the same bytes, however it was spaced or ordered."""
    if body is None:
        return file
    return orjson.dumps(body.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)
