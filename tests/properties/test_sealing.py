"""After a busy day a thief of database, media and logs reads nothing of what was said, by whom, or about whom."""

import os
import random
import re
import secrets as chance_of_machine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.bot.chatting import RECEIPT
from tests.conftest import World
from tests.journeys.people import STAFF
from tests.journeys.system import System, a_system
from tests.properties.dumps import forms, inner, leaks
from tests.properties.soaking import SOAK
from wechat_standin.samples import photo

VILLAGE = "990121101201"
CHARACTERS = [chr(code) for code in range(0x4E00, 0x9FA5)]
CSRF = re.compile(r'name="csrf_token" value="([0-9a-f]+)"')


@dataclass
class Day:
    """`secrets` maps what nobody may find to its kind."""

    system: System
    http: aiohttp.ClientSession
    chance: random.Random
    code: str
    secrets: dict[str, str] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)

    def words(self, kind: str, *, at_least: int = 6) -> str:
        made = "".join(self.chance.choices(CHARACTERS, k=self.chance.randint(at_least, 18)))
        self.secrets[made] = kind
        return made

    def name(self, kind: str) -> str:
        made = "".join(self.chance.choices(CHARACTERS, k=3))
        self.secrets[made] = kind
        return made

    def phone(self) -> str:
        made = f"139{self.chance.randrange(10**8):08d}"
        self.secrets[made] = "telephone"
        return made

    def keep_receipt(self, receipt: str) -> None:
        digits = receipt.replace(" ", "")
        grouped = " ".join(digits[start : start + 4] for start in range(0, 16, 4))
        self.secrets |= {digits: "receipt", grouped: "receipt"}

    async def in_the_chat(self, *, is_filed: bool) -> None:
        standin = self.system.standin
        person = standin.add_person()
        self.secrets[person.openid] = "openid"
        await standin.scan(person.openid, self.code)
        for _ in range(self.chance.randint(1, 2)):
            await standin.say(person.openid, self.words("words"))
        await standin.send_photo(person.openid)
        await standin.send_place(person.openid, latitude=27.51, longitude=110.12, label=self.words("place"))
        if not is_filed:
            return
        await standin.say(person.openid, "提交")
        await standin.say(person.openid, "村干部")
        await standin.say(person.openid, "实名提交")
        await standin.say(person.openid, self.name("reporter"))
        push = await standin.say(person.openid, self.phone())
        found = RECEIPT.search(push.reply["Content"]) if push.reply else None
        assert found, push
        self.keep_receipt(found[1])
        await standin.say(person.openid, "查询")
        await standin.say(person.openid, found[1])

    async def in_the_mini_program(self) -> None:
        person = self.system.standin.add_person()
        self.secrets[person.mini_openid] = "mini openid"
        code = self.system.standin.mini_login(person.openid)
        token = (await self._post("sessions", {"js_code": code}))["token"]
        self.secrets[token] = "session token"
        form = aiohttp.FormData()
        form.add_field("file", photo(), filename="photo.jpg", content_type="image/jpeg")
        attachment = await self._post("attachments", form, token=token)
        filed = await self._post("reports", self._report(attachment["id"]), token=token)
        self.keep_receipt(filed["receipt"])
        self.numbers.append(filed["number"])
        opened = await self._post("receipts", {"receipt": filed["receipt"]})
        self.secrets[opened["token"]] = "session token"
        await self._post(f"reports/{filed['number']}/messages", {"text": self.words("words")}, token=token)

    def _report(self, attachment: str) -> dict[str, Any]:
        return {
            "entry": self.code,
            "level": "village",
            "text": self.words("words"),
            "subject": {"name": self.name("subject"), "post": "村委会主任", "unit": self.words("unit")},
            "identity": {"mode": "named", "name": self.name("reporter"), "phone": self.phone()},
            "occurred_on": "2026-03-07",
            "location": {"latitude": 27.123456, "longitude": 110.654321},
            "attachments": [attachment],
            "avoid": ["liaison"],
        }

    async def _post(self, path: str, body: Any, *, token: str = "") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers["Idempotency-Key"] = chance_of_machine.token_hex(8)
        form = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}
        async with self.http.post(f"{self.system.base}/api/v1/{path}", headers=headers, **form) as answer:
            assert answer.status in (200, 201), await answer.text()
            return dict(await answer.json())

    async def at_the_console(self, username: str) -> None:
        password = STAFF[username]["password"]
        self.secrets[password] = "password"
        await self._form("/console/login", username=username, password=password)
        cookies = self.http.cookie_jar.filter_cookies(self.system.base + "/console/")
        self.secrets[cookies["mashang_console"].value] = "console session"
        for number in self.numbers:
            page = f"/console/reports/{number}"
            await self._form(f"{page}/accept", shown_at=page, kind="clue")
            await self._form(f"{page}/reply", shown_at=page, text=self.words("reply"))
        async with self.http.get(
            f"{self.system.base}/console/reports", params={"q": next(iter(self.secrets))}
        ) as answer:
            assert answer.status == 200

    async def _form(self, path: str, *, shown_at: str = "", **fields: str) -> None:
        async with self.http.get(self.system.base + (shown_at or path)) as page:
            found = CSRF.search(await page.text())
        assert found, (page.status, path)
        fields["csrf_token"] = found[1]
        async with self.http.post(self.system.base + path, data=fields, allow_redirects=False) as answer:
            assert answer.status == 303, await answer.text()

    async def ask_wrongly(self, log: Path) -> None:
        """What the doors answer to mistakes that carry a secret, and what `/metrics` tells, are kept to be searched."""
        words = [secret for secret, kind in self.secrets.items() if kind in ("words", "reporter", "receipt")]
        secret = words[0]
        receipt = next(each for each, kind in self.secrets.items() if kind == "receipt")
        asked = [
            ("GET", f"/nowhere/{secret}", {}),
            ("GET", f"/s/{secret}", {}),
            ("GET", f"/api/v1/reports/{secret}", {}),
            ("GET", f"/console/reports/{secret}", {}),
            ("GET", f"/console/attachments/{secret}?{secret}", {}),
            ("POST", "/api/v1/reports", {"data": f'{{"text": "{secret}'}),
            ("POST", "/api/v1/reports", {"json": {"text": 7, secret: secret, "entry": secret}}),
            ("POST", "/api/v1/receipts", {"json": {"receipt": f"{receipt}1"}}),
            (
                "POST",
                "/api/v1/attachments",
                {"data": secret, "headers": {"Content-Type": secret.encode().hex()}},
            ),
            ("POST", "/console/login", {"data": {"username": secret, "password": secret}}),
            ("POST", "/wechat", {"data": f"<xml><Encrypt>{secret}</Encrypt></xml>"}),
            ("PUT", f"/m/{secret}", {"data": secret}),
            ("GET", "/metrics", {}),
        ]
        answers = []
        for method, path, more in asked:
            async with self.http.request(method, self.system.base + path, **more) as answer:
                assert answer.status < 500, (method, path, answer.status)
                answers.append(await answer.read())
        assert b"mashang_requests_total" in answers[-1]
        log.write_bytes(b"\n".join(answers))


@pytest.mark.timeout(120 * SOAK)
async def test_a_thief_reads_nothing(sampled_world: World) -> None:
    seed = int(os.environ.get("MASHANG_SEED", "0")) or chance_of_machine.randbelow(10**9)
    print(f"MASHANG_SEED={seed}")
    async with a_system(sampled_world) as system:
        await system.start()
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(cookie_jar=jar) as http:
            code = (await system.codes(region=VILLAGE, area="civil"))[0]["code"]
            day = Day(system, http, random.Random(seed), code)
            for turn in range(6 * SOAK):
                await day.in_the_chat(is_filed=turn % 3 > 0)
            for _ in range(2 * SOAK):
                await day.in_the_mini_program()
            await day.at_the_console("hetang-1")
            http.cookie_jar.clear()
            await day.ask_wrongly(sampled_world.folder / "answers.log")
        bind = STAFF["shigu-2"]
        person = system.standin.add_person()
        await system.standin.follow(person.openid)
        words = f"{bind['phone']} {bind['bind_code']}"
        await system.standin.say(person.openid, f"绑定 {words}")
        day.secrets[words] = "bind code"
        day.secrets[person.openid] = "openid of staff"
        day.secrets |= {
            STAFF["hetang-leader"]["totp_secret"]: "one-time-code secret",
            system.standin.settings.secret: "app secret",
            system.standin.settings.token: "callback token",
            **{call.query["access_token"]: "access token" for call in system.standin.record.calls
               if "access_token" in call.query},
        }  # fmt: skip
        # while it runs: what SQLite has not yet carried from its log into the file counts too
        assert set(await leaks(sampled_world, day.secrets)) == set()
        await system.stop()
    assert set(await leaks(sampled_world, day.secrets)) == set()
    # what is no secret is found, so what is secret would have been
    assert await leaks(sampled_world, {"柳溪头村": "name of a village", day.numbers[0]: "number"})
    assert list((sampled_world.folder / "media").rglob("*"))


@pytest.mark.parametrize("before", ["", "a", "ab", "abc"])
def test_every_form_is_recognised_inside_something_longer(before: str) -> None:
    import base64

    secret = "林秋水说的话"
    holder = f"{before}{secret}xyz"
    for held in (holder.encode(), base64.b64encode(holder.encode()), holder.encode().hex().encode()):
        assert any(form in held for form in forms(secret))
    assert len(list(inner(b"abcdef", base64.b64encode))) == 3
