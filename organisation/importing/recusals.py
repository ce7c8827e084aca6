"""Recusals: the one who is kept away is looked up once everybody is in."""

from collections.abc import Sequence

from tortoise.expressions import Q

from models.body import Body
from models.liaison import Liaison
from models.recusal import Recusal
from models.staff import Staff
from organisation.importing import tables
from organisation.importing.journal import Journal
from organisation.importing.records import Batch
from organisation.importing.summary import Count
from organisation.importing.writing import Attributes, attributes, differing, write

Who = tuple[int | None, int | None, str | None]
Key = tuple[Who, str, str]


async def write_recusals(batch: Batch, *, version: int, journal: Journal) -> Count:
    """Whoever is newly kept away sees no report until the matcher has cleared the pair at `version`."""
    staff = dict(await Staff.all().values_list("username", "id"))
    liaisons = dict(await Liaison.all().values_list("phone", "id"))
    bodies = {code for (code,) in await Body.all().values_list("code")}
    stored: dict[Key, Recusal] = {
        ((row.staff_id, row.liaison_id, row.body_id), str(row.from_kind), row.from_value): row
        for row in await Recusal.all().order_by("-id")
    }
    rows: list[tuple[Recusal | None, Attributes]] = []
    kept_away: list[Who] = []
    for record in batch.records(tables.RECUSALS):
        name = record.text("who")
        who: Who = (staff.get(name), liaisons.get(name), name if name in bodies else None)
        wanted = attributes(record, without=("who", "from")) | {
            "staff_id": who[0],
            "liaison_id": who[1],
            "body_id": who[2],
            "from_value": record.text("from"),
        }
        row = stored.get((who, record.text("from_kind"), record.text("from")))
        rows.append((row, wanted))
        if row is None or differing(row, wanted):
            kept_away.append(who)
    await _hide_until_matched(kept_away, version=version)
    return await write(Recusal, rows, journal=journal)


async def _hide_until_matched(kept_away: Sequence[Who], *, version: int) -> None:
    """Matching every open report again takes a while; nobody may read meanwhile what they must not see."""
    staff_ids = {staff_id for staff_id, _, _ in kept_away if staff_id is not None}
    body_codes = {body for _, _, body in kept_away if body is not None}
    for wanted in (Q(id__in=staff_ids), Q(body_id__in=body_codes)):
        await Staff.filter(wanted).update(known_since=version)
