"""Takes the pictures of the README from a fresh demo: `.venv/bin/python -m docs.take_pictures`.

The demo is used once from scan to answer. Those of the manual are taken by `take_manual.py`.
"""

import re
from pathlib import Path

import pypdfium2
from playwright.sync_api import Browser, Page

from docs.demo_camera import DESK, HOUSE, PHONE, make_small, running_demo

PICTURES = HOUSE / "docs" / "pictures"
WORDS = "小学食堂这学期多收了两次饭钱，没有收据"
REPLY = "您好，已到学校核对账目。多收的饭钱下周一起退给家长，退款名单会贴在校门口。"


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with running_demo() as demo:
        take_all(demo.browser, system=demo.system, phone=demo.phone)
        print_poster(demo.folder / "posters.pdf")
    make_small(PICTURES, colours=96)


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


if __name__ == "__main__":
    main()
