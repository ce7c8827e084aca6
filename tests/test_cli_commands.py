"""The command line as an operator meets it: real processes, exit codes, one clear line when it cannot."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.conftest import INDEX_KEY, KEY, SAMPLE, World
from tests.ports import free_port

ROOT = Path(__file__).parent.parent
HETANG = "990121101201"


def environment(database_url: str, *, port: int = 8000, redis_url: str = "") -> dict[str, str]:
    from base64 import b64encode

    kept = {name: value for name, value in os.environ.items() if not name.startswith("MASHANG_")}
    return kept | {
        "MASHANG_DATABASE_URL": database_url,
        "MASHANG_REDIS_URL": redis_url,
        "MASHANG_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MASHANG_KEYS": b64encode(KEY).decode(),
        "MASHANG_INDEX_KEY": b64encode(INDEX_KEY).decode(),
        "MASHANG_OA_APPID": "wx0123456789abcdef",
        "MASHANG_OA_SECRET": "0123456789abcdef0123456789abcdef",
        "MASHANG_OA_TOKEN": "standin",
        "MASHANG_OA_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
        "MASHANG_WECHAT_API_URL": "http://127.0.0.1:9",
    }


def command(*arguments: str) -> list[str]:
    return [sys.executable, str(ROOT / "cli.py"), *arguments]


def mashang(
    *arguments: str, env: dict[str, str], cwd: Path, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*arguments),
        check=False,
        env=env,
        cwd=cwd,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=120,
    )


def refusal(done: subprocess.CompletedProcess[str], *, code: int) -> str:
    """The one line on standard error."""
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 1
    return lines[0]


@contextmanager
def running(*arguments: str, env: dict[str, str], cwd: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command(*arguments), env=env, cwd=cwd)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so, *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about in time"
        time.sleep(0.1)


def is_ready(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_an_installation_from_nothing(tmp_path: Path) -> None:
    env = environment(f"sqlite://{tmp_path}/new.db")
    assert "先运行 mashang migrate" in refusal(mashang("decide", env=env, cwd=tmp_path), code=1)
    assert "先运行 mashang migrate" in refusal(mashang("web", env=env, cwd=tmp_path), code=1)
    assert mashang("migrate", env=env, cwd=tmp_path).returncode == 0
    assert mashang("migrate", env=env, cwd=tmp_path).returncode == 0
    first = mashang("import", str(SAMPLE), env=env, cwd=tmp_path)
    assert first.returncode == 0
    assert "entries.csv：新增 120" in first.stdout
    assert mashang("import", str(SAMPLE), env=env, cwd=tmp_path).stdout == "没有变化\n"


def test_missing_settings_are_named_all_at_once(tmp_path: Path) -> None:
    env = {name: value for name, value in os.environ.items() if not name.startswith("MASHANG_")}
    line = refusal(mashang("web", env=env, cwd=tmp_path), code=2)
    for name in ("KEYS", "INDEX_KEY", "PUBLIC_URL", "OA_APPID", "OA_SECRET", "OA_TOKEN", "OA_AES_KEY"):
        assert f"MASHANG_{name} 没有设置" in line


@pytest.mark.parametrize(
    "arguments",
    [("nothing",), ("codes", "list", "--colour"), ("posters", "--out", "x.pdf"), ("web", "--port", "0")],
)
def test_wrong_usage_is_a_chinese_line(arguments: tuple[str, ...], tmp_path: Path) -> None:
    line = refusal(mashang(*arguments, env=environment("sqlite://x.db"), cwd=tmp_path), code=2)
    assert line.startswith("用法不对：")


def test_a_database_that_is_away_is_said_in_a_line(tmp_path: Path) -> None:
    env = environment("postgres://nobody:hidden-word@127.0.0.1:9/none", redis_url="redis://127.0.0.1:9/0")
    for arguments in (("migrate",), ("web",), ("decide",)):
        line = refusal(mashang(*arguments, env=env, cwd=tmp_path), code=1)
        assert "连不上数据库" in line
        assert "hidden-word" not in line


def test_a_file_that_is_no_database_is_said_in_a_line_and_left_alone(tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database " * 600)
    for command in ("migrate", "web", "decide"):
        line = refusal(mashang(command, env=environment(f"sqlite://{broken}"), cwd=tmp_path), code=1)
        assert "已经损坏" in line
    assert broken.read_bytes() == b"not a database " * 600


def test_decide_and_codes_in_both_worlds(sampled_world: World, tmp_path: Path) -> None:
    env = environment(sampled_world.database_url, redis_url=sampled_world.redis_url)
    listed = mashang("codes", "list", "--region", HETANG, env=env, cwd=tmp_path)
    rows = list(csv.DictReader(io.StringIO(listed.stdout)))
    assert len(rows) == 6
    assert {row["region_code"] for row in rows} == {HETANG}
    assert rows[0]["url"] == f"http://127.0.0.1:8000/s/{rows[0]['code']}"
    facts = json.dumps({"entry": rows[0]["code"].lower(), "level": "none"})
    answer = json.loads(mashang("decide", env=env, cwd=tmp_path, stdin=facts).stdout)
    assert answer["body"] == "lc-hetang"
    assert answer["reasons"]
    assert answer["liaisons_told"] == ["16900991001"]
    facts = json.dumps({"region": HETANG, "area": "civil", "level": "everyone"})
    assert "level" in refusal(mashang("decide", env=env, cwd=tmp_path, stdin=facts), code=2)


def test_output_that_nobody_reads_is_no_error(sampled_world: World, tmp_path: Path) -> None:
    if sampled_world.name != "sqlite":
        return
    process = subprocess.Popen(
        command("codes", "list"),
        env=environment(sampled_world.database_url),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 1


@pytest.mark.parametrize("world_name", ["sqlite"])
def test_only_one_web_on_sqlite_and_short_commands_beside_it(sampled_world: World, tmp_path: Path) -> None:
    port = free_port()
    env = environment(sampled_world.database_url, port=port)
    assert "只能用一个进程" in refusal(mashang("web", "--processes", "2", env=env, cwd=tmp_path), code=2)
    assert "worker" in refusal(mashang("worker", env=env, cwd=tmp_path), code=2)
    with running("web", "--port", str(port), env=env, cwd=tmp_path) as first:
        wait_until(lambda: is_ready(port))
        second = mashang("web", "--port", str(free_port()), env=env, cwd=tmp_path)
        assert "只能运行一个" in refusal(second, code=2)
        issued = mashang("codes", "issue", "--region", HETANG, "--area", "civil", env=env, cwd=tmp_path)
        code = issued.stdout.splitlines()[1].split(",")[0]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/s/{code}", timeout=5) as page:
            assert page.status == 200
        made = mashang("posters", "--region", HETANG, "--out", "p.pdf", env=env, cwd=tmp_path)
        assert made.returncode == 0
        assert (tmp_path / "p.pdf").read_bytes().startswith(b"%PDF")
        first.send_signal(signal.SIGTERM)
        assert first.wait(15) == 0
    with running("web", "--port", str(port), env=env, cwd=tmp_path):
        wait_until(lambda: is_ready(port))


@pytest.mark.parametrize("world_name", ["postgres"])
def test_processes_are_kept_and_never_outlive_their_parent(sampled_world: World, tmp_path: Path) -> None:
    port = free_port()
    env = environment(sampled_world.database_url, port=port, redis_url=sampled_world.redis_url)
    arguments = ("web", "--port", str(port), "--processes", "2")
    with running(*arguments, env=env, cwd=tmp_path) as parent:
        wait_until(lambda: is_ready(port))
        wait_until(lambda: len(children_of(parent.pid)) == 2)
        time.sleep(4)
        victim, other = children_of(parent.pid)
        os.kill(victim, signal.SIGKILL)
        wait_until(lambda: victim not in children_of(parent.pid) and len(children_of(parent.pid)) == 2)
        assert other in children_of(parent.pid)
        wait_until(lambda: is_ready(port))
        orphans = children_of(parent.pid)
        parent.kill()
        wait_until(lambda: not any(is_alive(child) for child in orphans))
    with running(*arguments, env=env, cwd=tmp_path) as parent:
        wait_until(lambda: is_ready(port))
        children = children_of(parent.pid)
        parent.send_signal(signal.SIGTERM)
        assert parent.wait(20) == 0
        assert not any(is_alive(child) for child in children)


@pytest.mark.parametrize("world_name", ["postgres"])
def test_without_redis_there_is_one_web_too(sampled_world: World, tmp_path: Path) -> None:
    port = free_port()
    env = environment(sampled_world.database_url, port=port)
    assert "只能用一个进程" in refusal(mashang("web", "--processes", "2", env=env, cwd=tmp_path), code=2)
    with running("web", "--port", str(port), env=env, cwd=tmp_path):
        wait_until(lambda: is_ready(port))
        second = mashang("web", "--port", str(free_port()), env=env, cwd=tmp_path)
        assert "只能运行一个" in refusal(second, code=2)


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    import socket

    env = environment(f"sqlite://{tmp_path}/new.db")
    assert mashang("migrate", env=env, cwd=tmp_path).returncode == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = mashang("web", "--port", str(port), env=env, cwd=tmp_path)
    assert done.returncode == 1
    assert f"端口 {port} 打不开" in done.stderr.splitlines()[-1]


def test_doctor_names_what_is_missing(sampled_world: World, tmp_path: Path) -> None:
    redis_url = sampled_world.redis_url or f"redis://127.0.0.1:{free_port()}"
    env = environment(sampled_world.database_url, redis_url=redis_url)
    done = mashang("doctor", env=env, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert ("✓ Redis" if sampled_world.redis_url else "✗ 连不上 Redis") in done.stdout
    assert "✓ 数据库连得上" in done.stdout
    assert "✓ 组织配置没有错误" in done.stdout
    assert "! 廉情监督长还没有绑定微信" in done.stdout
    assert "✗ 公众号的凭据没能核对：连不上微信平台" in done.stdout
    assert "✗ 没有配置这些消息模板" in done.stdout
