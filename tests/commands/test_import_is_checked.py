"""`mashang import` publishes nothing that the platform's check has not passed, where one is configured."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path

import click
import pytest

from cli import mashang
from commands.errors import line_and_code
from tests.conftest import World
from tests.test_cli_commands import HETANG, environment
from wechat_standin import Settings, StandIn, serve

HEAD = "code,kind,area_code,region_code,title,amount,date,text,beneficiaries,active\n"
MASKED = """"[{""name"": ""王小明"", ""amount"": 500}]\""""
ROWS = (
    f"c-1,fund,education,{HETANG},王小明的补助,500,,按月发给王小明,{MASKED},yes\n",
    f"c-2,policy,civil,{HETANG},低息贷款,,,找我办,,yes\n",
    f"c-3,policy,civil,{HETANG},议事,,,村民集会,,yes\n",
    f"c-4,policy,civil,{HETANG},撤下的贷款,,,,,no\n",
)
Run = Callable[..., str]


@pytest.fixture
def world_name() -> str:
    """What is asked of the platform does not depend on the database."""
    return "sqlite"


@pytest.fixture
async def standin(
    sampled_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[StandIn]:
    """The platform, with a colleague who has just opened the mini-program; the settings name both."""
    platform = StandIn(Settings(callback_url="http://127.0.0.1:1/wechat", retries=0, push_timeout=0.2))
    platform.verdicts = {"贷款": ("risky", 10001), "集会": ("review", 20001)}
    runner = await serve(platform, port=0)
    colleague = platform.add_person("colleague")
    colleague.mini_used_at = platform.clock.now()
    known = platform.settings
    settings = environment(sampled_world.database_url) | {
        "MASHANG_WECHAT_API_URL": platform.public_url,
        "MASHANG_MINI_APPID": known.mini_app_id,
        "MASHANG_MINI_SECRET": known.mini_secret,
        "MASHANG_CHECK_OPENID": colleague.mini_openid,
    }
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    yield platform
    await runner.cleanup()


@pytest.fixture
def bring_in(tmp_path: Path) -> Callable[..., "asyncio.Future[str]"]:
    """Runs the command in a thread of its own, as a process would; answers with its lines and its exit code."""

    def work(*options: str) -> str:
        try:
            mashang.main(args=["import", "disclosures", *options], standalone_mode=False)
        except (click.ClickException, Exception) as refused:
            line, code = line_and_code(refused)
            return f"{code} {line}"
        return "0"

    def run(rows: str, *options: str) -> "asyncio.Future[str]":
        folder = tmp_path / "disclosures"
        folder.mkdir(exist_ok=True)
        (folder / "disclosures.csv").write_text(HEAD + rows, "utf-8")
        return asyncio.ensure_future(asyncio.to_thread(work, *options))

    return run


def published(world: World) -> set[str]:
    with closing(sqlite3.connect(world.database_url.removeprefix("sqlite://"))) as raw:
        return {code for (code,) in raw.execute("SELECT code FROM disclosure WHERE code LIKE 'c-%'")}


async def test_what_it_refuses_is_named_by_row_and_nothing_is_brought_in(
    standin: StandIn, sampled_world: World, bring_in: Run
) -> None:
    said = await bring_in("".join(ROWS))
    lines = said.splitlines()
    assert lines[0].startswith("2 导入文件有 2 处问题，没有导入任何内容") and len(lines) == 3
    assert "disclosures.csv 第 3 行，标题（title）：“低息贷款”" in lines[1] and "广告" in lines[1]
    assert "disclosures.csv 第 4 行，正文（text）：“村民集会”" in lines[2] and "--reviewed" in lines[2]
    assert published(sampled_world) == set()
    asked = [str(call.body["content"]) for call in standin.record.calls if call.path.endswith("sec_check")]
    # as the public will read it, and nothing that is not up
    assert "王*明的补助" in asked and not [words for words in asked if "王小明" in words or "撤下" in words]

    assert await bring_in(ROWS[0] + ROWS[2] + ROWS[3], "--reviewed") == "0"
    assert published(sampled_world) == {"c-1", "c-3", "c-4"}
    standin.record.calls.clear()
    # what the public reads already is not asked about again; what is put up now is
    assert (await bring_in(ROWS[0] + ROWS[3].replace("no\n", "yes\n"))).startswith("2 导入文件有 1 处")
    assert [str(call.body["content"]) for call in standin.record.calls if call.path.endswith("check")] == [
        "撤下的贷款"
    ]


async def test_when_it_cannot_be_asked_nothing_is_brought_in(
    standin: StandIn, sampled_world: World, bring_in: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    standin.clock.offset = 3 * 3600
    said = await bring_in(ROWS[0])
    assert said.startswith("1 内容检测登记的微信号两小时内没有打开过小程序，没有导入任何内容")
    monkeypatch.setenv("MASHANG_WECHAT_API_URL", "http://127.0.0.1:9")
    said = await bring_in(ROWS[0])
    assert said.startswith("1 现在连不上微信平台的内容检测，没有导入任何内容")
    # what publishes nothing needs nobody
    assert await bring_in(ROWS[3]) == "0"
    monkeypatch.delenv("MASHANG_CHECK_OPENID")
    assert await bring_in(ROWS[0]) == "0"
    assert published(sampled_world) == {"c-1", "c-4"}
