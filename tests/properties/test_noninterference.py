"""Two systems that differ only in one report answer whoever must not know of it identically, whatever is asked."""

import os
import random
import secrets
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import Any

import orjson
import pytest

from access import readings
from console import leading, together
from models.choices import Kind, Status
from models.fields import to_millis
from models.report import Report
from retention.carrying_out import carry_out_some
from retention.confirm import confirm
from retention.propose import propose
from tests.casework.conftest import viewer
from tests.conftest import World
from tests.properties.soaking import SOAK
from tests.properties.two_systems import (
    CHIEF,
    HUADUN,
    LIXI,
    NAMED,
    OWN_VILLAGE,
    STAFF,
    Beginning,
    Running,
    begun,
    copied,
    file_hidden,
    running,
)
from tests.properties.walking import Told, Walk, Walker, Words, differing, gets

HETANG = ["hetang-leader", "hetang-1", "hetang-2"]
OUTSIDERS = [
    "lc-letters-1",
    "lc-conduct-1",
    "lc-cadre-1",
    "city-approver",
    "operator",
    "jinqiao-1",
    "shigu-1",
]
COUNTY = ["lc-county-leader", "lc-county-1", "lc-cases-leader", "lc-cases-1"]
PHONES = ["another", "receipt", "liaison", "passer-by"]
# where somebody who sees a report finds it, or what it counts for
SEEING_DOORS = ("/console/reports", "/console/ledger", "/console/figures")
OTHER_DOORS = ("/api", "/m", "/s", "/healthz", "/readyz", "/wechat")
LONG = "A" * 60
Then = Callable[[Running], Awaitable[Any]]


async def nothing(_system: Running) -> None:
    return None


@dataclass(frozen=True)
class Case:
    """One report, the people it is hidden from, and somebody who sees it, so that the comparing is seen to see."""

    hidden_from: list[str]
    seen_by: str
    report: dict[str, Any]
    region: str = LIXI
    then: Then = nothing
    with_worker: bool = True


async def hetang_1_declares(system: Running) -> None:
    await system.act("hetang-1", system.beginning.number, "recuse", reason="是我表弟")


async def leader_decides_on_hetang_2(system: Running) -> None:
    await system.act("hetang-leader", system.beginning.number, "recuse", who="hetang-2", reason="邻居")


async def only_leader_declares(system: Running) -> None:
    await system.act("hetang-leader", system.beginning.number, "recuse", reason="本人亲属")


async def named_afterwards(system: Running) -> None:
    text = f"忘了说，{STAFF['hetang-1']['name']}也分了钱"
    await system.api("villager", f"reports/{system.beginning.number}/messages", {"text": text})


async def asked_to_keep_hetang_1_away(system: Running) -> None:
    path = f"reports/{system.beginning.number}/recusal-requests"
    await system.api("villager", path, {"text": f"{STAFF['hetang-1']['name']}和他是亲家"})


async def asked_to_keep_the_township_away(system: Running) -> None:
    path = f"reports/{system.beginning.number}/recusal-requests"
    await system.api("villager", path, {"text": "不要交给本乡镇办"})


async def matched_before_the_account_changed(system: Running) -> None:
    version = system.house.organisation.table.version
    await Report.filter(number=system.beginning.number).update(matched_version=version - 1)


async def destroyed_long_after(system: Running) -> None:
    house, hidden = system.house, Report.filter(number=system.beginning.number)
    ended = house.clock.now() - timedelta(days=4_000)
    await hidden.update(status=Status.CLOSED, kind=Kind.CLUE, closed_at=ended, kept_from=ended)
    plan = await propose(by=await viewer(house, "hetang-2"), house=house)
    await confirm(plan, by=await viewer(house, "hetang-leader"), house=house)
    while await carry_out_some(house=house):
        pass
    assert not await hidden.exists()


def village(text: str, **more: Any) -> dict[str, Any]:
    return {"level": "village", "text": text, "identity": NAMED} | more


def about(name: str, post: str, unit: str) -> dict[str, str]:
    return {"name": name, "post": post, "unit": unit}


CASES = {
    "recusal registered from the person reported": Case(
        hidden_from=["hetang-2", *OUTSIDERS, *PHONES],
        seen_by="hetang-1",
        region=HUADUN,
        report=village("占地不还", subject=about("狄建新", "党组织书记兼主任", "桂花墩村党支部")),
    ),
    "recusal registered from the place": Case(
        hidden_from=["shigu-1"], seen_by="shigu-leader", region=OWN_VILLAGE, report={"text": "井水浑了"}
    ),
    "named in the words": Case(
        hidden_from=["hetang-1"],
        seen_by="hetang-2",
        report=village(f"村里的账对不上，听说{STAFF['hetang-1']['name']}也知道"),
    ),
    "named in the words, a ledger reader": Case(
        hidden_from=["lc-cases-1"],
        seen_by="lc-cases-2",
        report=village(f"村里的账对不上，{STAFF['lc-cases-1']['name']}打过招呼"),
    ),
    "a head reported, and so the whole body": Case(
        hidden_from=[*HETANG, "lc-office-1-1", "lc-letters-1"],
        seen_by="lc-cadre-1",
        report=village("收礼", subject=about(STAFF["hetang-leader"]["name"], "纪委书记", "临澄县禾塘镇纪委")),
    ),
    "not by this township, says the reporter": Case(
        hidden_from=HETANG, seen_by="lc-office-1-1", report={"text": "路灯不亮", "avoid": ["township"]}
    ),
    "of another body": Case(
        hidden_from=[*HETANG, "lc-office-2-1", "lc-letters-leader"],
        seen_by="lc-office-1-leader",
        report={"level": "township", "text": "镇里截留补助", "subject": about("温景明", "副镇长", "禾塘镇")},
    ),
    "of a higher body": Case(
        hidden_from=[*COUNTY, "city-approver", "operator", "another", "lc-office-1-leader", "hetang-leader"],
        seen_by="city-1",
        report={
            "level": "county",
            "text": "县领导插手工程",
            "subject": about("霍某", "副县长", "临澄县政府"),
        },
    ),
    "declared on opening": Case(
        hidden_from=["hetang-1"], seen_by="hetang-2", report={"text": "渠塌了"}, then=hetang_1_declares
    ),
    "decided by the leader": Case(
        hidden_from=["hetang-2"],
        seen_by="hetang-1",
        report={"text": "渠塌了"},
        then=leader_decides_on_hetang_2,
    ),
    "moved to another body": Case(
        hidden_from=HETANG, seen_by="lc-office-1-1", report={"text": "渠塌了"}, then=only_leader_declares
    ),
    "named afterwards": Case(
        hidden_from=["hetang-1"], seen_by="hetang-2", report=village("分钱"), then=named_afterwards
    ),
    "destroyed, and counted only for those who saw it": Case(
        hidden_from=["hetang-1", "lc-letters-1"],
        seen_by="hetang-2",
        report=village(f"村里的账对不上，听说{STAFF['hetang-1']['name']}也知道"),
        then=destroyed_long_after,
    ),
    "asked by the reporter to keep away": Case(
        hidden_from=["hetang-1"],
        seen_by="hetang-leader",
        report={"text": "渠塌了"},
        then=asked_to_keep_hetang_1_away,
    ),
    "the township asked to keep away": Case(
        hidden_from=["hetang-leader"],
        seen_by="lc-office-1-1",
        report={"text": "渠塌了"},
        then=asked_to_keep_the_township_away,
    ),
    "an account that was changed and not matched since": Case(
        hidden_from=["shigu-2"],
        seen_by="shigu-leader",
        region="990121102201",
        report={"text": "渠塌了"},
        then=matched_before_the_account_changed,
        with_worker=False,
    ),
    "about a liaison": Case(hidden_from=["liaison"], seen_by="hetang-1", report={"text": "穆满仓不管事"}),
}


def words_of(system: Running, *, owner: str = "lc-hetang") -> Words:
    made = system.beginning
    number = made.number
    named = ["平建新", NAMED["name"], NAMED["phone"], "党组织书记兼主任"]
    return Words(
        number=number,
        owner=owner,
        around=to_millis(made.at),
        tried=[number, *named],
        parts={
            "number": [number, number.lower(), "ABCDEFGHJK", *made.visible.values(), LONG],
            "id": [made.hidden_photo, made.seen_photo, "AAAAAAAAAAAAAAAAAAAAAA", LONG],
            "token": [number, "A" * 32, LONG],
            "code": [made.code, LIXI, "lc-hetang", LONG],
            "name": ["console.css", "console.js", "client.js", number],
            "kind": ["staff", "recusals", "bodies", "zones", "liaisons", number.lower()],
            "key": ["hetang-1", "lc-hetang", "1", number],
            "job": ["1", "999"],
            "rest": ["", f"reports/{number}", f"reports/{number}/bars"],
        },
    )


async def glimpsed(system: Running, who: str) -> Walk:
    """Enough to see whether `who` is told of a report, and no more."""
    return await Walker(system, system.cookie(who), words_of(system), doors=SEEING_DOORS).walk()


async def walked(system: Running, who: str) -> Walk:
    """All that `who` can see, and what comes of every action they might try."""
    words = words_of(system)
    if who in STAFF:
        walker = Walker(system, system.cookie(who), words, doors=("/console",))
        return (
            await walker.walk()
            | await walker.heads()
            | await walker.attempts(csrf=system.csrf(who))
            | await said(system, who)
        )
    # a passer-by comes through a proxy, as everybody does
    headers = system.bearer(who) if who in system.beginning.tokens else {"X-Forwarded-For": "203.0.113.9"}
    walker = Walker(system, headers, words, doors=OTHER_DOORS)
    told = await walker.walk() | await walker.heads()
    return told | (await said(system, CHIEF) if who == "liaison" else {})


async def said(system: Running, name: str) -> Walk:
    """What the account answers in the chat, and all it has told by itself."""
    await system.settled()
    (person,) = (each for each in system.standin.people.all() if each.name == name)
    for text in ("查询", system.beginning.number, "查询", "帮助", "菜单"):
        await system.standin.say(person.openid, text)
    return {"chat": Told(200, (), orjson.dumps(system.chat(name)))}


async def plainly(beginning: Beginning, cases: Collection[Case]) -> tuple[dict[str, Walk], dict[str, Walk]]:
    """Where the report never was: all of those it is hidden from, and glimpses of those who see it."""
    async with running(beginning) as system:
        unwalked = [
            r.canonical for r in gets(system.app) if not r.canonical.startswith(("/console", *OTHER_DOORS))
        ]
        assert unwalked == [], "somebody has to walk there"
        walks = {who: await walked(system, who) for who in sorted({w for c in cases for w in c.hidden_from})}
        return walks, {who: await glimpsed(system, who) for who in sorted({c.seen_by for c in cases})}


SAMPLED = (
    "recusal registered from the place",
    "named in the words, a ledger reader",
    "moved to another body",
)


WALKING = 1 if SOAK == 1 else 99


def some_of(case: Case, *, chance: random.Random) -> Case:
    """A walk takes seconds: other people at each run, everybody in a soak."""
    walking = chance.sample(case.hidden_from, min(WALKING, len(case.hidden_from)))
    return replace(case, hidden_from=walking)


@pytest.mark.timeout(600 * SOAK)
async def test_hidden_is_as_if_it_never_was(
    sampled_world: World, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    # who of one's colleagues has just opened what one may see differs by the order of these walks alone
    monkeypatch.setattr(together, "RECENTLY", timedelta(seconds=-1))
    beginning = await begun(sampled_world)
    # as does what colleagues have read while they walked
    earlier = partial(readings.readings_for, before=beginning.at - timedelta(seconds=1))
    monkeypatch.setattr(leading, "readings_for", lambda viewer, before: earlier(viewer))
    folder = tmp_path_factory.mktemp("systems")
    # the predicate is one text for both databases: each case on one of them, in a soak on both
    is_sampled = sampled_world.name != "sqlite"
    seed = int(os.environ.get("MASHANG_SEED", "0")) or secrets.randbelow(10**9)
    print(f"MASHANG_SEED={seed}")
    chance = random.Random(seed)
    cases = {
        name: some_of(case, chance=chance)
        for name, case in CASES.items()
        if SOAK > 1 or (name in SAMPLED) is is_sampled
    }
    async with copied(beginning, folder=folder / "without") as without:
        plain, glimpses = await plainly(without, cases.values())
    for count, (name, case) in enumerate(cases.items()):
        async with (
            copied(beginning, folder=folder / str(count)) as other,
            running(other, with_worker=case.with_worker) as system,
        ):
            await file_hidden(system, monkeypatch, region=case.region, **case.report)
            if case.then is not nothing:
                # whoever saw it until now has been told of it: from here on they must learn nothing
                await system.settled()
                system.forget_chats()
            await case.then(system)
            for who in case.hidden_from:
                assert differing(plain[who], await walked(system, who)) == {}, (name, who)
            parted = differing(glimpses[case.seen_by], await glimpsed(system, case.seen_by))
            assert parted, f"{case.seen_by} sees it, and the comparing saw nothing: {name}"
