"""节假日、调休 and 办理时限 as data: kept in the console, everywhere at once, and taken back."""

from datetime import date

import pytest

from casework.accept import accept
from models.figures import NAMES
from models.holiday import Holiday
from models.organisation_change import OrganisationChange
from models.report import Report
from organisation.editing import add_row, change_row
from organisation.errors import HolidaysUnreadable, RowNotFound
from organisation.figures import Figures
from organisation.holidays import days_of, keep_days
from organisation.importing.problems import ImportRefused
from organisation.kinds import KINDS, rows_of
from organisation.live import LiveOrganisation
from organisation.undoing import undo
from organisation.working_days import Calendar
from tests.casework.conftest import county, file, viewer
from tests.organisation.test_every_kind_changed import COUNTY, desk, newest

__all__ = ["county", "file"]

PUBLISHED = """2099年1月1日至2099年1月3日 放假 元旦

2099-01-04 上班 元旦调休
"""


def days(calendar):
    return [calendar.is_working_day(date(2099, 1, day)) for day in range(1, 5)]


async def test_a_pasted_year_reaches_every_process_and_is_taken_back(county):
    elsewhere, at_hand = LiveOrganisation(), await desk(county, "city-l")
    await elsewhere.refresh()
    # a Thursday to a Sunday
    assert days(elsewhere.calendar) == [True, True, False, False]
    await keep_days(days_of(PUBLISHED), **at_hand)
    assert days(county.organisation.calendar) == [False, False, False, True]
    await elsewhere.refresh()
    assert days(elsewhere.calendar) == [False, False, False, True]
    for change in await OrganisationChange.filter(kind="holidays"):
        await undo(change.id, **at_hand)
    await elsewhere.refresh()
    assert days(elsewhere.calendar) == [True, True, False, False]


@pytest.mark.parametrize(
    "line", ["2099-01-01", "元旦放假三天", "2099-01-03 至 2099-01-01 放假", "2099-13-01 放假"]
)
async def test_nothing_is_kept_of_what_cannot_all_be_read(county, line):
    with pytest.raises(HolidaysUnreadable) as wrong:
        await keep_days(days_of(f"{PUBLISHED}{line}"), **await desk(county, "city-l"))
    assert line[:4] in wrong.value.message
    with pytest.raises(HolidaysUnreadable):
        days_of("  \n")
    assert not await Holiday.exists()


async def test_holidays_are_the_city_s_and_figures_the_leaders(county):
    with pytest.raises(RowNotFound):
        await keep_days(days_of(PUBLISHED), **await desk(county))
    head, city = await desk(county), await desk(county, "city-l")
    assert "holidays" in city["reach"].kinds and "holidays" not in head["reach"].kinds
    assert "figures" in head["reach"].kinds
    for wrong in ({"days_to_accept": "0"}, {"months_to_conclude": "13"}, {"county_code": "990101001000"}):
        with pytest.raises(ImportRefused):
            await add_row(KINDS["figures"], {"county_code": COUNTY} | wrong, **head)
    await add_row(KINDS["figures"], {"county_code": COUNTY, "days_to_accept": "3"}, **head)
    assert len(await rows_of(KINDS["figures"], head["reach"])) == 1
    assert await rows_of(KINDS["holidays"], head["reach"]) == []


async def test_a_county_s_own_figures_time_what_begins_after(county, file):
    before, at_hand = await file(), await desk(county)
    given = {"county_code": COUNTY, "days_to_accept": "2", "days_to_propose": "10"}
    await add_row(KINDS["figures"], given, **at_hand)
    assert county.organisation.figures[COUNTY] == Figures(days_to_accept=2, days_to_propose=10)
    report, at = await file(), county.clock.now()
    assert (await Report.get(id=before.id)).due_at == before.due_at
    assert report.due_at == Calendar().add_working_days(at, days=2, timezone=county.timezone)
    await accept(report.number, kind="clue", by=await viewer(county, "t-east-a"), house=county)
    accepted = await Report.get(id=report.id)
    assert (
        accepted.due_at.astimezone(county.timezone).date() - at.astimezone(county.timezone).date()
    ).days == 10
    row = (await rows_of(KINDS["figures"], at_hand["reach"]))[0]
    await change_row(KINDS["figures"], str(row.pk), {"days_to_accept": ""}, **at_hand)
    assert county.organisation.figures[COUNTY] == Figures(days_to_propose=10)
    await undo((await newest()).id, **at_hand)
    assert county.organisation.figures[COUNTY].days_to_accept == 2


def test_every_figure_of_the_rules_can_be_set():
    assert set(NAMES) == set(Figures.__dataclass_fields__)
    columns = {column.name for column in KINDS["figures"].table.columns}
    assert set(NAMES) <= columns
