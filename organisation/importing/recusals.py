"""Recusals: the one who is kept away is looked up once everybody is in."""

from models.body import Body
from models.liaison import Liaison
from models.recusal import Recusal
from models.staff import Staff
from organisation.importing import tables
from organisation.importing.records import Batch
from organisation.importing.summary import Count
from organisation.importing.writing import Attributes, attributes, write

Who = tuple[int | None, int | None, str | None]
Key = tuple[Who, str, str]


async def write_recusals(batch: Batch) -> Count:
    staff = dict(await Staff.all().values_list("username", "id"))
    liaisons = dict(await Liaison.all().values_list("phone", "id"))
    bodies = {code for (code,) in await Body.all().values_list("code")}
    stored: dict[Key, Recusal] = {
        ((row.staff_id, row.liaison_id, row.body_id), str(row.from_kind), row.from_value): row
        for row in await Recusal.all().order_by("-id")
    }
    rows: list[tuple[Recusal | None, Attributes]] = []
    for record in batch.records(tables.RECUSALS):
        name = record.text("who")
        who: Who = (staff.get(name), liaisons.get(name), name if name in bodies else None)
        wanted = attributes(record, without=("who", "from")) | {
            "staff_id": who[0],
            "liaison_id": who[1],
            "body_id": who[2],
            "from_value": record.text("from"),
        }
        rows.append((stored.get((who, record.text("from_kind"), record.text("from"))), wanted))
    return await write(Recusal, rows)
