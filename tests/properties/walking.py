"""Every GET that somebody can make, found in the route table and by following what the pages offer."""

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

from aiohttp import web

from casework.texts import ACTIONS
from tests.properties.two_systems import Running

PASSING_HEADERS = {"Date", "Set-Cookie"}
MOST = 900
# of many rows of one kind the pages are made alike
ALIKE = 10
# they take nothing from the person and give nothing of the data
UNASKED = {"/wechat", "/wechat/mini", "/metrics"}
# WeChat draws another ticket each time it is asked
DRAWN = "/wechat.png"
PART = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Told:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


Walk = dict[str, Told]


@dataclass(frozen=True)
class Words:
    """What somebody who suspects the hidden report would try. `parts` gives values for the parts of a path.

    A part that is not in it fails the walk: who adds a route says here what can be asked of it.
    """

    number: str
    owner: str
    around: int
    parts: dict[str, list[str]]
    tried: list[str]

    def queries(self) -> list[dict[str, str]]:
        asked = [{"q": self.number, "status": "received", "owner": self.owner}, {"owner": self.owner}]
        asked += [{"cursor": f"{self.around + 1}-{self.number}"}, {"cursor": self.number}, {"limit": "1"}]
        return asked


class Offered(HTMLParser):
    """Links, and forms that ask by GET with everything that can be filled in."""

    def __init__(self, *, base: str) -> None:
        super().__init__()
        self.base = base
        self.links: list[str] = []
        self.forms: list[tuple[str, dict[str, list[str]]]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("a", "link", "img", "script", "audio", "video", "source", "iframe"):
            self._link(given.get("href") or given.get("src") or "")
        elif tag == "form":
            action = given.get("action") or urlsplit(self.base).path
            self.is_asking = given.get("method", "get").lower() == "get"
            if self.is_asking:
                self.forms.append((action, {}))
        elif tag in ("input", "select", "textarea") and self._fields() is not None and given.get("name"):
            is_fixed = given.get("type") in ("hidden", "radio", "checkbox")
            self._fields().setdefault(given["name"], []).extend([given.get("value", "")] if is_fixed else [])
            self._select = given["name"] if tag == "select" else ""
        elif tag == "option" and self._select and self._fields() is not None:
            self._fields()[self._select].append(given.get("value", ""))

    is_asking = False

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.is_asking = False

    def _fields(self) -> dict[str, list[str]] | None:
        return self.forms[-1][1] if self.is_asking and self.forms else None

    def _link(self, address: str) -> None:
        full = urljoin(self.base, address)
        if address and full.startswith("/"):
            self.links.append(full.split("#")[0])


@dataclass
class Walker:
    """`doors` are the openings of paths that this person would knock at."""

    system: Running
    headers: dict[str, str]
    words: Words
    doors: tuple[str, ...] = ("/",)
    seen: Walk = field(default_factory=dict)
    followed: Counter[str] = field(default_factory=Counter)

    async def walk(self) -> Walk:
        waiting = list(self._starts())
        while waiting:
            address = waiting.pop(0)
            if address in self.seen or not self._is_ours(address):
                continue
            assert len(self.seen) < MOST, f"the walk does not end: {list(self.seen)[-20:]}"
            told = await self.ask("GET", address)
            assert told.status < 500, (address, told.body)
            self.seen[address] = told
            waiting += self._offered(address, told)
        return self.seen

    async def ask(self, method: str, address: str, **given: object) -> Told:
        asked = self.system.client.request(
            method, address, headers=self.headers, allow_redirects=False, **given
        )
        async with asked as answer:
            headers = tuple(
                sorted((name, value) for name, value in answer.headers.items() if name not in PASSING_HEADERS)
            )
            if urlsplit(address).path.endswith(DRAWN):
                return Told(answer.status, (), b"")
            return Told(answer.status, headers, await answer.read())

    async def heads(self) -> Walk:
        asked = [a for a in self.seen if self.words.number in a]
        return {f"HEAD {address}": await self.ask("HEAD", address) for address in asked}

    async def attempts(self, *, csrf: str) -> Walk:
        """Every action on the report that is not there; a form that is wrong and one that looks right."""
        forms = [{}, {"kind": "clue", "text": "好", "reason": "亲属", "body": self.words.owner, "who": "x"}]
        told: Walk = {}
        for route in sorted(posts(self.system.app), key=lambda route: route.canonical):
            if "{number}" not in route.canonical or not route.canonical.startswith(self.doors):
                continue
            for action in ACTIONS if "{action}" in route.canonical else ("",):
                path = route.canonical.replace("{number}", self.words.number).replace("{action}", action)
                for form in forms:
                    data = {**form, "csrf_token": csrf}
                    given = {"json": form} if path.startswith("/api/") else {"data": data}
                    told[f"POST {path} {sorted(form)}"] = await self.ask("POST", path, **given)
        return told

    def _is_ours(self, address: str) -> bool:
        return address.startswith(self.doors)

    def _starts(self) -> Iterator[str]:
        for resource in gets(self.system.app):
            canonical = resource.canonical
            if canonical in UNASKED:
                continue
            names = PART.findall(canonical)
            for name in names:
                assert name in self.words.parts, f"say in PARTS what to ask of {canonical} for {{{name}}}"
            for values in itertools.product(*(self.words.parts[name] for name in names)):
                path = canonical
                for name, value in zip(names, values, strict=True):
                    path = path.replace(f"{{{name}}}", quote(value, safe="/"))
                yield path
            if not names:
                yield from (f"{canonical}?{urlencode(query)}" for query in self.words.queries())

    def _offered(self, address: str, told: Told) -> list[str]:
        kind = dict(told.headers).get("Content-Type", "")
        if "json" in kind and not address.endswith("openapi.json"):
            cursor = json.loads(told.body).get("next_cursor") if told.body.startswith(b"{") else None
            return [f"{urlsplit(address).path}?cursor={quote(cursor)}"] if cursor else []
        # a refusal offers what every page of theirs offers, and most of what they try is refused
        if "html" not in kind or told.status >= 400:
            return []
        page = Offered(base=address)
        page.feed(told.body.decode())
        followed = [link for link in dict.fromkeys(page.links) if self._is_worth_following(link)]
        return followed + [one for form in page.forms for one in self._filled(*form)]

    def _is_worth_following(self, link: str) -> bool:
        parts = urlsplit(link)
        if link in self.seen or parts.path.startswith(("/console/reports/", "/console/attachments/")):
            return link not in self.seen
        names = "&".join(sorted(name for name, _value in parse_qsl(parts.query)))
        self.followed[f"{parts.path.rpartition('/')[0]}?{names}"] += 1
        return self.followed[f"{parts.path.rpartition('/')[0]}?{names}"] <= ALIKE

    def _filled(self, action: str, fields: dict[str, list[str]]) -> list[str]:
        """Each field by itself with each value, the others as they stand."""
        rest = {name: (values or [""])[0] for name, values in fields.items()}
        filled = []
        for name, values in fields.items():
            for value in [*values, *([] if values else self.words.tried)]:
                filled.append(f"{action}?{urlencode(rest | {name: value})}")
        return filled


def gets(app: web.Application) -> list[web.AbstractResource]:
    """Every address that answers a GET, mounted applications included."""
    found = {}
    for route in app.router.routes():
        if route.method in ("GET", "*") and route.resource is not None:
            found[route.resource.canonical] = route.resource
    return [found[name] for name in sorted(found)]


def posts(app: web.Application) -> list[web.AbstractResource]:
    found = {}
    for route in app.router.routes():
        if route.method == "POST" and route.resource is not None:
            found[route.resource.canonical] = route.resource
    return list(found.values())


def differing(one: Walk, other: Walk) -> dict[str, str]:
    """Address → where the answers part."""
    parted = {}
    for address in sorted(one.keys() | other.keys()):
        first, second = one.get(address), other.get(address)
        if first == second:
            continue
        if first is None or second is None:
            parted[address] = "only one of them leads there"
        elif first.status != second.status or first.headers != second.headers:
            parted[address] = f"{first.status} {second.status} {set(first.headers) ^ set(second.headers)}"
        else:
            at = next(
                (
                    i
                    for i, pair in enumerate(zip(first.body, second.body, strict=False))
                    if pair[0] != pair[1]
                ),
                0,
            )
            at = max(0, at - 60)
            parted[address] = f"{first.body[at : at + 160]!r}\n{second.body[at : at + 160]!r}"
    return parted
