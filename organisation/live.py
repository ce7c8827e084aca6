"""The organisation as this process knows it: a frozen snapshot, swapped whole when it changes."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from functools import partial

from tortoise.exceptions import BaseORMException

from clients.database import rows
from models.area import Area
from models.body import Body
from models.cadre import Cadre
from models.organisation_version import OrganisationVersion
from models.recusal import Recusal
from models.specialist import Specialist
from models.staff import Staff
from models.zone import Zone, ZoneMember
from organisation.figures import Figures, read_calendar, read_figures
from organisation.nodes import (
    body_node,
    cadre_node,
    recusal_node,
    specialist_node,
    staff_node,
    stored_liaison_node,
    zone_nodes,
)
from organisation.sayings import Words, read_sayings, standard_words
from organisation.working_days import Calendar
from routing.table import RegionNode, RoutingTable

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
    """`table` is always whole and never changes in place: a decision that holds one sees one organisation.

    `calendar` and `figures` (by county) say how long what begins now may take, `sayings` what people say for what.
    """

    def __init__(self) -> None:
        self.table: RoutingTable = NO_ORGANISATION
        self.calendar = Calendar()
        self.figures: Mapping[str, Figures] = {}
        self.sayings: Words = standard_words()

    async def refresh(self) -> None:
        """Swaps the table if the stored organisation is another version."""
        begun, version = self.table, await current_version()
        if version == begun.version:
            return
        table, calendar, figures = await read_table(version), await read_calendar(), await read_figures()
        sayings = await read_sayings()
        # somebody else may have read a newer one meanwhile
        if self.table is begun or version > self.table.version:
            self.table, self.calendar, self.figures, self.sayings = table, calendar, figures, sayings

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


async def hold_version() -> None:
    """Until the transaction ends nobody else changes the organisation: what is read now is what will be changed."""
    await OrganisationVersion.select_for_update().get_or_none(id="current")


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
    """Everything active, as `routing` wants it; put together beside the loop, which has people waiting."""
    regions = await rows("SELECT code, name, level, parent_id FROM region WHERE is_active = TRUE")
    liaisons = await rows(
        "SELECT id, name, phone, village_id, group_id, role, openid_index FROM liaison WHERE is_active = TRUE"
    )
    areas = await Area.filter(is_active=True).order_by("sort", "code")
    build = partial(
        RoutingTable.build,
        version=version,
        areas={area.code: area.name for area in areas},
        area_words={area.code: area.words for area in areas},
        regions=(
            RegionNode(code=row["code"], name=row["name"], level=row["level"], parent=row["parent_id"])
            for row in regions
        ),
        bodies=map(body_node, await Body.filter(is_active=True)),
        zones=zone_nodes(await Zone.filter(is_active=True), await ZoneMember.filter(is_active=True)),
        specialists=map(specialist_node, await Specialist.filter(is_active=True)),
        staff=map(staff_node, await Staff.filter(is_active=True)),
        liaisons=map(stored_liaison_node, liaisons),
        cadres=map(cadre_node, await Cadre.filter(is_active=True)),
        recusals=map(recusal_node, await Recusal.filter(is_active=True)),
    )
    return await asyncio.to_thread(build)
