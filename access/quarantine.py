"""What stands aside because it came in a flood: for those who would see it in their inbox, and for nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from access.predicate import ASIDE, VISIBLE, viewer_values
from access.reports import ROW, ReportRow, position_of, row_of
from access.viewer import Viewer
from clients.database import rows, text_list
from models.fields import to_millis

PAGE: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideFilter:
    """Empty fields ask for nothing."""

    region: str = ""
    channel: str = ""


ALL_ASIDE = AsideFilter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What came from one place by one door."""

    region: str
    region_name: str
    channel: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideRow:
    id: str
    channel: str
    row: ReportRow

    @property
    def place(self) -> str:
        return f"{to_millis(self.row.submitted_at)}-{self.row.number}"


def _where(wanted: AsideFilter, *, values: list[Any]) -> str:
    said = [VISIBLE, ASIDE]
    for column, value in (("region_id", wanted.region), ("channel", wanted.channel)):
        if value:
            values.append(value)
            said.append(f"r.{column} = ${len(values)}")
    return " AND ".join(said)


async def group_aside(viewer: Viewer, *, limit: int = 50) -> list[Group]:
    """The largest first."""
    found = await rows(
        f"""SELECT r.region_id, p.name, r.channel, COUNT(*) AS n FROM report r
          JOIN region p ON p.code = r.region_id WHERE {VISIBLE} AND {ASIDE}
        GROUP BY r.region_id, p.name, r.channel ORDER BY n DESC, r.region_id, r.channel LIMIT {limit}""",
        *viewer_values(viewer),
    )
    return [
        Group(region=row["region_id"], region_name=row["name"], channel=row["channel"], count=row["n"])
        for row in found
    ]


async def list_aside(viewer: Viewer, *, wanted: AsideFilter = ALL_ASIDE, after: str = "") -> list[AsideRow]:
    """A page, the oldest first; `after` is the `place` of the last one shown."""
    values = viewer_values(viewer)
    where = _where(wanted, values=values)
    if position := position_of(after):
        values += position
        first, second = f"${len(values) - 1}", f"${len(values)}"
        where += f" AND (r.submitted_at > {first} OR (r.submitted_at = {first} AND r.number > {second}))"
    sql = ROW.replace("SELECT ", "SELECT r.id, r.channel, ", 1)
    found = await rows(f"{sql} WHERE {where} ORDER BY r.submitted_at, r.number LIMIT {PAGE}", *values)
    return [AsideRow(id=row["id"], channel=row["channel"], row=row_of(row)) for row in found]


async def lock_aside(
    viewer: Viewer, *, numbers: Sequence[str] = (), wanted: AsideFilter = ALL_ASIDE, limit: int
) -> list[str]:
    """Ids of up to `limit`, locked until the transaction ends; those of `numbers` where there are any."""
    values = viewer_values(viewer)
    where = _where(wanted, values=values)
    if numbers:
        values.append(text_list(numbers))
        where += f" AND r.number in_list(${len(values)})"
    sql = (
        f"SELECT r.id FROM report r WHERE {where} ORDER BY r.submitted_at, r.number LIMIT {limit} FOR UPDATE"
    )
    return [row["id"] for row in await rows(sql, *values)]
