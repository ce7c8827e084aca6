"""A leader hands a colleague's work on, and reads who has read what: over what they may see, and nothing else."""

from casework.assign import assign
from casework.recuse import recuse
from models.event import Event
from models.report import Report
from models.staff import Staff
from tests.casework.conftest import viewer


async def given(house, report, staff="t-east-a"):
    await assign(report.number, staff=staff, by=await viewer(house, "t-east-l"), house=house)


async def as_(opened_browser, username):
    return await (await opened_browser()).sign_in(username)


async def test_a_colleague_s_work_goes_to_another_but_what_they_may_not_have(office, file, opened_browser):
    first, second, theirs = await file(), await file(), await file()
    await given(office, theirs, "t-east-b")
    await recuse(second.number, who="", reason="亲戚", by=await viewer(office, "t-east-b"), house=office)
    for report in (first, second):
        await given(office, report)
    leader = await as_(opened_browser, "t-east-l")
    await leader.get("/console/hand-on")
    assert "（在办 2 件）" in leader.text
    for wrong in ({"of": "t-east-a", "to": "t-west-a"}, {"of": "t-west-a", "to": "t-east-b"}, {}):
        assert (await leader.post("/console/hand-on", **wrong)).status == 422
    assert (await leader.post("/console/hand-on", of="t-east-a", to="t-east-b")).status == 200
    assert "已经移交 1 件" in leader.text and "另有 1 件" in leader.text
    to = await Staff.get(username="t-east-b")
    assert (await Report.get(id=first.id)).handler_id == to.id
    assert (await Report.get(id=second.id)).handler_id != to.id
    assert await Event.filter(action="report.assign", report_id=first.id).count() == 2


async def test_readings_of_the_own_body_and_for_the_head_of_the_county(office, file, opened_browser):
    report, hidden = await file(), await file()
    elsewhere = await file(region="990101002001")
    east, west = await as_(opened_browser, "t-east-a"), await as_(opened_browser, "t-west-a")
    for number in (report.number, hidden.number):
        await east.get(f"/console/reports/{number}")
    await east.get("/console/reports?q=王某某")
    await west.get(f"/console/reports/{elsewhere.number}")
    await recuse(hidden.number, who="", reason="亲戚", by=await viewer(office, "t-east-l"), house=office)
    leader = await as_(opened_browser, "t-east-l")
    await leader.get("/console/readings")
    assert "赵a" in leader.text and report.number in leader.text and "查找过" in leader.text
    assert "王某某" not in leader.text
    for number in (hidden.number, elsewhere.number):
        assert number not in leader.text
    head = await as_(opened_browser, "head-l")
    await head.get("/console/readings")
    assert elsewhere.number in head.text and report.number in head.text
    rooms = await as_(opened_browser, "letters-l")
    await rooms.get("/console/readings")
    assert report.number not in rooms.text
    assert (await west.get("/console/readings")).status == 404
    assert await Event.filter(action="log.read").count() == 3
