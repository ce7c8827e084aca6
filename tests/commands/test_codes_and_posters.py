"""Codes and posters by command, in this process: what is printed, and how it is refused."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from cli import mashang
from commands.errors import line_and_code
from tests.conftest import World
from tests.test_cli_commands import HETANG, environment

Run = Callable[..., str]


@pytest.fixture
def world_name() -> str:
    return "sqlite"


@pytest.fixture
def command(
    sampled_world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Run:
    """Answers standard output, or the line of the refusal with its exit code."""
    for name, value in environment(sampled_world.database_url).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> str:
        try:
            mashang.main(arguments, prog_name="mashang", standalone_mode=False)
        except (Exception, click.ClickException) as error:
            line, code = line_and_code(error)
            return f"{code} {line}"
        return capsys.readouterr().out

    return run


def codes_in(text: str) -> list[str]:
    return [row["code"] for row in csv.DictReader(io.StringIO(text))]


def test_codes_are_issued_for_all_and_replaced(command: Run) -> None:
    assert codes_in(command("codes", "issue", "--all", "--each", "village")) == []
    assert len(codes_in(command("codes", "issue", "--region", HETANG, "--purpose", "rate"))) == 6
    (code,) = codes_in(command("codes", "issue", "--region", HETANG, "--area", "civil"))
    (new,) = codes_in(command("codes", "replace", code, "--days", "9"))
    assert new != code
    assert command("codes", "replace", code).startswith("1 这个码已经停用或者已经换过")
    assert command("codes", "retire", new, "--replaced-by", code).startswith("已停用")
    assert command("codes", "issue", "--area", "civil").startswith("2 发码要写 --region")
    assert command("codes", "issue", "--all").startswith("2 --all 要和 --each 一起用")
    assert command("codes", "issue", "--region", "99", "--each", "village").startswith("1 没有这个区划编码")


def test_posters_are_printed_as_asked_or_refused_in_a_line(command: Run, tmp_path: Path) -> None:
    place = ("--region", HETANG)
    assert command("posters", *place, "--size", "stickers", "--out", "s.pdf").startswith("已生成 6 张海报")
    assert command("posters", *place, "--format", "png", "--size", "areas", "--out", "png").startswith(
        "已生成 6"
    )
    assert len(list(tmp_path.glob("png/*/*.png"))) == 1
    assert command("posters", *place, "--format", "png", "--out", "p.pdf").startswith("2 --out 写的不对")
    assert command("posters", *place, "--size", "B5", "--out", "p.pdf").startswith("2 用法不对")
    assert command("posters", "--region", "99", "--out", "p.pdf").startswith("1 没有编码为“99”的区划")
    assert command("posters", *place, "--purpose", "survey", "--out", "p.pdf").startswith(
        "1 这个范围内没有在用"
    )
    (code, *_) = codes_in(command("codes", "list", *place))
    assert command("codes", "reprint", code, "--size", "A4", "--out", "r.pdf").startswith("已生成 1 张海报")
    county = f"{HETANG[:6]}000000"
    assert command("codes", "style", "--county", county, "--header", "县纪委监委").startswith(
        "海报样式已保存"
    )
    assert command("codes", "style", "--county", HETANG).startswith("1 没有这个区划编码")
    assert command("codes", "style", "--county", county, "--colour", "#ffffff").startswith("1 颜色应写成")
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
