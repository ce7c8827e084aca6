"""What is found without the ORM's own statement is what the ORM would have found."""

from datetime import timedelta

import pytest
from tortoise.transactions import in_transaction

from clients.finding import Wanted, find_one, find_together, find_where
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
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
    for (model, *_), rows in zip(wanted, together, strict=True):
        expected = await model.filter(report_id=one.id)
        assert expected and {row.id: columns(row) for row in rows} == {
            row.id: columns(row) for row in expected
        }


async def test_relations_come_along_in_the_order_asked_for(file: File) -> None:
    report = await file()
    staff = (await Staff.all())[0]
    first = await Message.get(report_id=report.id)
    later = first.said_at + timedelta(minutes=1)
    await Message.create(
        id="later", report_id=report.id, speaker="staff", staff_id=staff.id, sealed_text=b"", said_at=later
    )
    wanted = Wanted(Message, "report_id", report.id, by=("said_at", "id"), beside=("staff", "staff.body"))
    ((own, theirs),) = await find_together(wanted)
    assert (own.id, own.staff, theirs.id) == (first.id, None, "later")
    assert columns(theirs.staff) == columns(staff)
    assert columns(theirs.staff.body) == columns(await staff.body)


async def test_a_condition_reads_what_is_joined(file: File) -> None:
    report = await file()
    owner = await Report.get(id=report.id).select_related("owner")
    asked = "r.number = $1 AND r_owner.name = $2 ORDER BY r.id"
    (found,) = await find_where(Report, asked, report.number, owner.owner.name, beside=("owner",))
    assert columns(found.owner) == columns(owner.owner)
    assert not await find_where(Report, asked, report.number, "别处", beside=("owner",))
