"""Codes and posters by command, in this process: what is printed, and how it is refused."""

import csv
import io
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import click
import pypdfium2
import pytest
import zxingcpp

from cli import mashang
from commands.errors import line_and_code
from qrcodes import unfinished
from tests.conftest import World
from tests.ports import free_port
from tests.test_cli_commands import HETANG, ROOT, environment

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


KILLED = """
import os, signal, sys
sys.argv[0] = "mashang"
import qrcodes.unfinished as unfinished
from cli import main
plain, parts = unfinished.draw_sheets, []
def draw_sheets(*given, progress, **more):
    parts.append(0)
    def hear(done):
        progress(done)
        if len(parts) == 3 and done == 5:
            os.kill(os.getpid(), signal.SIGKILL)
    return plain(*given, progress=hear, **more)
unfinished.draw_sheets = draw_sheets
main()
"""


def test_one_big_pdf_goes_on_where_its_process_was_killed(
    command: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = ("posters", "--region", f"{HETANG[:4]}00000000")
    command(*asked, "--out", "whole.pdf")
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    killed = [sys.executable, "-c", KILLED, *asked, "--out", "p.pdf"]
    ended = subprocess.run(killed, check=False, env=environ, timeout=60, capture_output=True)
    assert ended.returncode == -signal.SIGKILL
    assert not (tmp_path / "p.pdf").exists()
    assert len((tmp_path / ".p.pdf.parts").read_text().splitlines()) == 2

    drawn: list[int] = []
    plain = unfinished.draw_sheets

    def counted(*given: Any, **more: Any) -> int:
        drawn.append(plain(*given, **more))
        return drawn[-1]

    monkeypatch.setattr(unfinished, "draw_sheets", counted)
    assert command(*asked, "--out", "p.pdf").startswith("已生成 120 张海报")
    assert 0 < sum(drawn) < 120 and len(drawn) == 4
    assert (tmp_path / "p.pdf").read_bytes() == (tmp_path / "whole.pdf").read_bytes()
    assert {file.name for file in tmp_path.glob("*p.pdf*")} == {"p.pdf"}


@pytest.fixture
def platform(command: Run, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The WeChat stand-in in a process of its own, where `command` finds it instead of nothing."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "wechat_standin", "--port", str(port)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert process.stdout and process.stdout.readline()
    monkeypatch.setenv("MASHANG_WECHAT_API_URL", f"http://127.0.0.1:{port}")
    yield
    process.terminate()
    process.wait()


def spend(world: World, *, left: int) -> None:
    """Permanent codes made in years past, of codes that are retired by now."""
    spent = """WITH RECURSIVE old(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM old WHERE n < ?)
      INSERT INTO entry_code (code, purpose, area_id, region_id, status, issued_at, account_url)
      SELECT 'OLD' || n, 'report', 'civil', ?, 'retired', 0, 'http://weixin.qq.com/q/' || n FROM old"""
    with closing(sqlite3.connect(world.database_url.removeprefix("sqlite://"))) as database, database:
        database.execute(spent, (100_000 - left, HETANG))


def links_of(file: Path) -> set[str]:
    with pypdfium2.PdfDocument(file) as document:
        pages = [page.render(scale=2).to_pil().convert("L") for page in document]
    return {square.text for page in pages for square in zxingcpp.read_barcodes(page)}


@pytest.mark.usefixtures("platform")
def test_the_account_s_permanent_codes_are_counted_said_and_refused_before_the_last_is_gone(
    command: Run, sampled_world: World, tmp_path: Path
) -> None:
    place = ("--region", HETANG, "--via", "account", "--out", "a.pdf")
    said = command("posters", *place, "--area", "civil")
    assert said.startswith("公众号永久二维码：这次新做 1 个，还剩 99999 个") and "快用完了" not in said
    (link,) = links_of(tmp_path / "a.pdf")
    assert "/s/" not in link
    codes = codes_in(command("codes", "list", "--region", HETANG))
    spend(sampled_world, left=3)
    assert command("posters", *place) == (
        "1 公众号的永久二维码一共 100000 个，只剩 2 个，这次要用 5 个，没有生成。"
        "请缩小范围，或者不加 --via account，用网址二维码（不限个数）。"
    )
    again = command("codes", "reprint", codes[0], codes[1], "--via", "account", "--out", "r.pdf")
    assert "快用完了" in again and "已生成 2 张海报" in again
    assert len(links_of(tmp_path / "r.pdf")) == 2
    (new,) = codes_in(command("codes", "replace", codes[0]))
    assert command("codes", "reprint", codes[0], "--via", "account", "--out", "r.pdf").startswith(
        "1 这个码已"
    )
    assert "只剩" in command("codes", "reprint", new, *codes[3:5], "--via", "account", "--out", "r.pdf")
