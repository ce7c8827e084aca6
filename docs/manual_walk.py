"""Somebody who walks the demo as the manual says.

The steps are those written in `docs/manual/`: what a step names in 「」 must be on the page when its picture is taken
(or have been said in the chat), only what a step names is pressed, and every step with a picture is walked, in its
order. Anything else stops the script, so that text, pages and pictures say the same.
"""

import csv
import re
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page
from pyotp import TOTP

from docs.demo_camera import DESK, HOUSE, PHONE, Demo

MANUAL = HOUSE / "docs" / "manual"
PICTURES = MANUAL / "pictures"
PATIENCE = 20_000
STEP = re.compile(r"^### \d+\. (.+)$", re.M)
NAMED = re.compile(r"「([^」]+)」")
PICTURE = re.compile(r"!\[[^\]]*\]\(pictures/([\w-]+\.png)\)")
STAFF = {
    row["username"]: row for row in csv.DictReader((HOUSE / "sample" / "staff.csv").open(encoding="utf-8"))
}
# what is named stands on the page as one of these; a name may leave out what changes, as in 「印…的海报」
MARK = """words => {
  const escaped = words.split("…").map(part => part.replace(/[.*+?^${}()|[\\]\\\\]/g, "\\\\$&"));
  const shape = new RegExp("^" + escaped.join(".*"));
  const text = one => (one.innerText || "").trim().replace(/\\s+/g, " ");
  const seen = one => one.checkVisibility() && one.getBoundingClientRect().width > 1;
  const found = (kinds, fits) => [...document.querySelectorAll(kinds)].find(one => seen(one) && fits(text(one)));
  const pressed = "button, a, summary, label", read = "legend, h1, h2, h3, strong, dt, p.hint";
  const option = [...document.querySelectorAll("option")].find(
    one => one.text.startsWith(words) && seen(one.parentElement));
  const one = found(pressed, given => given === words) || found(pressed, given => shape.test(given))
    || (option && option.closest("select")) || found(read, given => shape.test(given));
  document.querySelectorAll("[data-aimed]").forEach(old => old.removeAttribute("data-aimed"));
  if (!one) return false;
  one.setAttribute("data-aimed", "");
  one.setAttribute("data-shown", "");
  if (!one.matches(read)) {
    one.style.outline = "3px solid #1464ff";
    one.style.outlineOffset = "2px";
  }
  return true;
}"""
UNMARK = """() => document.querySelectorAll("[data-shown]").forEach(one => {
  one.removeAttribute("data-shown");
  one.style.outline = "";
  one.style.outlineOffset = "";
})"""
# the part of a wide page that shows what is marked: from its top if that is enough, else what is around the marks,
# which is only the side column when all of them stand there
PART = """screen => {
  const shown = [...document.querySelectorAll("[data-shown]")].map(one => one.getBoundingClientRect());
  const top = Math.min(...shown.map(one => one.top)) + scrollY;
  const bottom = Math.max(...shown.map(one => one.bottom)) + scrollY;
  const end = document.querySelector("main").lastElementChild.getBoundingClientRect().bottom + scrollY + 24;
  if (!shown.length || bottom + 40 < screen) return {x: 100, y: 0, width: 1166, height: Math.min(end, screen)};
  const isAside = shown.every(one => one.left > 860), y = Math.max(0, Math.min(top - 120, bottom - 570));
  const height = Math.max(360, Math.min(end, bottom + 150) - y);
  return isAside ? {x: 866, y, width: 400, height} : {x: 100, y, width: 1166, height};
}"""


@dataclass(frozen=True, slots=True)
class Step:
    title: str
    named: frozenset[str]
    picture: str


def steps_of(role: str) -> list[Step]:
    """Those with a picture: the others are only read."""
    parts = STEP.split((MANUAL / f"{role}.md").read_text("utf-8"))[1:]
    found = []
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        picture = PICTURE.search(text)
        if picture:
            found.append(Step(title, frozenset(NAMED.findall(title + text)), picture[1]))
    return found


@dataclass
class Walk:
    """Somebody of one role, step by step through the pages."""

    role: str
    demo: Demo
    page: Page
    left: list[Step] = field(default_factory=list)
    now: Step | None = None
    said: set[str] = field(default_factory=set)

    @classmethod
    def begun(cls, role: str, demo: Demo, *, is_phone: bool = False) -> "Walk":
        context = demo.browser.new_context(
            viewport=PHONE if is_phone else DESK, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(PATIENCE)
        return cls(role, demo, context.new_page(), steps_of(role))

    def fail(self, words: str) -> None:
        where = f"{self.role}：{self.now.title if self.now else ''}：{words}"
        raise SystemExit(f"{where}\n{self.page.url}\n{self.page.inner_text('body')[:2000]}")

    def step(self, title: str) -> None:
        """The next one in the text."""
        if not self.left or self.left[0].title != title:
            self.fail(f"下一步应是“{self.left[0].title if self.left else '没有了'}”，不是“{title}”")
        self.now, self.said = self.left.pop(0), set()
        print(f"{self.role}：{title}", flush=True)

    def picture(self, *, at: str = "") -> None:
        """Of the step as the page stands now, with what is named marked; `at` is what a phone shows."""
        if self.now is None:
            self.fail("还没有开始")
            return
        for words in sorted(self.now.named - self.said):
            if not self.page.evaluate(MARK, words):
                self.fail(f"页面上没有「{words}」")
        if at:
            self.page.locator(at).first.evaluate("one => one.scrollIntoView({block: 'center'})")
        self.page.wait_for_timeout(150)
        path, size = PICTURES / self.now.picture, self.page.viewport_size
        if size == DESK:
            part = self.page.evaluate(PART, DESK["height"])
            self.page.screenshot(path=path, full_page=True, clip=part)
        else:
            self.page.screenshot(path=path)
        self.page.evaluate(UNMARK)

    def press(self, words: str, *, opens: bool = True) -> None:
        """`opens` another page; else it unfolds or works by itself."""
        if self.now is None or words not in self.now.named:
            self.fail(f"这一步没有写「{words}」")
        if not self.page.evaluate(MARK, words):
            self.fail(f"页面上没有「{words}」")
        aimed = self.page.locator("[data-aimed]").first
        if opens:
            with self.page.expect_navigation():
                aimed.click()
        else:
            aimed.click()
            self.page.wait_for_timeout(600)
        self.page.evaluate(UNMARK)

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.demo.system + path)

    def sign_in(self, username: str) -> None:
        person = STAFF[username]
        self.go("/console/login")
        self.page.fill("#username", username)
        self.page.fill("#password", person["password"])
        with self.page.expect_navigation():
            self.page.click("main button[type=submit]")
        if person["totp_secret"]:
            self.give_otp(username)

    def give_otp(self, username: str) -> None:
        self.page.fill("#otp", TOTP(STAFF[username]["totp_secret"]).now())
        with self.page.expect_navigation():
            self.page.locator("main button[type=submit]").first.click()

    def in_chat(self, name: str) -> "Walk":
        """On the phone of somebody new, or of whom the demo gave one."""
        self.page.goto(f"{self.demo.phone}/_standin/state")
        people: list[dict[str, Any]] = self.page.evaluate("JSON.parse(document.body.innerText).people")
        known = [one["openid"] for one in people if name and name in one["name"]]
        self.page.goto(f"{self.demo.phone}/?openid={known[0]}" if known else f"{self.demo.phone}/?new=1")
        self.page.wait_for_selector("body[data-ready=yes]")
        return self

    def say(self, words: str) -> str:
        """The answer. What is said counts as named."""
        answers = self.page.locator(".bubble[data-from=account][data-kind=passive]")
        before = answers.count()
        self.page.fill("#text", words)
        self.page.click("#send")
        answers.nth(before).wait_for()
        self.page.wait_for_timeout(400)
        self.said.add(words)
        answer = answers.nth(before).inner_text()
        self.said |= {each for each in (self.now.named if self.now else ()) if each in answer}
        return answer

    def received(self, words: str, *, kind: str = "") -> None:
        """Waits for what comes by itself; what stands in it counts as named."""
        which = f".bubble[data-from=account]{f'[data-kind={kind}]' if kind else ''}"
        bubble = self.page.locator(which, has_text=words).last
        bubble.wait_for(timeout=60_000)
        self.page.wait_for_timeout(400)
        text = bubble.inner_text()
        self.said |= {each for each in (self.now.named if self.now else ()) if each in text}

    def ended(self) -> None:
        if self.left:
            self.fail(f"还有没走的步骤：{'、'.join(each.title for each in self.left)}")
