"""Which body's leader approves what was proposed: its own, or the next above where none of its leaders is free."""

from casework import texts
from casework.above import bodies_above
from casework.errors import TransitionNotAllowed
from dossier.bars import barred_from
from models.choices import Role
from models.report import Report
from organisation.house import House
from routing.table import RoutingTable
from vault.keys import DataKey


async def approver_for(report: Report, *, proposer_id: int, key: DataKey, house: House) -> str:
    """Raises `TransitionNotAllowed` where nobody at all may approve."""
    table = house.organisation.table
    barred = await barred_from(report, key=key) | {f"staff:{proposer_id}"}
    for body in (report.owner_id, *bodies_above(report, table=table)):
        if f"body:{body}" not in barred and _has_free_leader(body, barred=barred, table=table):
            return body
    raise TransitionNotAllowed(texts.NOBODY_APPROVES)


def _has_free_leader(body: str, *, barred: set[str], table: RoutingTable) -> bool:
    return any(
        person.is_active and person.role == Role.LEADER and person.key not in barred
        for person in table.staff_of(body)
    )
