"""A case of the zone is not concluded before its three documents are there; no other needs them."""

import pytest

from casework.approve import approve
from casework.conclude import conclude
from casework.cross import cross
from casework.dispose import dispose
from casework.documents import FIELDS, missing_documents, write_document
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transfer import transfer
from dossier.rows import report_key
from models.case_record import CaseRecord
from models.choices import RecordKind, Status
from models.event import Event
from models.report import Report
from tests.casework.conftest import viewer
from tests.casework.living import brought_to

GIVEN = {
    "authoriser": "副书记冯远", "authorised_on": "2026-11-01", "scope": "由西坪乡纪委办理",
    "reported_to": "指挥长陈明", "reported_on": "2026-11-02", "facts": "账目不符", "opinion": "责成退还",
    "causes": "监督缺位", "lessons": "公开不及时", "measures": "按月公开",
}  # fmt: skip


@pytest.fixture
def of_the_zone(county, file):
    """Handled by the zone's office since the masses react strongly; or across, by the other township."""

    async def make(way, last="approve"):
        report = await file(level="village")
        if way == "trigger":
            by = await viewer(county, "t-east-l")
            await transfer(report.number, reason="几个村都反映", trigger="masses", by=by, house=county)
        else:
            by = await viewer(county, "head-l")
            await cross(report.number, body="T-WEST", authorisation="冯远授权", by=by, house=county)
        return await brought_to(last, await Report.get(id=report.id), house=county)

    return make


async def write(house, report, kind, **changed):
    by = await viewer(house, f"{report.owner_id.lower()}-a")
    given = {name: GIVEN[name] for name in FIELDS[kind]} | changed
    await write_document(report.number, kind=kind, by=by, house=house, **given)


@pytest.mark.parametrize(("way", "owner"), [("trigger", "OFFICE-1"), ("cross", "T-WEST")])
async def test_it_is_concluded_with_all_three_and_not_before(county, of_the_zone, way, owner):
    report = await of_the_zone(way)
    assert report.owner_id == owner
    key = report_key(report, house=county)
    by = await viewer(county, f"{owner.lower()}-a")
    for kind in FIELDS:
        assert kind in await missing_documents(report, key=key)
        with pytest.raises(TransitionNotAllowed) as refused:
            await conclude(report.number, text="查清", by=by, house=county)
        assert kind.label in refused.value.message
        await write(county, report, kind)
    assert await missing_documents(report, key=key) == []
    await conclude(report.number, text="查清", by=by, house=county)
    assert (await Report.get(id=report.id)).status is Status.CONCLUDED
    for row in await CaseRecord.filter(kind=RecordKind.BRIEFING):
        assert "账目不符".encode() not in bytes(row.sealed_content)
    assert await Event.filter(action__in=[f"report.{kind}" for kind in FIELDS]).count() == 3


async def test_what_is_concluded_by_its_approval_needs_them_too(county, of_the_zone):
    report = await of_the_zone("trigger", last="accept")
    by, leader = await viewer(county, "office-1-a"), await viewer(county, "office-1-l")
    await dispose(report.number, disposition="dismiss", text="不实", study="集体研究", by=by, house=county)
    with pytest.raises(TransitionNotAllowed):
        await approve(report.number, by=leader, house=county)
    for kind in FIELDS:
        await write(county, report, kind)
    await approve(report.number, by=leader, house=county)
    assert (await Report.get(id=report.id)).status is Status.CONCLUDED


async def test_no_other_case_needs_or_takes_them(county, file):
    report = await brought_to("approve", await file(), house=county)
    with pytest.raises(TransitionNotAllowed):
        await write(county, report, RecordKind.BRIEFING)
    await conclude(report.number, text="查清", by=await viewer(county, "t-east-a"), house=county)
    # a matter about township cadres is the office's by authority, not by a trigger
    own = await brought_to("approve", await file(level="township"), house=county)
    assert own.owner_id == "OFFICE-1"
    await conclude(own.number, text="查清", by=await viewer(county, "office-1-a"), house=county)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        (RecordKind.AUTHORISATION, "authoriser", " "),
        (RecordKind.AUTHORISATION, "authorised_on", "2099-01-01"),
        (RecordKind.BRIEFING, "reported_on", "昨天"),
        (RecordKind.ANALYSIS, "measures", "字" * 2001),
    ],
)
async def test_every_field_of_a_document_is_asked_for(county, of_the_zone, kind, field, value):
    report = await of_the_zone("cross")
    with pytest.raises(FieldWrong) as wrong:
        await write(county, report, kind, **{field: value})
    assert wrong.value.field == field
    assert not await CaseRecord.filter(kind=kind).exists()
