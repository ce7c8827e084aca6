"""公开整改: what was put right, told by the leader in words that name nobody, and with no way back to the report."""

import pytest

from access.reports import ReportNotFound
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.link_repeat import link_repeat
from casework.publish_rectification import publish_rectification
from dossier.rows import report_key
from models.choices import RegionLevel
from models.event import Event
from models.region import Region
from models.report import Report
from models.survey import Survey
from organisation.house import House
from organisation.live import raise_version
from routing.facts import Subject
from tests.casework.conftest import File, viewer
from tests.casework.living import brought_to
from tests.factories import EAST_VILLAGE, WEST_VILLAGE

TITLE, TEXT = "村口路灯修好了", "三盏路灯换了新的，每月查一次。"


async def publish(number: str, *, who: str, house: House, title: str = TITLE, text: str = TEXT) -> Survey:
    by = await viewer(house, who)
    return await publish_rectification(number, title=title, text=text, by=by, house=house, check=None)


async def test_the_leader_publishes_what_was_concluded(county: House, file: File) -> None:
    report = await file()
    with pytest.raises(TransitionNotAllowed):
        await publish(report.number, who="t-east-l", house=county)
    await brought_to("feedback", report, house=county)
    with pytest.raises(TransitionNotAllowed):
        await publish(report.number, who="t-east-a", house=county)
    with pytest.raises(ReportNotFound):
        await publish(report.number, who="t-west-l", house=county)
    made = await publish(report.number, who="t-east-l", house=county)
    assert (made.region_id, made.area_id, made.is_rectification) == (report.region_id, report.area_id, True)
    with pytest.raises(TransitionNotAllowed):
        await publish(report.number, who="t-east-l", house=county)
    # nothing readable in its row leads to the report; who did it is in the log
    values = " ".join(str(getattr(made, column)) for column in made._meta.db_fields)
    assert report.id not in values and report.number not in values
    event = await Event.get(action="report.publish")
    assert (event.report_id, event.object_id) == (report.id, made.code)


async def test_it_stands_for_the_village_and_tells_no_group(county: House, file: File) -> None:
    group = await Region.create(
        code=f"{EAST_VILLAGE}001", name="一组", level=RegionLevel.GROUP, parent_id=EAST_VILLAGE
    )
    await raise_version(at=county.clock.now())
    await county.organisation.refresh()
    report = await file(region=group.code)
    await brought_to("feedback", report, house=county)
    assert (await publish(report.number, who="t-east-l", house=county)).region_id == EAST_VILLAGE


@pytest.mark.parametrize("words", ["欧阳明月已经退款", "打电话 13900001111", "根据群众举报已经整改"])
async def test_nobody_is_named(county: House, file: File, words: str) -> None:
    report = await file(level="village", subject=Subject(name="欧阳明月", post="会计", unit=""))
    await brought_to("feedback", report, house=county)
    for text in ({"text": words}, {"title": words}):
        with pytest.raises(FieldWrong) as refused:
            await publish(report.number, who="t-east-l", house=county, **text)
        assert refused.value.field in text
    assert await Survey.all().count() == 0


async def test_nor_anybody_of_a_repeat_that_is_in_sight_and_of_nothing_else(
    county: House, file: File
) -> None:
    report, repeat, elsewhere = await file(), await file(), await file(region=WEST_VILLAGE)
    by = await viewer(county, "t-east-a")
    await link_repeat(repeat.number, of=report.number, by=by, house=county)
    await Report.filter(id=elsewhere.id).update(repeat_of=report.id)
    for other, name in ((repeat, "万古春"), (elsewhere, "万里晴")):
        sealed = report_key(other, house=county).seal_json(
            {"name": name, "phone": ""}, place=f"report:{other.id}:identity"
        )
        await Report.filter(id=other.id).update(sealed_identity=sealed)
    await brought_to("feedback", report, house=county)
    with pytest.raises(FieldWrong):
        await publish(report.number, who="t-east-l", house=county, text="万古春家门口的路修好了。")
    # whose report the township does not have is not told by a refusal
    await publish(report.number, who="t-east-l", house=county, text="万里晴家门口的路修好了。")
