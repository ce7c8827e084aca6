"""A fresh demo in a folder of its own on free ports, a browser to walk it, and pictures small enough for a repository.

Needs Chromium (MASHANG_TEST_CHROMIUM, default /usr/bin/chromium).
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

HOUSE = Path(__file__).resolve().parent.parent
CHROMIUM = os.environ.get("MASHANG_TEST_CHROMIUM", "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 360, "height": 740}


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """`system` and `phone` are addresses, `folder` is where its data stand."""

    browser: Browser
    system: str
    phone: str
    folder: Path


@contextlib.contextmanager
def running_demo() -> Iterator[Demo]:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "cli", "demo", "--port", str(port)]
        demo = subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(HOUSE)})
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/readyz")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                yield Demo(
                    browser=browser,
                    system=f"http://127.0.0.1:{port}",
                    phone=f"http://127.0.0.1:{port + 1}",
                    folder=Path(folder) / "var" / "demo",
                )
                browser.close()
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(30)


def free_port() -> int:
    """A port that is free together with the next one, which the phone takes."""
    while True:
        with socket.socket() as one, socket.socket() as two:
            one.bind(("127.0.0.1", 0))
            port: int = one.getsockname()[1]
            try:
                two.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def wait_until_ready(url: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the demo did not start")


def make_small(folder: Path, *, colours: int) -> None:
    """A picture of a page needs few colours, and the repository is cloned over weak lines."""
    for path in folder.glob("*.png"):
        Image.open(path).convert("RGB").quantize(colours).save(path, optimize=True)
