"""Whoever fears for their cookie sees where else they are signed in, and ends it: one by one, or all others."""

import re

import pytest

from console.account.texts import BROWSERS, SYSTEMS
from console.agents import BROWSERS as KNOWN_BROWSERS
from console.agents import NOT_SAID, agent_of
from console.agents import SYSTEMS as KNOWN_SYSTEMS
from models.event import Event
from models.staff_session import StaffSession
from tests.console.conftest import Open

HERE = "/console/sessions"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36"


@pytest.fixture
def world_name() -> str:
    return "sqlite"


@pytest.mark.parametrize(
    ("said", "agent"),
    [
        (WINDOWS, "windows chrome"),
        (f"{WINDOWS} Edg/126.0", "windows edge"),
        (
            "Mozilla/5.0 (Linux; Android 14; V2241A) Chrome/116 Mobile Safari MicroMessenger/8.0",
            "android wechat",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1", "iphone safari"),
        ("curl/8.5.0", "other other"),
        ("", "other other"),
    ],
)
def test_a_browser_is_two_words(said: str, agent: str) -> None:
    assert agent_of(said) == agent


def test_each_of_them_has_its_words() -> None:
    for known, words in ((KNOWN_SYSTEMS, SYSTEMS), (KNOWN_BROWSERS, BROWSERS)):
        assert {name for name, _ in known} | {NOT_SAID} == set(words)


async def test_the_others_are_ended_one_by_one_and_together_and_only_one_s_own(opened_browser: Open) -> None:
    stolen, mine, third, another = [
        await (await opened_browser()).sign_in(name) for name in ("t-east-a",) * 3 + ("t-east-b",)
    ]
    await StaffSession.filter(staff__username="t-east-b").update(agent=agent_of(WINDOWS))
    await mine.get(HERE)
    others = re.findall(r'name="session" value="([\w-]+)"', mine.text)
    assert len(others) == mine.text.count('data-session="other"') == 2
    assert "Windows" not in mine.text and "没有说明的设备" in mine.text
    assert (await mine.post(HERE, csrf_token="no")).status == 403
    assert (await stolen.get("/console/reports")).status == 200

    # somebody else's is as one that is over already
    somebody = await StaffSession.get(staff__username="t-east-b")
    await mine.get(HERE)
    assert (await mine.post(HERE, session=somebody.id)).status == 303
    assert (await another.get("/console/reports")).status == 200
    assert not await Event.exists(action="session.end")

    assert (await mine.post(HERE, session=others[0])).headers["Location"] == f"{HERE}?done=one"
    out = [(await each.get("/console/reports")).status for each in (stolen, mine, third)]
    assert sorted(out) == [200, 200, 303] and out[1] == 200
    assert await Event.filter(action="session.end").count() == 1

    await mine.get(HERE)
    assert (await mine.post(HERE)).headers["Location"] == f"{HERE}?done=others"
    out = [(await each.get("/console/reports")).status for each in (stolen, mine, third, another)]
    assert out == [303, 200, 303, 200]
    await mine.get(HERE)
    assert 'data-session="own"' in mine.text and 'data-session="other"' not in mine.text
    assert await Event.filter(action="session.end-others").count() == 1
