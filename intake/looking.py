"""What is so at the very moment of filing, and no table remembers: one look at the database tells all of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from clients.database import rows
from dossier.notices import RESPONSIBLE
from intake.draft import Draft
from intake.floods import is_over
from organisation.house import House
from routing.decision import Decision

NOBODY = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """`responsible` are ids of the owner's people whom WeChat reaches, `away` of liaisons who are not here."""

    is_flood: bool
    responsible: tuple[int, ...]
    away: tuple[int, ...]


async def look(draft: Draft, *, decision: Decision, house: House, at: datetime) -> Moment:
    """Of a report that `decision` gives to a body."""
    liaison = next((told.id for told in decision.liaisons_told), NOBODY)
    values: list[Any] = [decision.body, liaison]
    over = is_over(draft, owner=str(decision.body), at=at, values=values, house=house)
    found = await rows(
        f"""SELECT 'responsible' AS what, id AS who FROM ({RESPONSIBLE}) AS responsible
          UNION ALL SELECT 'away', id FROM liaison WHERE id = $2 AND is_away
          UNION ALL SELECT 'flood', 0 WHERE {over}""",
        *values,
    )
    told = {
        what: tuple(row["who"] for row in found if row["what"] == what) for what in ("responsible", "away")
    }
    return Moment(**told, is_flood=any(row["what"] == "flood" for row in found))
