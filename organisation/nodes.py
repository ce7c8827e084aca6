"""Stored rows as the frozen rows of `routing`."""

from collections.abc import Iterable, Mapping
from typing import Any

from models.body import Body
from models.cadre import Cadre
from models.liaison import Liaison
from models.recusal import Recusal
from models.specialist import Specialist
from models.staff import Staff
from models.zone import Zone, ZoneMember
from routing.nodes import (
    BodyNode,
    CadreNode,
    LiaisonNode,
    RecusalNode,
    SpecialistNode,
    StaffNode,
    ZoneNode,
)


def body_node(body: Body) -> BodyNode:
    return BodyNode(
        code=body.code,
        name=body.name,
        level=str(body.level),
        room=str(body.room),
        region_code=body.region_id,
        phone=body.phone,
        is_active=True,
        hours=body.hours,
    )


def zone_nodes(zones: Iterable[Zone], members: Iterable[ZoneMember]) -> list[ZoneNode]:
    by_zone: dict[str, set[str]] = {}
    for member in members:
        by_zone.setdefault(member.zone_id, set()).add(member.body_id)
    return [
        ZoneNode(
            code=zone.code,
            name=zone.name,
            county_code=zone.county_id,
            office_body=zone.office_body_id or "",
            commander=zone.commander,
            members=frozenset(by_zone.get(zone.code, ())),
        )
        for zone in zones
    ]


def specialist_node(row: Specialist) -> SpecialistNode:
    return SpecialistNode(
        county_code=row.county_id, area_code=row.area_id, level=str(row.level), body_code=row.body_id
    )


def staff_node(person: Staff) -> StaffNode:
    return StaffNode(
        key=f"staff:{person.id}",
        id=person.id,
        username=person.username,
        name=person.name,
        body_code=person.body_id,
        role=str(person.role),
        phone=person.phone,
        is_active=person.confirmed_at is not None,
    )


def liaison_node(person: Liaison) -> LiaisonNode:
    return LiaisonNode(
        key=f"liaison:{person.id}",
        id=person.id,
        name=person.name,
        phone=person.phone,
        village_code=person.village_id,
        group_code=person.group_id or "",
        role=str(person.role),
        is_bound=person.openid_index is not None,
    )


def stored_liaison_node(row: Mapping[str, Any]) -> LiaisonNode:
    """As `liaison_node`, for a row read without the ORM: there are 25,000 in a prefecture, read at every change."""
    return LiaisonNode(
        key=f"liaison:{row['id']}",
        id=row["id"],
        name=row["name"],
        phone=row["phone"],
        village_code=row["village_id"],
        group_code=row["group_id"] or "",
        role=row["role"],
        is_bound=row["openid_index"] is not None,
    )


def cadre_node(cadre: Cadre) -> CadreNode:
    return CadreNode(
        name=cadre.name,
        aliases=tuple(alias for alias in cadre.aliases.split(";") if alias),
        post=cadre.post,
        unit=cadre.unit,
        level=str(cadre.level),
        region_code=cadre.region_id,
    )


def recusal_node(row: Recusal) -> RecusalNode:
    return RecusalNode(
        id=row.id,
        who=who_is_recused(row),
        from_kind=str(row.from_kind),
        from_value=row.from_value,
        reason=row.reason,
    )


def who_is_recused(row: Recusal) -> str:
    """A person key or `body:<code>`."""
    if row.staff_id is not None:
        return f"staff:{row.staff_id}"
    if row.liaison_id is not None:
        return f"liaison:{row.liaison_id}"
    return f"body:{row.body_id}"
