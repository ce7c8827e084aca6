"""What arrives, read with a cap: JSON of at most 64 KB, one file of at most 10 MB."""

from typing import Final

import orjson
from aiohttp import web
from pydantic import BaseModel, ValidationError

from intake.photos import FileTooLarge
from intake.uploads import MULTIPART, TooManyFiles, UploadBroken, UploadTooLarge, read_upload
from miniapp_api.errors import BodyTooLarge, FieldsWrong, Malformed, NotJson, NotMultipart
from miniapp_api.problems import in_words
from miniapp_api.texts import FILE_MISSING

MAX_JSON: Final = 64 * 1024
_CHUNK: Final = 64 * 1024


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
    """The part named `file`; other parts are passed over."""
    if request.content_type != MULTIPART:
        raise NotMultipart
    try:
        uploaded = await read_upload(request, files=("file",))
    except UploadTooLarge:
        raise FileTooLarge from None
    except (UploadBroken, TooManyFiles):
        raise Malformed from None
    if not uploaded.files:
        raise FieldsWrong([("file", FILE_MISSING)])
    return uploaded.files["file"][0]


def canonical(body: BaseModel | None, *, file: bytes) -> bytes:
    """The same content gives the same bytes, however it was spaced or ordered."""
    if body is None:
        return file
    return orjson.dumps(body.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS)
