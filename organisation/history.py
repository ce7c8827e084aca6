"""The organisation as it was: today's rows with every later change taken back (docs/decisions/0010)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tortoise.models import Model

from models.area import Area
from models.body import Body
from models.cadre import Cadre
from models.liaison import Liaison
from models.organisation_change import OrganisationChange
from models.recusal import Recusal
from models.region import Region
from models.specialist import Specialist
from models.staff import Staff
from models.zone import Zone, ZoneMember
from organisation.importing.journal import KEPT, as_kept, key_in_words
from organisation.nodes import (
    body_node,
    cadre_node,
    liaison_node,
    recusal_node,
    specialist_node,
    staff_node,
    zone_nodes,
)
from routing.table import RegionNode, RoutingTable

AT_ONCE = 1000
Rows = dict[type[Model], dict[str, Any]]


async def table_at(version: int) -> RoutingTable:
    """The table of `version`; who is bound on WeChat is as today, since that is no change of the organisation."""
    rows: Rows = {model: await _by_key(model) for model in KEPT}
    models = {kept.kind: model for model, kept in KEPT.items()}
    before_id: int | None = None
    while changes := await _later(version, before_id=before_id):
        for change in changes:
            _take_back(change, rows[models[change.kind]])
        before_id = changes[-1].id
    return _table(rows, version=version)


async def _by_key(model: type[Model]) -> dict[str, Any]:
    return {key_in_words(as_kept(row), kept=KEPT[model]): row for row in await model.all()}


async def _later(version: int, *, before_id: int | None) -> Sequence[OrganisationChange]:
    later = OrganisationChange.filter(version__gt=version)
    if before_id is not None:
        later = later.filter(id__lt=before_id)
    return await later.order_by("-id").limit(AT_ONCE)


def _take_back(change: OrganisationChange, rows: dict[str, Any]) -> None:
    if change.before is None:
        rows.pop(change.key, None)
        return
    row = rows[change.key]
    for name, value in change.before.items():
        is_moment = name == "confirmed_at" and value is not None
        setattr(row, name, datetime.fromisoformat(value) if is_moment else value)


def _table(rows: Rows, *, version: int) -> RoutingTable:
    def active(model: type[Model]) -> list[Any]:
        return [row for row in rows[model].values() if row.is_active]

    return RoutingTable.build(
        version=version,
        areas={area.code: area.name for area in active(Area)},
        area_words={area.code: area.words for area in active(Area)},
        regions=[
            RegionNode(code=region.code, name=region.name, level=str(region.level), parent=region.parent_id)
            for region in active(Region)
        ],
        bodies=map(body_node, active(Body)),
        zones=zone_nodes(active(Zone), active(ZoneMember)),
        specialists=map(specialist_node, active(Specialist)),
        staff=map(staff_node, active(Staff)),
        liaisons=map(liaison_node, active(Liaison)),
        cadres=map(cadre_node, active(Cadre)),
        recusals=map(recusal_node, active(Recusal)),
    )
