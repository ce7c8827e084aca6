"""Whoever is recused, named or asked to be left out is neither told of a report nor shown it, whatever happens."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.due import due_reports
from access.ledger import list_ledger
from access.notified import Standing, liaison_standing, staff_standing
from access.reports import ReportNotFound, count_by_status, find_report, list_reports, open_report
from access.viewer import Viewer
from casework.recuse import recuse
from intake.draft import Draft
from intake.errors import OutsideJurisdiction
from intake.submit import submit
from models.choices import Channel, RecusalFrom
from models.liaison import Liaison
from models.outbox import OutboxNotice
from models.recusal import Recusal
from models.report import Report
from models.staff import Staff
from organisation.house import House
from organisation.live import raise_version
from routing.facts import Subject
from tests.casework.conftest import viewer
from tests.factories import (
    CITY,
    COUNTY,
    EAST,
    EAST_VILLAGE,
    NOW,
    WEST_VILLAGE,
    bind_liaison,
    bind_staff,
    make_entry,
    make_organisation,
)
from tests.properties.soaking import SOAK, examples

BODIES = ["T-EAST", "T-WEST", "OFFICE-1", "STATIONED", "LETTERS", "CASES", "CADRE", "HEAD", "CITY"]
USERNAMES = [f"{body.lower()}-{suffix}" for body in BODIES for suffix in "lab"]
# nobody's name is part of another's, or of the words around it
NAMES = dict(
    zip(
        USERNAMES,
        (f"{surname}{given}" for surname in "欧项苗凌霍虞万支柯" for given in ("望舒", "听澜", "知秋")),
        strict=True,
    )
)
LIAISONS = {"13900000001": "何长河", "13900000002": "何小溪"}
STRANGERS = ["尤大勇", "蒲松年"]
PEOPLE = [*NAMES.values(), *LIAISONS.values(), *STRANGERS]
UPWARD = {
    EAST_VILLAGE: {EAST_VILLAGE, EAST, COUNTY, CITY},
    WEST_VILLAGE: {WEST_VILLAGE, "990101002000", COUNTY, CITY},
}
TOWNSHIP = {EAST_VILLAGE: "T-EAST", WEST_VILLAGE: "T-WEST"}
LEVELS = ["village", "township", "department", "county", "discipline", "none", "unknown"]


@dataclass(frozen=True)
class Case:
    """`recusals`: who (username, telephone or body), kind, from. `stepping_back`: who recuses, one after another."""

    recusals: list[tuple[str, str, str]]
    region: str
    level: str
    subject: Subject | None
    named: list[str]
    avoid: frozenset[str]
    stepping_back: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "。".join(["村里修路的账对不上", *(f"听说是{name}做的" for name in self.named)])

    def is_named(self, name: str) -> bool:
        return name in self.named or (self.subject is not None and self.subject.name == name)

    def barred(self) -> set[str]:
        """Usernames, telephones and body codes that must learn nothing: the rules in their plainest words."""
        out = {username for username, name in NAMES.items() if self.is_named(name)}
        out |= {phone for phone, name in LIAISONS.items() if self.is_named(name)}
        if "township" in self.avoid:
            out.add(TOWNSHIP[self.region])
        for who, kind, source in self.recusals:
            if kind == "person" and self.is_named(source):
                out.add(who)
            if kind == "region" and source in UPWARD[self.region]:
                out.add(who)
        return out


@st.composite
def cases(draw: st.DrawFn) -> Case:
    who = st.sampled_from([*USERNAMES, *LIAISONS, *BODIES])
    from_person = st.tuples(who, st.just("person"), st.sampled_from(STRANGERS + PEOPLE[:6]))
    from_region = st.tuples(who, st.just("region"), st.sampled_from([EAST_VILLAGE, EAST, WEST_VILLAGE]))
    subject = st.builds(
        Subject,
        name=st.sampled_from(["", *PEOPLE]),
        post=st.sampled_from(["", "村委会主任", "纪委书记"]),
        unit=st.sampled_from(["", "柳树村", "东河镇纪委"]),
    )
    return Case(
        recusals=draw(st.lists(st.one_of(from_person, from_region), max_size=5)),
        region=draw(st.sampled_from([EAST_VILLAGE, WEST_VILLAGE])),
        level=draw(st.sampled_from([*LEVELS, "none", "village"])),
        subject=draw(st.none() | subject),
        named=draw(st.lists(st.sampled_from(PEOPLE), max_size=2, unique=True)),
        avoid=draw(st.frozensets(st.sampled_from(["township", "liaison"]))),
        stepping_back=draw(st.lists(st.integers(0, 5), max_size=3)),
    )


@pytest.fixture
async def everybody(house: House) -> House:
    """Everybody is bound to WeChat, so that whoever is not told was kept out for a reason."""
    await make_organisation(house)
    for username, name in NAMES.items():
        staff = await Staff.get(username=username)
        staff.name = name
        await bind_staff(house, staff, openid=f"o-{username}")
    for phone in LIAISONS:
        await bind_liaison(house, await Liaison.get(phone=phone), openid=f"o-{phone}")
    return house


async def register(case: Case, *, house: House) -> None:
    await Recusal.all().delete()
    for who, kind, source in case.recusals:
        staff = await Staff.get_or_none(username=who)
        liaison = await Liaison.get_or_none(phone=who)
        await Recusal.create(
            staff_id=staff.id if staff else None,
            liaison_id=liaison.id if liaison else None,
            body_id=who if not staff and not liaison else None,
            from_kind=RecusalFrom(kind),
            from_value=source,
        )
    await raise_version(at=NOW)
    await house.organisation.refresh()


async def filed(case: Case, *, house: House) -> Report | None:
    draft = Draft(
        entry=await make_entry(case.region),
        level=case.level,
        text=case.text,
        channel=Channel.CHAT,
        person_index=house.vault.index("oa", "o-villager"),
        openid="o-villager",
        subject=case.subject,
        avoid=case.avoid,
    )
    try:
        done = await submit(draft, house=house)
    except OutsideJurisdiction:
        return None
    return await Report.get(id=done.report_id)


async def step_back(report: Report, number: int, *, house: House) -> str | None:
    """Somebody who may see the report declares a conflict; answers who."""
    owner = (await Report.get(id=report.id)).owner_id
    able = []
    for suffix in "lab":
        one = await viewer(house, f"{owner.lower()}-{suffix}")
        if await sees(one, report, house=house):
            able.append((f"{owner.lower()}-{suffix}", one))
    if not able:
        return None
    username, by = able[number % len(able)]
    await recuse(report.number, reason="需要回避", by=by, house=house)
    return username


async def sees(by: Viewer, report: Report, *, house: House) -> bool:
    """By any way of looking there is; all ways must agree."""
    at = house.clock.now()
    searches = ["", report.number, *PEOPLE[:1]]
    pages = [await list_reports(by, vault=house.vault, at=at, q=q) for q in searches]
    listed = [report.number in [row.number for row in page.rows] for page in pages[:2]]
    found = []
    for look in (find_report(by, number=report.number), open_report(by, number=report.number, at=at)):
        try:
            await look
            found.append(True)
        except ReportNotFound:
            found.append(False)
    counted = sum((await count_by_status(by)).values()) == len(pages[0].rows)
    assert counted and len(set(listed + found)) == 1, (by, listed, found)
    due = await due_reports(by, at=NOW.replace(year=2027), day_ends_at=NOW.replace(year=2027), limit=100)
    assert (report.number in [row.number for row in due.rows]) == found[0]
    return found[0]


async def in_ledger(by: Viewer, report: Report) -> bool:
    return report.number in [row.number for row in (await list_ledger(by, at=NOW.replace(year=2027))).rows]


@pytest.mark.timeout(150 * SOAK)
@examples(25)
@given(case=cases())
async def test_nobody_barred_is_told_or_shown(everybody: House, case: Case) -> None:
    house = everybody
    await Report.all().delete()
    await register(case, house=house)
    report = await filed(case, house=house)
    if report is None:
        assert await Report.all().count() == 0 and await OutboxNotice.all().count() == 0
        return
    barred = case.barred()
    for number in case.stepping_back:
        who = await step_back(report, number, house=house)
        if who is not None:
            barred.add(who)
            # what was written before is looked at again at the moment of telling
            assert (
                await staff_standing(await Staff.get(username=who), report_id=report.id, vault=house.vault)
                is Standing.MUST_NOT
            )
    report = await Report.get(id=report.id)
    assert report.owner_id not in barred
    for username in USERNAMES:
        one = await viewer(house, username)
        is_out = username in barred or one.body_code in barred
        if is_out or one.body_code != report.owner_id:
            assert not await sees(one, report, house=house), username
        if is_out:
            assert not await in_ledger(one, report), username
    await nobody_told(report, case, barred=barred, house=house)


async def nobody_told(report: Report, case: Case, *, barred: set[str], house: House) -> None:
    liaisons = set()
    for notice in await OutboxNotice.filter(report_id=report.id):
        if notice.staff_id is not None:
            person = await Staff.get(id=notice.staff_id)
            standing = await staff_standing(person, report_id=report.id, vault=house.vault)
            if {person.username, person.body_id} & case.barred():
                raise AssertionError(f"{person.username} has a notice")
            if {person.username, person.body_id} & barred or person.body_id != report.owner_id:
                assert standing is Standing.MUST_NOT, person.username
        if notice.liaison_id is not None:
            liaison = await Liaison.get(id=notice.liaison_id)
            liaisons.add(liaison.phone)
            assert await liaison_standing(liaison, report_id=report.id, vault=house.vault) is Standing.MAY
    assert not liaisons & barred
    assert not liaisons or (case.level == "none" and "liaison" not in case.avoid)
