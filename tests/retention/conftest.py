"""Reports that ended long ago, in a township's hands."""

from collections.abc import Awaitable, Callable

import pytest

from casework.closing import close_due
from models.report import Report
from organisation.house import House
from tests.casework.conftest import clock_moves, county, file, viewer
from tests.casework.living import brought_to

__all__ = ["clock_moves", "county", "file", "viewer"]
Close = Callable[..., Awaitable[Report]]


@pytest.fixture
def closed(county: House, file, clock_moves) -> Close:
    """A report that was handled to its end; the clock stands where it closed."""

    async def make(*, kind: str = "clue", **changes: object) -> Report:
        report = await brought_to("feedback", await file(**changes), house=county, kind=kind)
        clock_moves(days=32)
        await close_due(house=county)
        return await Report.get(id=report.id)

    return make
