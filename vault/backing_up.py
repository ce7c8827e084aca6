"""Both databases and the media into one sealed file, and the file looked through before it counts as one."""

import os
import zlib
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import orjson

from clients.database import rows, text_list
from clients.media import MediaGone, MediaStore
from clients.snapshot import Reading, Table, snapshot, tables, to_plain
from models.fields import to_millis
from vault.parcel import ParcelBroken, ParcelWriter, frames
from vault.vault import Vault

FORMAT: Final = 1
MEDIA: Final = "media"
STORED = "SELECT id FROM attachment WHERE status = 'stored'"
STILL = "SELECT id FROM attachment WHERE id in_list($1)"
Tally = Counter[str]
"""How many rows of each table, and how many media."""


async def back_up(
    path: Path,
    *,
    url: str,
    vault: Vault,
    media: MediaStore,
    at: datetime,
) -> tuple[Tally, list[str]]:
    """Answers what is in the file, and which media were not to be had. Nobody has to stop meanwhile.

    The file appears under its name once it was read back whole; raises `ParcelBroken` if it was not.
    """
    unfinished = path.with_name(path.name + ".part")
    tally: Tally = Counter()
    # what it holds is nobody else's on this machine, whatever the umask
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        parcel = ParcelWriter(file, vault=vault)
        async with snapshot(url) as reading:
            missing = await _write(parcel, reading, media=media, at=at, tally=tally)
        parcel.put({"is": "end", "tally": dict(tally), "missing": missing})
        file.flush()
        os.fsync(file.fileno())
    if look_through(unfinished, vault=vault)[1] != tally:
        raise ParcelBroken
    unfinished.rename(path)
    return tally, await _still_there(missing)


async def _write(
    parcel: ParcelWriter,
    reading: Reading,
    *,
    media: MediaStore,
    at: datetime,
    tally: Tally,
) -> list[str]:
    applied = [row["name"] for row in await rows("SELECT name FROM tortoise_migrations ORDER BY name")]
    parcel.put({"is": "backup", "format": FORMAT, "made_at": to_millis(at), "migrations": applied})
    for table in tables():
        await _write_table(parcel, table, reading, tally=tally)
    missing = []
    async for chunk in reading.rows(STORED):
        for (name,) in chunk:
            try:
                parcel.put({"is": MEDIA, "name": name}, await media.get(name))
                tally[MEDIA] += 1
            except MediaGone:
                missing.append(name)
    return missing


async def _write_table(parcel: ParcelWriter, table: Table, reading: Reading, *, tally: Tally) -> None:
    kinds = list(table.columns.values())
    described = {"columns": table.columns, "selfs": table.selfs, "counted": table.counted}
    parcel.put({"is": "table", "name": table.name, **described})
    names = ", ".join(f'"{name}"' for name in table.columns)
    async for chunk in reading.rows(f'SELECT {names} FROM "{table.name}"'):
        plain = [[to_plain(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in chunk]
        parcel.put(
            {"is": "rows", "name": table.name, "count": len(plain)}, zlib.compress(orjson.dumps(plain))
        )
        tally[table.name] += len(plain)


async def _still_there(missing: list[str]) -> list[str]:
    """A draft thrown away while the backup was made took its media with it, which is no loss."""
    if not missing:
        return []
    return sorted(row["id"] for row in await rows(STILL, text_list(missing)))


def look_through(path: Path, *, vault: Vault) -> tuple[dict[str, Any], Tally]:
    """Opens every frame; answers what the file says of itself and what is in it. Raises `ParcelBroken`."""
    first: dict[str, Any] = {}
    last: dict[str, Any] = {}
    tally: Tally = Counter()
    for head, body in frames(path, vault=vault):
        if last:
            raise ParcelBroken
        match head["is"]:
            case "backup":
                first = head
            case "rows":
                tally[head["name"]] += len(orjson.loads(zlib.decompress(body)))
            case "media":
                tally[MEDIA] += 1
            case "end":
                last = head
    if not first or not last or Counter(last["tally"]) != tally:
        raise ParcelBroken
    return first, tally
