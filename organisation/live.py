"""The organisation as this process knows it: a frozen snapshot, swapped whole when it changes."""

import asyncio
import logging
from datetime import datetime

from tortoise.exceptions import BaseORMException

from models.area import Area
from models.body import Body
from models.cadre import Cadre
from models.liaison import Liaison
from models.organisation_version import OrganisationVersion
from models.recusal import Recusal
from models.region import Region
from models.specialist import Specialist
from models.staff import Staff
from models.zone import Zone, ZoneMember
from routing.table import (
    BodyNode,
    CadreNode,
    LiaisonNode,
    RecusalNode,
    RegionNode,
    RoutingTable,
    SpecialistNode,
    StaffNode,
    ZoneNode,
)

log = logging.getLogger(__name__)
POLL_SECONDS = 0.5
NO_ORGANISATION = RoutingTable.build(
    version=0,
    areas={},
    regions=(),
    bodies=(),
    zones=(),
    specialists=(),
    staff=(),
    liaisons=(),
    cadres=(),
    recusals=(),
)


class LiveOrganisation:
    """`table` is always whole and never changes in place: a decision that holds one sees one organisation."""

    def __init__(self) -> None:
        self.table: RoutingTable = NO_ORGANISATION

    async def refresh(self) -> None:
        """Swaps the table if the stored organisation is another version."""
        version = await current_version()
        if version != self.table.version:
            self.table = await read_table(version)

    async def follow(self, *, woken: asyncio.Event) -> None:
        """Keeps `table` current for as long as it runs."""
        while True:
            try:
                await self.refresh()
            except (BaseORMException, OSError):
                log.warning("organisation_not_refreshed")
            try:
                # not wait_for: on Python 3.11 it swallows a cancellation that meets the wake-up
                async with asyncio.timeout(POLL_SECONDS):
                    await woken.wait()
                woken.clear()
            except TimeoutError:
                continue


async def current_version() -> int:
    row = await OrganisationVersion.get_or_none(id="current")
    return row.version if row else 0


async def raise_version(*, at: datetime) -> int:
    """The new version; call inside the transaction of the change."""
    row = await OrganisationVersion.select_for_update().get_or_none(id="current")
    if row is None:
        await OrganisationVersion.create(id="current", version=1, changed_at=at)
        return 1
    row.version += 1
    row.changed_at = at
    await row.save()
    return int(row.version)


async def read_table(version: int) -> RoutingTable:
    """Everything active, as `routing` wants it."""
    return RoutingTable.build(
        version=version,
        areas=dict(await Area.filter(is_active=True).values_list("code", "name")),
        regions=[
            RegionNode(code=code, name=name, level=str(level), parent=parent)
            for code, name, level, parent in await Region.filter(is_active=True).values_list(
                "code", "name", "level", "parent_id"
            )
        ],
        bodies=await _bodies(),
        zones=await _zones(),
        specialists=[
            SpecialistNode(
                county_code=s.county_id, area_code=s.area_id, level=str(s.level), body_code=s.body_id
            )
            for s in await Specialist.filter(is_active=True)
        ],
        staff=await _staff(),
        liaisons=await _liaisons(),
        cadres=await _cadres(),
        recusals=await _recusals(),
    )


async def _bodies() -> list[BodyNode]:
    return [
        BodyNode(
            code=body.code,
            name=body.name,
            level=str(body.level),
            room=str(body.room),
            region_code=body.region_id,
            phone=body.phone,
            is_active=True,
        )
        for body in await Body.filter(is_active=True)
    ]


async def _zones() -> list[ZoneNode]:
    members: dict[str, set[str]] = {}
    for zone_id, body_id in await ZoneMember.filter(is_active=True).values_list("zone_id", "body_id"):
        members.setdefault(zone_id, set()).add(body_id)
    return [
        ZoneNode(
            code=zone.code,
            name=zone.name,
            county_code=zone.county_id,
            office_body=zone.office_body_id or "",
            commander=zone.commander,
            members=frozenset(members.get(zone.code, ())),
        )
        for zone in await Zone.filter(is_active=True)
    ]


async def _staff() -> list[StaffNode]:
    return [
        StaffNode(
            key=f"staff:{person.id}",
            id=person.id,
            username=person.username,
            name=person.name,
            body_code=person.body_id,
            role=str(person.role),
            phone=person.phone,
            is_active=person.confirmed_at is not None,
        )
        for person in await Staff.filter(is_active=True)
    ]


async def _liaisons() -> list[LiaisonNode]:
    return [
        LiaisonNode(
            key=f"liaison:{person.id}",
            id=person.id,
            name=person.name,
            phone=person.phone,
            village_code=person.village_id,
            group_code=person.group_id or "",
            role=str(person.role),
            is_bound=person.openid_index is not None,
        )
        for person in await Liaison.filter(is_active=True)
    ]


async def _cadres() -> list[CadreNode]:
    return [
        CadreNode(
            name=cadre.name,
            aliases=tuple(alias for alias in cadre.aliases.split(";") if alias),
            post=cadre.post,
            unit=cadre.unit,
            level=str(cadre.level),
            region_code=cadre.region_id,
        )
        for cadre in await Cadre.filter(is_active=True)
    ]


async def _recusals() -> list[RecusalNode]:
    return [
        RecusalNode(
            id=row.id,
            who=_who(row),
            from_kind=str(row.from_kind),
            from_value=row.from_value,
            reason=row.reason,
        )
        for row in await Recusal.filter(is_active=True)
    ]


def _who(row: Recusal) -> str:
    if row.staff_id is not None:
        return f"staff:{row.staff_id}"
    if row.liaison_id is not None:
        return f"liaison:{row.liaison_id}"
    return f"body:{row.body_id}"
