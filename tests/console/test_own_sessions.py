"""Whoever fears for their cookie sees where else they are signed in, and ends it."""

import pytest

from models.event import Event
from models.staff_session import StaffSession
from tests.console.conftest import Open

pytestmark = pytest.mark.parametrize("world_name", ["sqlite"])
HERE = "/console/sessions"


async def test_the_others_are_ended_and_only_one_s_own(opened_browser: Open) -> None:
    stolen, mine, another = [
        await (await opened_browser()).sign_in(name) for name in ("t-east-a", "t-east-a", "t-east-b")
    ]
    await mine.get(HERE)
    assert mine.text.count('data-session="other"') == 1
    assert (await mine.post(HERE, csrf_token="no")).status == 403
    assert (await stolen.get("/console/reports")).status == 200
    await mine.get(HERE)
    assert (await mine.post(HERE)).headers["Location"] == f"{HERE}?done=1"
    assert (await stolen.get("/console/reports")).headers["Location"].startswith("/console/login")
    await mine.get(HERE)
    assert 'data-session="own"' in mine.text and 'data-session="other"' not in mine.text
    assert (await another.get("/console/reports")).status == 200
    assert await StaffSession.filter(is_complete=True).count() == 2
    assert await Event.filter(action="session.end-others").count() == 1
