"""What is found without the ORM's own statement is what the ORM would have found."""

import pytest
from tortoise.transactions import in_transaction

from clients.finding import Wanted, find_one, find_together
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from tests.casework.conftest import File, clock_moves, county, file

__all__ = ["clock_moves", "county", "file"]


def columns(row: object) -> dict[str, object]:
    return {name: getattr(row, name) for name in row._meta.db_fields}  # type: ignore[attr-defined]


@pytest.mark.parametrize("is_inside", [False, True])
async def test_every_column_is_as_the_orm_reads_it(file: File, is_inside: bool) -> None:
    one, two = await file(), await file(text="另一件")
    wanted = [Wanted(model, "report_id", one.id) for model in (Message, OutboxNotice)]
    if is_inside:
        async with in_transaction():
            found, together = await find_one(Report, "number", two.number), await find_together(*wanted)
    else:
        found, together = await find_one(Report, "number", two.number), await find_together(*wanted)
    assert found is not None and columns(found) == columns(await Report.get(id=two.id))
    assert await find_one(Report, "number", "0") is None
    for (model, _, _), rows in zip(wanted, together, strict=True):
        expected = await model.filter(report_id=one.id)
        assert expected and {row.id: columns(row) for row in rows} == {
            row.id: columns(row) for row in expected
        }
