"""Whoever must not know of a report gets, to every question about it, the answer for one that never was."""

import pytest

from casework.texts import ACTIONS
from models.event import Event
from models.report_bar import ReportBar
from models.staff import Staff
from organisation.live import raise_version
from tests.factories import NOW

NEVER = "ABCDEFGHJK"
# to whom a ledger row tells that it is there, and what they may do with the row
LEDGER_READERS, OVER_A_ROW = ("cases-a", "head-l"), {"lift", "cross", "assign-down", "urge"}
FIELDS = [{}, {"kind": "clue", "text": "好", "reason": "亲属"}, {"kind": "?", "text": "", "who": "t-east-b"}]


@pytest.fixture
async def reported(office, file):
    """A report that names a handler of the body that owns it."""
    await Staff.filter(username="t-east-a").update(name="尤大勇")
    await raise_version(at=NOW)
    await office.organisation.refresh()
    made = await file(level="village", text="尤大勇占了集体的地")
    assert await ReportBar.filter(report_id=made.id).count() == 1
    return made


@pytest.mark.parametrize(
    "username", ["t-east-a", "t-west-l", "cases-a", "head-l", "office-1-l", "city-l", "root"]
)
async def test_every_question_is_answered_alike(browser, reported, username):
    await browser.sign_in(username)

    async def answer(number, path="", **fields):
        asked = f"/console/reports/{number}{path}"
        got = await (browser.post(asked, **fields) if path else browser.get(asked))
        headers = {name: value for name, value in got.headers.items() if name != "Date"}
        return got.status, headers, (await got.text()).replace(number, "")

    assert (await answer(reported.number))[0] == 404
    assert await answer(reported.number) == await answer(NEVER)
    assert await answer(reported.number.lower()) == await answer(NEVER.lower())
    for action in ACTIONS.keys() - (OVER_A_ROW if username in LEDGER_READERS else set()):
        for fields in FIELDS:
            assert await answer(reported.number, f"/{action}", **fields) == await answer(
                NEVER, f"/{action}", **fields
            )
    for asked in (
        {"q": "{}"},
        {"q": "{}", "status": "received"},
        {"owner": "T-EAST"},
        {"status": "received"},
    ):
        shown = []
        for number in (reported.number, NEVER):
            query = {name: value.format(number) for name, value in asked.items()}
            got = await browser.client.get("/console/reports", params=query)
            shown.append((got.status, (await got.text()).replace(number, "")))
        assert shown[0] == shown[1]
    assert reported.number not in browser.text
    assert not await Event.filter(report_id=reported.id, actor__startswith="staff:").exists()
