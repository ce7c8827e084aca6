"""Who of a body works on what: for its leader, over what the leader may see."""

from dataclasses import dataclass

from access.predicate import PARAMETERS, VISIBLE, viewer_values
from access.viewer import Viewer
from clients.database import rows

AT_WORK = "r.status NOT IN ('closed', 'declined') AND r.handler_id IS NOT NULL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How many open reports somebody works on."""

    username: str
    name: str
    count: int


async def loads_of(viewer: Viewer) -> list[Load]:
    """Of everybody who has something at work, also of those who have left the body."""
    sql = f"""SELECT s.username, s.name, COUNT(*) AS n FROM report r JOIN staff s ON s.id = r.handler_id
      WHERE {VISIBLE} AND {AT_WORK} GROUP BY s.id, s.username, s.name ORDER BY s.name, s.id"""
    found = await rows(sql, *viewer_values(viewer))
    return [Load(username=row["username"], name=row["name"], count=row["n"]) for row in found]


async def numbers_handled_by(viewer: Viewer, *, username: str) -> list[str]:
    sql = f"""SELECT r.number FROM report r JOIN staff s ON s.id = r.handler_id
      WHERE {VISIBLE} AND {AT_WORK} AND s.username = ${PARAMETERS + 1} ORDER BY r.submitted_at, r.number"""
    return [row["number"] for row in await rows(sql, *viewer_values(viewer), username)]
