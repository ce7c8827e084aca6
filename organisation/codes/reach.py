"""Whose codes somebody may look after.

A township must not be able to silence a code, nor touch a `conduct` one, which is about its own people.
"""

from models.choices import Purpose
from models.entry_code import EntryCode
from organisation.codes.errors import CodeNotYours, PlaceUnknown
from organisation.reach import Reach
from routing.table import RoutingTable


def keeps_a_place(reach: Reach) -> bool:
    return bool(reach.township) or not reach.body


def top_of(reach: Reach, *, table: RoutingTable) -> str | None:
    """The highest place within reach; None for who keeps no place."""
    if not keeps_a_place(reach):
        return None
    if reach.body:
        return reach.township
    return reach.county or next(
        (code for code, node in table.tree.nodes.items() if node.level == "city"), None
    )


def require_place(reach: Reach, region: str, *, table: RoutingTable) -> None:
    """Raises `PlaceUnknown`: out of reach and not there look the same."""
    if top_of(reach, table=table) not in table.path(region):
        raise PlaceUnknown


def may_issue(reach: Reach, purpose: Purpose) -> bool:
    return not reach.body or purpose is not Purpose.CONDUCT


def may_retire(reach: Reach) -> bool:
    return not reach.body


def require_code(reach: Reach, entry: EntryCode, *, table: RoutingTable, is_ending: bool) -> None:
    """Raises `PlaceUnknown`, or `CodeNotYours`."""
    require_place(reach, entry.region_id, table=table)
    if not may_issue(reach, entry.purpose) or (is_ending and not may_retire(reach)):
        raise CodeNotYours
