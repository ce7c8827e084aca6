"""Route × role × whose report, walked through and held against the tables below (domain.md §4 "Who sees what").

A new address fails here until somebody writes down who may call it.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from console.actions import ACTIONS
from console.app import make_console
from console.forms import csrf_token
from console.sessions import COOKIE, begin_session
from models.report import Report
from models.staff import Staff
from organisation.house import HOUSE

BODIES = ("T-EAST", "T-WEST", "OFFICE-1", "STATIONED", "LETTERS", "CASES", "CADRE", "HEAD", "CITY")

# who reads what, by whose the report is: P the report itself, r a row of the ledger, . nothing
SEES = """
              T-EAST T-WEST OFFICE-1 STATIONED LETTERS CASES CADRE HEAD CITY
t-east-a        P      .       .         .        .      .     .     .    .
t-east-l        P      .       .         .        .      .     .     .    .
office-1-a      r      r       P         .        .      .     .     .    .
office-1-l      r      r       P         .        .      .     .     .    .
stationed-a     .      .       .         P        .      .     .     .    .
letters-a       .      .       .         .        P      .     .     .    .
letters-l       .      .       .         .        P      .     .     .    .
cases-a         r      r       r         r        r      P     r     r    .
cadre-l         .      .       .         .        .      .     P     .    .
head-a          r      r       r         r        r      r     r     P    .
head-l          r      r       r         r        r      r     r     P    .
city-l          .      .       .         .        .      .     .     .    P
city-approver   .      .       .         .        .      .     .     .    .
root            .      .       .         .        .      .     .     .    .
"""

READERS = "t-east-a t-east-l office-1-a office-1-l stationed-a letters-a letters-l cases-a cadre-l head-a head-l city-l"
IN_COUNTY = READERS.removesuffix(" city-l")
COUNTY = "letters-a letters-l cases-a cadre-l head-a head-l"
LEDGER = "office-1-a office-1-l cases-a head-a head-l"
KEEPERS = "t-east-l office-1-l letters-l cadre-l head-l city-l root"
ABOVE_A_BODY = "cadre-l head-l city-l root"
LEADERS = KEEPERS.removesuffix(" root")
WATCHERS = KEEPERS + " city-approver"
EVERYBODY = READERS + " city-approver root"

# address → who may call it; everybody else is answered as if there were nothing
MAY_CALL = {
    "GET /console": EVERYBODY,
    "GET /console/": EVERYBODY,
    "GET /console/reports": EVERYBODY,
    "GET /console/pulse": READERS,
    "GET /console/undelivered": READERS,
    "GET /console/templates": READERS,
    "POST /console/templates": READERS,
    "GET /console/disclosures": IN_COUNTY,
    "GET /console/disclosures/edit": IN_COUNTY,
    "POST /console/disclosures/look": IN_COUNTY,
    "POST /console/disclosures/publish": IN_COUNTY,
    "GET /console/enter": IN_COUNTY,
    "POST /console/enter": IN_COUNTY,
    "GET /console/quarantine": READERS,
    "POST /console/quarantine/restore": READERS,
    "POST /console/quarantine/decline": READERS,
    "GET /console/privacy-guide": COUNTY,
    "POST /console/privacy-guide": COUNTY,
    "POST /console/drafts": READERS,
    "POST /console/drafts/survey": READERS,
    "GET /console/hand-on": LEADERS,
    "POST /console/hand-on": LEADERS,
    "GET /console/readings": LEADERS,
    "GET /console/sessions": EVERYBODY,
    "POST /console/sessions": EVERYBODY,
    "GET /console/roles": EVERYBODY,
    "POST /console/filters": READERS,
    "POST /console/recovery-codes": LEADERS + " city-approver root",
    "GET /console/ledger": LEDGER,
    "POST /console/ledger/export": LEDGER,
    "GET /console/surveys": COUNTY,
    "POST /console/surveys": COUNTY,
    "GET /console/alive": COUNTY,
    "GET /console/what-if": COUNTY,
    "POST /console/what-if": COUNTY,
    "GET /console/log": WATCHERS,
    "GET /console/limits": WATCHERS,
    "GET /console/organisation": KEEPERS,
    "GET /console/organisation/changes": KEEPERS,
    "GET /console/organisation/staff": KEEPERS,
    "GET /console/organisation/recusals": KEEPERS.removesuffix(" root"),
    "GET /console/organisation/figures": "cadre-l head-l city-l",
    "GET /console/organisation/bodies": ABOVE_A_BODY,
    "GET /console/organisation/holidays": "city-l",
    "GET /console/organisation/holidays/year": "city-l",
    "GET /console/organisation/sayings": "city-l",
    "GET /console/check": ABOVE_A_BODY,
}
# what is asked of one thing that a person can see or not, and says 404 of the others: the tests of those things
OF_ONE_THING = re.compile(
    r"/console/(login|logout|static|surveys/|drafts/|undelivered/|attachments/|rectifications/|quarters|codes|retention"
    r"|organisation/(changes/|waiting/|\{kind|holidays/year)|reports/\{|pulse/\{)"
)
OVER_A_ROW = ("urge", "lift", "assign-down", "cross")


def sees() -> dict[str, dict[str, str]]:
    header, *lines = SEES.strip().splitlines()
    return {who: dict(zip(header.split(), marks, strict=True)) for who, *marks in map(str.split, lines)}


@pytest.fixture
def world_name() -> str:
    """What the predicate gives is held alike on both databases elsewhere; the table is walked once."""
    return "sqlite"


class Caller:
    def __init__(self, client: TestClient, cookie: str, house) -> None:
        self.client, self.house = client, house
        self.headers = {"Cookie": f"{COOKIE}={cookie}"}
        self.token = csrf_token(cookie, house=house)

    async def ask(self, method: str, path: str) -> int:
        data = {"csrf_token": self.token} if method == "POST" else None
        options = {"headers": self.headers, "allow_redirects": False}
        async with self.client.request(method, path, data=data, **options) as answer:
            await answer.read()
            return answer.status


@pytest.fixture
async def walking(office, file, aiohttp_client):
    """Everybody of the table, signed in, and one long overdue report with each body."""
    app = web.Application()
    app[HOUSE] = office
    app.add_subapp("/console", make_console(office))
    client = await aiohttp_client(app)
    callers = {}
    for who in sees():
        cookie = await begin_session(await Staff.get(username=who), is_complete=True, house=office)
        callers[who] = Caller(client, cookie, office)
    numbers = {}
    for body in BODIES:
        report = await file()
        late = datetime.now(UTC) - timedelta(days=2)
        await Report.filter(id=report.id).update(owner_id=body, due_at=late, matched_version=10**6)
        numbers[body] = report.number
    return callers, numbers, app


async def test_each_reads_what_the_table_says_and_nothing_else(walking) -> None:
    callers, numbers, _ = walking
    for who, marks in sees().items():
        caller = callers[who]
        for body, mark in marks.items():
            number = numbers[body]
            told = {
                "page": await caller.ask("GET", f"/console/reports/{number}"),
                "pulse": await caller.ask("GET", f"/console/pulse/{number}"),
                "row": await caller.ask("GET", f"/console/ledger?number={number}"),
            }
            wanted = {"page": 200 if mark == "P" else 404, "pulse": 200 if mark == "P" else 404}
            wanted["row"] = (
                200 if mark == "r" or (mark == "P" and who.split("-")[0] in ("cases", "head")) else 404
            )
            assert told == wanted, (who, body)


def of_a_report(app: web.Application) -> Iterator[tuple[str, str]]:
    """Method and path of every address that names a report, each action by itself."""
    for route in app.router.routes():
        path = route.resource.canonical if route.resource is not None else ""
        if "{number}" not in path or route.method == "HEAD":
            continue
        for action in ACTIONS if "{action}" in path else ("",):
            yield route.method, path.replace("{action}", action).replace("{id}", "A" * 22)


async def test_whatever_is_asked_of_a_hidden_report_is_answered_as_of_none(walking) -> None:
    callers, numbers, app = walking
    for who, marks in sees().items():
        # one that is hidden and one that is only a row, if there are such
        for body in {mark: body for body, mark in marks.items() if mark != "P"}.values():
            for method, path in of_a_report(app):
                action = path.rsplit("/", 1)[1]
                is_over_row = marks[body] == "r" and action in OVER_A_ROW
                status = await callers[who].ask(method, path.replace("{number}", numbers[body]))
                assert (status != 404) is is_over_row, (who, body, method, path, status)
    assert await Report.filter(status="received").count() == len(BODIES)


async def test_each_address_is_open_to_whom_the_table_says(walking) -> None:
    callers, _, app = walking
    known = set()
    for route in app.router.routes():
        path = route.resource.canonical if route.resource is not None else ""
        if route.method != "HEAD" and not OF_ONE_THING.match(path):
            known.add(f"{route.method} {path}")
    missing = known - set(MAY_CALL)
    assert not missing, f"who may call them stands nowhere: {sorted(missing)}"
    for address, admitted in MAY_CALL.items():
        method, path = address.split()
        found = [who for who in callers if await callers[who].ask(method, path) != 404]
        assert set(found) == set(admitted.split()), address
