"""A report filed by the real intake, and people of the test organisation to act on it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from tortoise.transactions import in_transaction

from access.viewer import Viewer, viewer_of
from intake.draft import Draft
from intake.submit import submit
from models.body import Body
from models.choices import Channel
from models.report import Report
from models.staff import Staff
from organisation.house import House
from tests.conftest import World
from tests.factories import bind_staff, make_entry, make_organisation

File = Callable[..., Awaitable[Report]]


@pytest.fixture
async def county(house: House) -> House:
    """The test organisation, with everybody in the two townships and the office bound to WeChat."""
    await make_organisation(house)
    names = [f"{body}-{suffix}" for body in ("t-east", "t-west", "office-1", "letters") for suffix in "lab"]
    async with in_transaction():
        for staff in await Staff.filter(username__in=names):
            await bind_staff(house, staff, openid=f"o-{staff.username}")
    await house.organisation.refresh()
    return house


@pytest.fixture
def file(county: House) -> File:
    async def filed(**changes: object) -> Report:
        region = changes.pop("region", None)
        entry = await make_entry(**({"region": region} if region else {}))
        values: dict[str, object] = {
            "entry": entry,
            "level": "none",
            "text": "村口的路灯坏了半年没人修",
            "channel": Channel.CHAT,
            "person_index": county.vault.index("oa", "o-villager"),
            "openid": "o-villager",
        }
        filed = await submit(Draft(**(values | changes)), house=county)
        return await Report.get(id=filed.report_id)

    return filed


async def viewer(house: House, username: str) -> Viewer:
    staff = await Staff.get(username=username)
    body = await Body.get(code=staff.body_id)
    county_code = house.organisation.table.county_of(body.region_id) or ""
    return viewer_of(staff, body=body, county_code=county_code, vault=house.vault)


@pytest.fixture
def clock_moves(county: House, world: World) -> Callable[..., None]:
    """Moves the house's clock forward, a little further each time."""
    passed = 0.0

    def move(**by: float) -> None:
        nonlocal passed
        passed += timedelta(**by).total_seconds()
        (world.folder / "clock").write_text(str(passed))

    return move
