"""A backup of either database goes into either, whole; without the keys it is noise, and harmed it is refused."""

import os
import sqlite3
import zlib
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from clients.database import migrate, opened
from clients.media import MediaStore
from clients.schema import known_migrations
from clients.snapshot import snapshot, tables, to_plain
from intake.attachments import read_attachment
from models.attachment import Attachment
from models.choices import AttachmentStatus, Role
from models.staff import Staff
from organisation.house import House
from tests.conftest import INDEX_KEY, POSTGRES_URL, World, is_listening, left_out, make_vault, run_on_postgres
from tests.factories import NOW, make_staff
from tests.properties.dumps import forms
from tests.properties.test_a_dump_shows_nothing import SECRETS, VOICE, told
from vault.backing_up import back_up, look_through
from vault.chain import Chain
from vault.keys import KeyUnknown
from vault.known_keys import require_known_keys
from vault.log import record
from vault.parcel import ParcelBroken, ParcelWriter, frames
from vault.restoring import BackupTooNew, TargetNotEmpty, restore
from vault.sealing import seal_some
from vault.vault import Vault
from vault.verifying import verify_log

__all__ = ["told"]

ONE_DATABASE = pytest.mark.parametrize("world_name", ["sqlite"])
FRESH = f"mashang_test_restored_{os.getpid()}"


@pytest.fixture
async def backup(told: House, world: World, tmp_path: Path) -> Path:
    await require_known_keys(told.vault, at=NOW)
    await record("ledger.read", by="staff:1", at=NOW, data={"b": 1, "a": [True, None, 0.5]})
    await seal_some(Chain(told.vault))
    path = tmp_path / "mashang.backup"
    _, missing = await back_up(path, url=world.database_url, vault=told.vault, media=told.media, at=NOW)
    assert missing == []
    return path


@pytest.fixture
async def elsewhere(world: World, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database of the other kind."""
    if world.name == "postgres":
        yield f"sqlite://{tmp_path}/elsewhere.db"
        return
    if not is_listening(POSTGRES_URL, 5432):
        left_out("PostgreSQL")
    await run_on_postgres(POSTGRES_URL, f"DROP DATABASE IF EXISTS {FRESH}", f"CREATE DATABASE {FRESH}")
    yield f"{POSTGRES_URL.rsplit('/', 1)[0]}/{FRESH}"
    await run_on_postgres(POSTGRES_URL, f"DROP DATABASE IF EXISTS {FRESH} WITH (FORCE)")


async def restored(path: Path, url: str, *, vault: Vault | None = None) -> MediaStore:
    media = MediaStore(path.parent / "restored-media")
    await restore(path, url=url, vault=vault or make_vault(), media=media, known=known_migrations())
    return media


async def everything(url: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table in tables():
        kinds = list(table.columns.values())
        names = ", ".join(f'"{name}"' for name in table.columns)
        lines = []
        async with snapshot(url) as reading:
            async for chunk in reading.rows(f'SELECT {names} FROM "{table.name}"'):
                lines += [str([plain(v, k) for v, k in zip(row, kinds, strict=True)]) for row in chunk]
        found[table.name] = sorted(lines)
    return found


def plain(value: Any, kind: str) -> Any:
    said = to_plain(value, kind)
    return orjson.dumps(orjson.loads(said), option=orjson.OPT_SORT_KEYS) if kind == "json" and said else said


async def test_it_goes_into_the_other_kind_of_database_whole(
    told: House, world: World, backup: Path, elsewhere: str
) -> None:
    before = await everything(world.database_url)
    assert sum(map(len, before.values())) > 60
    media = await restored(backup, elsewhere)
    async with opened(elsewhere):
        assert await everything(elsewhere) == before
        verdict = await verify_log(Chain(make_vault()))
        assert (verdict.found, verdict.waiting) == ([], 0) and verdict.sealed > 5
        assert await require_known_keys(make_vault(), at=NOW)
        voice = await Attachment.filter(status=AttachmentStatus.STORED).first()
        assert voice is not None
        moved = House(**{name: getattr(told, name) for name in House.__slots__} | {"media": media})
        assert b"the sound of a voice" in VOICE
        assert b"the sound of a voice" in await read_attachment(voice, house=moved)
        # the next id goes on after the last
        newest = (await Staff.all().order_by("-id").first()).id
        made = await make_staff("newcomer", body="T-EAST", role=Role.HANDLER, name="新来的")
        assert made.id > newest


@ONE_DATABASE
async def test_without_the_keys_it_is_noise(told: House, backup: Path) -> None:
    content = backup.read_bytes()
    for secret in [*SECRETS, "柳树村", "t-east-l", "staff_session"]:
        assert not any(form in content for form in forms(secret)), secret
    assert backup.stat().st_mode & 0o077 == 0
    with pytest.raises(KeyUnknown) as refused:
        look_through(backup, vault=Vault(keys=[bytes(32)], index_key=INDEX_KEY))
    assert make_vault().ring.ids[0] in refused.value.message


@ONE_DATABASE
async def test_what_was_harmed_is_refused_before_anything_is_touched(backup: Path, tmp_path: Path) -> None:
    whole = backup.read_bytes()
    last = list(frames(backup, vault=make_vault()))[-1]
    assert last[0]["is"] == "end"
    harmed = tmp_path / "harmed.backup"
    middle = len(whole) // 2
    flipped = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    for content in (whole[:-1], whole[:middle], flipped, whole + whole[-40:], b"PK\x03\x04", b""):
        harmed.write_bytes(content)
        with pytest.raises(ParcelBroken):
            await restored(harmed, f"sqlite://{tmp_path}/untouched.db")
    # a whole number of frames without the last one
    with harmed.open("wb") as file:
        again = ParcelWriter(file, vault=make_vault())
        for head, body in frames(backup, vault=make_vault()):
            if head["is"] != "end":
                again.put(head, body)
    with pytest.raises(ParcelBroken):
        await restored(harmed, f"sqlite://{tmp_path}/untouched.db")
    assert not (tmp_path / "untouched.db").exists()
    assert not (tmp_path / "restored-media").exists()


@ONE_DATABASE
async def test_only_an_empty_database_is_filled_and_only_by_a_program_new_enough(
    told: House, world: World, backup: Path, tmp_path: Path
) -> None:
    with pytest.raises(TargetNotEmpty):
        await restored(backup, world.database_url)
    with pytest.raises(BackupTooNew):
        await restore(
            backup, url=f"sqlite://{tmp_path}/x.db", vault=told.vault, media=told.media, known=["0001_first"]
        )


@ONE_DATABASE
async def test_a_backup_of_the_first_release_is_brought_up_to_date(
    world: World, backup: Path, elsewhere: str, tmp_path: Path
) -> None:
    """Made here by leaving out what came later, as the program of that day would not have had it."""
    first = known_migrations()[:1]
    await migrate(f"sqlite://{tmp_path}/first.db", only=first)
    old = tmp_path / "first.backup"
    with old.open("wb") as file:
        parcel, tally = ParcelWriter(file, vault=make_vault()), Counter[str]()
        for head, body in as_of(columns_of(tmp_path / "first.db"), backup, migrations=first):
            if head["is"] == "rows":
                tally[head["name"]] += head["count"]
            tally["media"] += head["is"] == "media"
            parcel.put({**head, "tally": tally} if head["is"] == "end" else head, body)
    await restored(old, elsewhere)
    async with opened(elsewhere):
        after = await everything(elsewhere)
        assert len(after["message"]) > 2 and len(after["event"]) > 5
        chain = Chain(make_vault())
        await seal_some(chain)
        assert (await verify_log(chain)).found == []


def as_of(
    known: dict[str, set[str]], backup: Path, *, migrations: list[str]
) -> Iterator[tuple[dict[str, Any], bytes]]:
    names: list[str] = []
    for head, body in frames(backup, vault=make_vault()):
        kept = known.get(head.get("name", ""), set())
        match head["is"]:
            case "backup":
                yield {**head, "migrations": migrations}, body
            case "table" if kept:
                names = list(head["columns"])
                yield {**head, "columns": {n: k for n, k in head["columns"].items() if n in kept}}, body
            case "rows" if kept:
                places = [index for index, name in enumerate(names) if name in kept]
                rows = [[row[index] for index in places] for row in orjson.loads(zlib.decompress(body))]
                yield head, zlib.compress(orjson.dumps(rows))
            case "media" | "end":
                yield head, body


def columns_of(path: Path) -> dict[str, set[str]]:
    with sqlite3.connect(path) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: {row[1] for row in file.execute(f'PRAGMA table_info("{name}")')} for name in names}
