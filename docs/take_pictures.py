"""Takes the pictures of the README from a fresh demo: `.venv/bin/python docs/take_pictures.py`.

Needs Chromium (MASHANG_TEST_CHROMIUM, default /usr/bin/chromium). The demo is started in a folder of its own on
free ports, used once from scan to answer, and stopped.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

HOUSE = Path(__file__).resolve().parent.parent
PICTURES = HOUSE / "docs" / "pictures"
CHROMIUM = os.environ.get("MASHANG_TEST_CHROMIUM", "/usr/bin/chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
DESK: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 360, "height": 740}
WORDS = "小学食堂这学期多收了两次饭钱，没有收据"
REPLY = "您好，已到学校核对账目。多收的饭钱下周一起退给家长，退款名单会贴在校门口。"


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
    for _ in range(120):
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("the demo did not start")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "cli", "demo", "--port", str(port)]
        demo = subprocess.Popen(command, cwd=folder, env={**os.environ, "PYTHONPATH": str(HOUSE)})
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/readyz")
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
                take_all(browser, system=f"http://127.0.0.1:{port}", phone=f"http://127.0.0.1:{port + 1}")
                browser.close()
            print_poster(Path(folder) / "var" / "demo" / "posters.pdf")
            make_small()
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.wait(30)


def take_all(browser: Browser, *, system: str, phone: str) -> None:
    chat = browser.new_page(viewport=DESK)
    code, number = tell(chat, phone=phone)
    desk = browser.new_page(viewport=DESK)
    answer(desk, system=system, number=number)
    chat.wait_for_selector(".bubble[data-kind=custom]")
    chat.wait_for_timeout(500)
    chat.screenshot(path=PICTURES / "chat.png")
    desk.goto(f"{system}/console/reports/{number}")
    desk.screenshot(path=PICTURES / "report.png")
    desk.goto(f"{system}/console/reports")
    desk.screenshot(path=PICTURES / "inbox.png")
    small = browser.new_page(viewport=PHONE)
    small.goto(f"{system}/s/{code}")
    small.screenshot(path=PICTURES / "landing.png")
    small.goto(f"{system}/m/?entry={code}")
    small.wait_for_timeout(1500)
    small.screenshot(path=PICTURES / "web.png")


def tell(page: Page, *, phone: str) -> tuple[str, str]:
    """From the scan to the receipt; the code scanned and the number given."""
    page.goto(phone)
    page.wait_for_selector("body[data-ready=yes]")
    label = page.locator("#poster-select option").nth(1)
    code = str(label.get_attribute("value"))
    page.select_option("#poster-select", code)
    page.click("#scan")
    page.wait_for_selector("#follow:visible")
    page.click("#follow")
    page.wait_for_selector(".bubble[data-from=account]")
    for words in (WORDS, "提交", "不针对个人", "匿名提交"):
        answers = page.locator(".bubble[data-from=account]").count()
        page.fill("#text", words)
        page.click("#send")
        page.locator(".bubble[data-from=account]").nth(answers).wait_for()
    filed = page.locator(".bubble[data-from=account]").last.inner_text()
    found = re.search(r"编号：(\w+)", filed)
    if found is None:
        raise SystemExit("the report was not filed")
    return code, found[1]


def answer(page: Page, *, system: str, number: str) -> None:
    page.goto(f"{system}/console/login")
    page.fill("[name=username]", "hetang-1")
    page.fill("[name=password]", "mashang-demo-1")
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/reports*")
    page.goto(f"{system}/console/reports/{number}")
    page.select_option("[name=kind]", "livelihood")
    page.click("form[action$='/accept'] button")
    page.wait_for_load_state()
    page.fill("form[action$='/reply'] [name=text]", REPLY)
    page.click("form[action$='/reply'] button")
    page.wait_for_load_state()


def print_poster(pdf: Path) -> None:
    page = pypdfium2.PdfDocument(pdf)[0]
    page.render(scale=1.0).to_pil().save(PICTURES / "poster.png")


def make_small() -> None:
    """A picture of a page needs few colours, and the repository is cloned over weak lines."""
    for path in PICTURES.glob("*.png"):
        Image.open(path).convert("RGB").quantize(96).save(path, optimize=True)


if __name__ == "__main__":
    main()
