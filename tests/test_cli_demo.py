"""`mashang demo`: everything up from nothing, whatever lay there, and kept over a restart."""

import re
import stat
import urllib.error
import urllib.request
from pathlib import Path

from tests.ports import free_port
from tests.test_cli_commands import is_ready, mashang, running, wait_until


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return answer.read().decode()


def test_the_demo_comes_up_is_alone_and_keeps_what_it_has(tmp_path: Path) -> None:
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    port = free_port(together=2)
    folder = tmp_path / "var/demo"
    posters, secrets, lies = folder / "posters.pdf", folder / "secrets.env", folder / "media" / "old"
    lies.mkdir(parents=True)
    (folder / "mashang.db").write_bytes(b"no database")
    (folder / "mashang.db-wal").touch()
    secrets.write_text("MASHANG_KEYS=old\n")
    with running("demo", "--port", str(port), "--fresh", env=env, cwd=tmp_path):
        wait_until(lambda: is_ready(port) and posters.exists(), seconds=60)
        page = get(f"http://127.0.0.1:{port}/")
        assert re.search(r'data-otp="hetang-leader">\d{6}<', page)
        state = get(f"http://127.0.0.1:{port + 1}/_standin/state")
        assert state.count("/s/") == 120
        people = [each for each in state.split("{") if "联络员" in each or "干部" in each]
        assert len(people) == 3
        second = mashang("demo", "--port", str(port), env=env, cwd=tmp_path)
        assert second.returncode == 2
        assert "只能运行一个" in second.stderr
    assert not lies.exists()
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    kept = secrets.read_bytes()
    with running("demo", "--port", str(port), env=env, cwd=tmp_path):
        wait_until(lambda: is_ready(port), seconds=60)
        assert secrets.read_bytes() == kept
