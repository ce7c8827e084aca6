"""Everything a thief of the disk or of the logs would hold, and every way a secret may be written in it."""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import asyncpg

from clients.database import sqlite_path
from clients.redis import coordinated
from tests.conftest import World

SHORTEST = 5
"""Bytes: anything shorter turns up in ciphertext by chance."""


async def dumps(world: World) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every place where something is kept."""
    found: list[tuple[str, bytes]] = []
    path = sqlite_path(world.database_url)
    if path is not None:
        found += [(each.name, each.read_bytes()) for each in path.parent.glob("mashang.db*")]
    else:
        found += await tables(world.database_url)
        if shutil.which("pg_dump"):
            dump = ["pg_dump", "--inserts", "--schema", "public", world.database_url]
            done = subprocess.run(dump, capture_output=True, check=False)
            # a client older than its server refuses; the tables above are the same
            found += [("pg_dump", done.stdout)] if done.returncode == 0 else []
    media = world.folder / "media"
    found += [(f"media/{each.name}", named(each)) for each in media.rglob("*") if each.is_file()]
    found += [(each.name, each.read_bytes()) for each in world.folder.glob("*.log")]
    if world.redis_url:
        found.append(("redis", await everything_in_redis(world.redis_url)))
    return iter(found)


async def everything_in_redis(url: str) -> bytes:
    """Keys and values as Redis itself would write them to its file; short things are written plainly in there."""
    held = []
    async with coordinated(url) as coordination:
        async for key in coordination.redis.scan_iter():
            held += [key, await coordination.redis.dump(key) or b""]
    return b"\n".join(held)


def named(path: Path) -> bytes:
    return path.name.encode() + b"\n" + path.read_bytes()


async def tables(url: str) -> list[tuple[str, bytes]]:
    server = await asyncpg.connect(url)
    try:
        names = await server.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        found = []
        for (name,) in names:
            rows = await server.fetch(f'SELECT * FROM public."{name}"')
            found.append((name, b"\n".join(written(value) for row in rows for value in row.values())))
        return found
    finally:
        await server.close()


def written(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def forms(secret: str) -> set[bytes]:
    """UTF-8, UTF-16, JSON escapes, percent signs, hex and base64 (wherever it begins in a longer text)."""
    plain = secret.encode()
    raw = {plain, secret.encode("utf-16-le"), secret.encode("utf-16-be")}
    made = raw | {json.dumps(secret)[1:-1].encode(), quote(secret).encode(), quote(secret).lower().encode()}
    for each in raw:
        made |= {each.hex().encode(), each.hex().upper().encode()}
        made |= {
            part for encode in (base64.b64encode, base64.urlsafe_b64encode) for part in inner(each, encode)
        }
    return {each for each in made if len(each) > SHORTEST}


def inner(raw: bytes, encode: object) -> Iterator[bytes]:
    """The characters of base64 that depend on `raw` alone, for each of the three ways it may be aligned."""
    for offset in range(3):
        text = encode(b"\0" * offset + raw)  # type: ignore[operator]
        first = (0, 2, 3)[offset]
        whole = (len(raw) + offset) * 8 // 6
        yield text[first:whole]


async def leaks(world: World, secrets: dict[str, str]) -> list[tuple[str, str]]:
    """Where which kind of secret can be read: (place, kind)."""
    places = list(await dumps(world))
    return sorted(
        {
            (place, kind)
            for secret, kind in secrets.items()
            for form in forms(secret)
            for place, content in places
            if form in content
        }
    )
