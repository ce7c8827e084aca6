"""The county's page of scans: nobody else finds it, and it holds no small number."""

from datetime import timedelta

import pytest

from models.event import Event
from models.poster_doubt import MOST_A_DAY, PosterDoubt
from models.scan_count import ScanCount
from organisation.scans import monday_of
from tests.factories import EAST, make_entry


@pytest.mark.parametrize("username", ["head-a", "cases-l"])
async def test_the_county_sees_numbers_but_no_small_ones(browser, office, username):
    entry = await make_entry()
    today = office.clock.now().astimezone(office.timezone).date()
    for back, scans in ((1, 4), (2, 17), (0, 23)):
        await ScanCount.create(
            entry_id=entry.code, week=monday_of(today - timedelta(weeks=back)), scans=scans
        )
    for _ in range(MOST_A_DAY + 1):
        doubted = await make_entry()
        await PosterDoubt.create(entry_id=doubted.code, township=EAST, day=today.isoformat(), times=1)
    await browser.sign_in(username)
    assert (await browser.get("/console/alive")).status == 200
    assert f'data-doubted="{MOST_A_DAY + 1}"' in browser.text and "东河镇" in browser.text
    row = browser.text.partition("data-region=")[2].partition("</tr>")[0]
    assert "<td>17</td>" in row
    assert "<td>4</td>" not in row and "<td>23</td>" not in row
    assert await Event.filter(action="scans.read").count() == 1


@pytest.mark.parametrize("world_name", ["sqlite"])
@pytest.mark.parametrize("username", ["t-east-l", "office-1-l", "city-l", "city-approver", "root"])
async def test_for_everybody_else_there_is_no_such_page(browser, username):
    await browser.sign_in(username)
    assert (await browser.get("/console/alive")).status == 404
    assert "/console/alive" not in browser.text
