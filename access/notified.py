"""Who may be told of a report: looked at again at the moment of telling, by the predicate of who may see it."""

from datetime import datetime
from enum import Enum

from access.bars import bar_index
from access.ledger import is_listed_for, may_read_ledger
from access.predicate import PARAMETERS, READERS, VISIBLE
from access.viewer import viewer_of
from clients.database import rows
from models.body import Body
from models.liaison import Liaison
from models.report_bar import ReportBar
from models.staff import Staff
from vault.vault import Vault


class Standing(Enum):
    """`NOT_YET`: the matcher has still to clear the pair, as after a change of the account."""

    MAY = "may"
    NOT_YET = "not-yet"
    MUST_NOT = "must-not"


async def staff_standing(person: Staff, *, report_id: str, vault: Vault) -> Standing:
    if not person.is_active or person.confirmed_at is None:
        return Standing.MUST_NOT
    if await _sees(person, report_id=report_id, known_since=person.known_since, vault=vault):
        return Standing.MAY
    # version 0: would they see it, were they cleared?
    is_waiting = await _sees(person, report_id=report_id, known_since=0, vault=vault)
    return Standing.NOT_YET if is_waiting else Standing.MUST_NOT


async def _sees(person: Staff, *, report_id: str, known_since: int, vault: Vault) -> bool:
    sql = f"SELECT 1 AS seen FROM report r WHERE r.id = ${PARAMETERS + 1} AND {VISIBLE}"
    own, whole = (bar_index(who, vault=vault) for who in (f"staff:{person.id}", f"body:{person.body_id}"))
    reads = person.role in READERS
    return bool(await rows(sql, own, whole, known_since, reads, person.body_id, report_id))


async def listed_standing(person: Staff, *, report_id: str, at: datetime, vault: Vault) -> Standing:
    """For a notice that says no more than a row of the ledger does: a number, and that it is late or urged."""
    body = await Body.get(code=person.body_id)
    if not person.is_active or person.confirmed_at is None:
        return Standing.MUST_NOT
    # bodies of a county stand in its region
    viewer = viewer_of(person, body=body, county_code=body.region_id, vault=vault)
    may = may_read_ledger(viewer) and await is_listed_for(viewer, report_id=report_id, at=at)
    return Standing.MAY if may else Standing.MUST_NOT


async def liaison_standing(person: Liaison, *, report_id: str, vault: Vault) -> Standing:
    barred = ReportBar.filter(
        report_id=report_id,
        who_index=bar_index(f"liaison:{person.id}", vault=vault),
        lifted_at__isnull=True,
    )
    return Standing.MUST_NOT if not person.is_active or await barred.exists() else Standing.MAY
