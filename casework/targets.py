"""The body a person names for a matter: whether it may have it, and which ones may."""

from collections.abc import Iterable, Sequence

from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong
from dossier.rulings import Ruling, decide_directed
from models.report import Report
from organisation.house import House
from routing.authority import RANK
from routing.directions import may_be_named
from routing.facts import Facts
from routing.nodes import BodyNode
from routing.table import RoutingTable
from vault.keys import DataKey

DIRECTIONS = {"transfer": "transfer", "cross": "cross", "assign-down": "assigned"}

Options = Sequence[tuple[str, str]]


async def directed(
    report: Report, *, action: str, to: str, key: DataKey, by: Viewer, house: House, knows_why: bool = True
) -> Ruling:
    """Raises `FieldWrong`; the reason is for those only who may read the report (`knows_why`)."""
    table = house.organisation.table
    if to == report.owner_id:
        raise FieldWrong("body", texts.BODY_HAS_IT)
    if not _is_below(table.bodies.get(to), by=by, action=action):
        raise FieldWrong("body", texts.BODY_WRONG)
    direction = DIRECTIONS[action]
    ruling = await decide_directed(report, key=key, table=table, to=to, direction=direction)
    if isinstance(ruling, str):
        raise FieldWrong("body", ruling if knows_why else texts.BODY_CANNOT)
    return ruling


def options_for(
    report: Report, *, actions: Iterable[str], facts: Facts, by: Viewer, house: House
) -> dict[str, Options]:
    """For each action the bodies that may be named, as codes and names; none that would be refused."""
    table = house.organisation.table
    return {
        action: [
            (body.code, body.name)
            for body in may_be_named(facts, table, direction=DIRECTIONS[action])
            if body.code != report.owner_id and _is_below(body, by=by, action=action)
        ]
        for action in actions
        if action in DIRECTIONS
    }


def listed_options(owner_code: str, *, action: str, by: Viewer, table: RoutingTable) -> Options:
    """For a ledger row: by the organisation alone, since nothing of the matter may show in a choice."""
    owner = table.bodies.get(owner_code)
    zone = table.place(owner.region_code).zone if owner is not None and owner.level == "township" else None
    if action == "cross":
        codes = zone.members if zone is not None else frozenset()
    else:
        near = (body for _, body in table.scope(table.place(by.county_code)).bodies)
        codes = frozenset(body.code for body in near if body.level in ("office", "stationed"))
    bodies = [table.bodies[code] for code in sorted(codes - {owner_code}) if code in table.bodies]
    return [(b.code, b.name) for b in bodies if b.is_active and _is_below(b, by=by, action=action)]


def _is_below(body: BodyNode | None, *, by: Viewer, action: str) -> bool:
    """What is assigned down goes down; other actions reach as far as routing lets them."""
    return body is not None and (action != "assign-down" or RANK[body.level] < RANK[by.body_level])
