"""The file in a body of several parts, in memory: what a rehearsal sends lies on no disk either."""

from dataclasses import dataclass

from aiohttp import BodyPartReader, web


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    content: bytes
    content_type: str
    filename: str


async def file_in(request: web.Request, name: str) -> Uploaded | None:
    async for part in await request.multipart():
        if isinstance(part, BodyPartReader) and part.name == name and part.filename:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            return Uploaded(content=bytes(await part.read()), content_type=kind, filename=part.filename)
    return None
