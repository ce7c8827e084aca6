"""What an engineer types to keep the system: each says in a line what was done, or why not."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cli import mashang
from clients.database import opened
from commands import examining
from commands.errors import REFUSALS, CommandRefused
from commands.examining import sayings_findings, work_findings
from models.errors import DomainError
from models.log_check import LogCheck
from models.saying import Saying
from organisation.live import read_table
from tests.conftest import World
from tests.test_app_doors import settings_for
from tests.test_cli_commands import environment
from vault.log import record
from vault.restoring import TargetNotEmpty

pytestmark = pytest.mark.parametrize("world_name", ["sqlite"])
NEW = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@pytest.fixture
def typed(sampled_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    for name, value in environment(sampled_world.database_url).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, str]:
        code = mashang.main(list(arguments), standalone_mode=False)
        return code or 0, capsys.readouterr().out

    return run


def test_backup_restore_and_the_log(typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = typed("backup", "all.backup")
    assert code == 0 and "已备份并核对" in said and "另外保管" in said
    with pytest.raises(CommandRefused):
        typed("backup", "all.backup")
    with pytest.raises(TargetNotEmpty):
        typed("restore", "all.backup")
    monkeypatch.setenv("MASHANG_DATABASE_URL", f"sqlite://{tmp_path}/again.db")
    code, said = typed("restore", "all.backup")
    assert code == 0 and "已恢复" in said and "留痕完整" in said
    assert "还没有锚点" in typed("audit", "anchors")[1]
    code, said = typed("audit", "verify", "--anchor", f"2026-11-26:{'0' * 64}")
    assert code == 1 and "纸上留存的不一样" in said
    with pytest.raises(CommandRefused):
        typed("audit", "verify", "--anchor", "x")


async def test_the_doctor_sees_what_waits_and_what_was_harmed(
    sampled_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(sampled_world)
    async with opened(sampled_world.database_url):
        assert [one async for one in work_findings(settings)] == []
        long_ago = datetime.now(UTC) - timedelta(hours=1)
        await record("ledger.read", by="staff:1", at=long_ago)
        await LogCheck.create(checked_at=datetime.now(UTC), found=[["changed", 1, 1, ""]])
        monkeypatch.setattr(examining, "ROOM_SHARE", 2)
        said = [one.words async for one in work_findings(settings)]
    assert len(said) == 3
    assert "留痕被动过" in said[0] and "没有封链" in said[1] and "磁盘快满了" in said[2]


async def test_the_doctor_tells_of_a_word_that_is_a_village_s_name(sampled_world: World) -> None:
    async with opened(sampled_world.database_url):
        table = await read_table(1)
        village = next(table.tree.nodes.villages()).name
        await Saying.create(meaning="greeting", word=village)
        await Saying.create(meaning="thanks", word="难为你")
        (finding,) = await sayings_findings(table)
        assert finding.is_note and f"“{village}”" in finding.words
        await Saying.all().update(is_active=False)
        assert await sayings_findings(table) == []


def test_keys_change_step_by_step(typed, monkeypatch: pytest.MonkeyPatch) -> None:
    old = os.environ["MASHANG_KEYS"]
    assert "加密用" in typed("keys", "status")[1]
    with pytest.raises(CommandRefused):
        typed("keys", "rotate")
    monkeypatch.setenv("MASHANG_KEYS", f"{NEW},{old}")
    code, said = typed("keys", "rotate")
    assert code == 0 and "已改封" in said and "可以从 MASHANG_KEYS 里去掉" in said
    monkeypatch.setenv("MASHANG_KEYS", old)
    with pytest.raises(DomainError) as refused:
        typed("backup", "x.backup")
    assert isinstance(refused.value, REFUSALS)
    monkeypatch.setenv("MASHANG_KEYS", NEW)
    assert typed("backup", "x.backup")[0] == 0


def test_how_long_everything_is_kept_and_what_is_over(typed) -> None:
    code, said = typed("retention", "plan")
    assert code == 0 and "没有保管期满的反映" in said and "已销毁、只留底数 0 件" in said
    assert "（已改）" not in typed("retention", "rules")[1]
    assert typed("retention", "set", "report", "15y", "--kind", "clue", "--status", "closed")[0] == 0
    assert "15 年      反映：检举控告，已结案（已改）" in typed("retention", "rules")[1]
    for wrong in (("report", "2m", "--status", "closed"), ("events", "1y"), ("inbox", "soon")):
        with pytest.raises(CommandRefused):
            typed("retention", "set", *wrong)
