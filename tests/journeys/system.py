"""The whole system in real processes on one world, with the WeChat stand-in served from the test's own process."""

import asyncio
import base64
import contextlib
import csv
import io
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import aiohttp

from tests.conftest import INDEX_KEY, KEY, SAMPLE, World
from tests.journeys.nursery import Child
from tests.ports import free_port
from wechat_standin import Settings as StandInSettings
from wechat_standin import StandIn, Template, serve

START_SECONDS = 60
TEMPLATES = {
    "report_new": {"id": "tpl-new", "fields": {"thing1": "place", "thing2": "area", "time3": "time"}},
    "report_reply": {"id": "tpl-reply", "fields": {"character_string1": "number", "time2": "time"}},
    "report_progress": {
        "id": "tpl-progress",
        "fields": {"character_string1": "number", "phrase2": "status", "time3": "time"},
    },
}
LABELS = {"place": "地点", "area": "领域", "time": "时间", "number": "编号", "status": "进度"}
PASSWORDS = {
    row["username"]: row["password"]
    for row in csv.DictReader((SAMPLE / "staff.csv").read_text("utf-8-sig").splitlines())
}


class CommandFailed(AssertionError):
    pass


@dataclass(slots=True, kw_only=True)
class Part:
    """One process of the system; `port` only for `web`."""

    name: str
    arguments: list[str]
    log: Path
    port: int = 0
    running: Child | None = None

    @property
    def is_alive(self) -> bool:
        return self.running is not None and self.running.returncode is None


@dataclass(kw_only=True)
class System:
    """`web` lists the addresses of the web processes; pushes go round them when `rotate` is called."""

    world: World
    standin: StandIn
    redis_url: str
    environment: dict[str, str]
    parts: dict[str, Part] = field(default_factory=dict)
    _round: Iterator[str] = field(default_factory=lambda: cycle([""]))

    @property
    def web(self) -> list[str]:
        return [f"http://127.0.0.1:{part.port}" for part in self.parts.values() if part.port]

    @property
    def base(self) -> str:
        return self.web[0]

    def rotate(self) -> None:
        """The next push goes to the next web process, as behind a load balancer."""
        self.standin.pusher.callback_url = f"{next(self._round)}/wechat"

    async def run(self, *arguments: str) -> str:
        """A short command; what it printed."""
        out, err = (self.world.folder / f"command.{end}" for end in ("out", "err"))
        for said in (out, err):
            said.unlink(missing_ok=True)
        command = Child(list(arguments), environment=self.environment, out=out, err=err)
        try:
            code = await asyncio.wait_for(command.wait(), 120)
        finally:
            command.kill()
        if code:
            raise CommandFailed(f"mashang {' '.join(arguments)}: {code}\n{err.read_text()}")
        return out.read_text()

    async def codes(self, **asked: str) -> list[dict[str, str]]:
        options = [word for name, value in asked.items() for word in (f"--{name}", value)]
        return list(csv.DictReader(io.StringIO(await self.run("codes", "list", *options))))

    async def launch(self, name: str) -> None:
        """Starts a part; see `wait_ready`."""
        part = self.parts[name]
        part.running = Child(part.arguments, environment=self.environment, out=part.log, err=part.log)

    async def wait_ready(self, name: str, *, within: float = START_SECONDS) -> None:
        part = self.parts[name]
        if not part.port:
            return
        until = time.monotonic() + within
        async with aiohttp.ClientSession() as http:
            while time.monotonic() < until:
                if not part.is_alive:
                    raise AssertionError(f"{name} ended\n{self.tail(name)}")
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    address = f"http://127.0.0.1:{part.port}/readyz"
                    async with http.get(address, timeout=aiohttp.ClientTimeout(total=3)) as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.05)
        raise AssertionError(f"{name} was not ready within {within} s\n{self.tail(name)}")

    async def start(self) -> None:
        await asyncio.gather(*(self.launch(name) for name in self.parts))
        await asyncio.gather(*(self.wait_ready(name) for name in self.parts))

    async def kill(self, name: str) -> None:
        """SIGKILL: nothing is said, nothing is closed."""
        part = self.parts[name]
        if part.running is not None and part.is_alive:
            part.running.kill()
            await part.running.wait()

    async def stop(self) -> None:
        for part in self.parts.values():
            if part.running is not None and part.is_alive:
                part.running.terminate()
        for part in self.parts.values():
            if part.running is None:
                continue
            try:
                await asyncio.wait_for(part.running.wait(), 30)
            except TimeoutError:
                part.running.kill()
                await part.running.wait()

    def tail(self, name: str, lines: int = 25) -> str:
        log = self.parts[name].log
        return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:]) if log.exists() else ""

    def logs(self) -> str:
        return "\n".join(
            part.log.read_text("utf-8", "replace") for part in self.parts.values() if part.log.exists()
        )


def environment_of(world: World, *, redis_url: str, wechat_url: str, public_url: str) -> dict[str, str]:
    known = StandInSettings()
    given = {
        "DATABASE_URL": world.database_url,
        "REDIS_URL": redis_url,
        "PUBLIC_URL": public_url,
        "KEYS": base64.b64encode(KEY).decode(),
        "INDEX_KEY": base64.b64encode(INDEX_KEY).decode(),
        "MEDIA_DIR": str(world.folder / "media"),
        # a storm of true reports is what they are tested with
        "FLOODS": '{"chat": {"code": [0, 60], "place": [0, 60], "body": [0, 60], "all": [0, 60]}}',
        "WECHAT_API_URL": wechat_url,
        "OA_APPID": known.app_id,
        "OA_SECRET": known.secret,
        "OA_TOKEN": known.token,
        "OA_AES_KEY": known.aes_key,
        "MINI_APPID": known.mini_app_id,
        "MINI_SECRET": known.mini_secret,
        "TEMPLATES": json.dumps(TEMPLATES),
        "CLOCK_FILE": str(world.folder / "clock"),
    }
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MASHANG_")}
    return inherited | {f"MASHANG_{name}": value for name, value in given.items()}


def parts_of(world: World) -> dict[str, Part]:
    """SQLite: one `web` with the worker inside. PostgreSQL: two `web` and two `worker` beside each other."""
    if world.name == "sqlite":
        names = {"web-1": free_port()}
    else:
        names = {"web-1": free_port(), "web-2": free_port(), "worker-1": 0, "worker-2": 0}
    parts = {}
    for name, port in names.items():
        arguments = ["worker"]
        if port:
            arguments = ["web", "--port", str(port), *(["--no-worker"] if len(names) > 1 else [])]
        parts[name] = Part(name=name, arguments=arguments, log=world.folder / f"{name}.log", port=port)
    return parts


@contextlib.asynccontextmanager
async def a_system(world: World, *, redis_url: str | None = None) -> AsyncIterator[System]:
    """Not started yet; everything that runs is stopped at the end."""
    parts = parts_of(world)
    base = f"http://127.0.0.1:{parts['web-1'].port}"
    standin = StandIn(
        StandInSettings(
            callback_url=f"{base}/wechat",
            clock_file=world.folder / "clock",
            retry_pause=0.2,
            templates={
                str(kept["id"]): Template(
                    title=name, fields={key: LABELS[value] for key, value in dict(kept["fields"]).items()}
                )
                for name, kept in TEMPLATES.items()
            },
        )
    )
    runner = await serve(standin, port=0)
    redis = world.redis_url if redis_url is None else redis_url
    system = System(
        world=world,
        standin=standin,
        redis_url=redis,
        environment=environment_of(world, redis_url=redis, wechat_url=standin.public_url, public_url=base),
        parts=parts,
    )
    system._round = cycle(system.web)
    try:
        yield system
    except BaseException:
        for name in parts:
            sys.stderr.write(f"--- {name}\n{system.tail(name)}\n")
        raise
    finally:
        await system.stop()
        await runner.cleanup()
