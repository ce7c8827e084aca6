"""What was thrown away, or never got its row, leaves the store; what somebody filed or still may file stays."""

import os
from pathlib import Path

from intake.attachments import discard, store_upload
from intake.sweeping import LEFT_ALONE, ROUNDS, sweep
from organisation.house import House
from tests.conftest import World
from tests.intake.test_attachments_linked import photo

ME = "session-me"


async def sweep_all(house: House) -> int:
    return sum([await sweep(turn=turn, house=house) for turn in range(ROUNDS)])


def files(world: World) -> set[str]:
    return {path.name for path in (world.folder / "media").rglob("*") if path.is_file()}


def age(world: World) -> None:
    for path in (world.folder / "media").rglob("*"):
        if path.is_file():
            moment = path.stat().st_mtime - LEFT_ALONE.total_seconds() - 60
            os.utime(path, (moment, moment))


async def test_only_files_without_a_row_go(house: House, world: World) -> None:
    assert await sweep_all(house) == 0, "no store yet"
    kept, thrown_away = [await store_upload(photo(), house=house, session_index=ME) for _ in range(2)]
    await house.media.put("never-got-its-row-00", b"sealed")
    half = Path(world.folder / "media" / "ab" / "abandoned.77.part")
    half.parent.mkdir(exist_ok=True)
    half.write_bytes(b"half")
    await discard([thrown_away.id], session_index=ME)
    assert await sweep_all(house) == 0, "a row may still be on its way"
    age(world)
    assert await sweep_all(house) == 3
    assert files(world) == {kept.id}
