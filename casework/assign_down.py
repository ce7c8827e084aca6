"""交办: the county or the zone's office gives the matter to a body below, by a written authorisation."""

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from casework import texts
from casework.moving import move
from casework.reaching import lock_for_above
from casework.targets import directed
from casework.transitions import next_status, part_of
from casework.words import REASON_LIMIT, words_of
from dossier.rows import report_key
from models.choices import Trigger
from organisation.house import House


async def assign_down(
    number: str, *, body: str, by: Viewer, house: House, authorisation: str = "", reason: str = ""
) -> None:
    """To the zone's office it is the fourth trigger of 片区办理. A `reason` may stand for the authorisation.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    authorisation = words_of(
        authorisation or reason,
        field="authorisation",
        limit=REASON_LIMIT,
        missing=texts.AUTHORISATION_MISSING,
    )
    await house.organisation.refresh()
    at = house.clock.now()
    async with in_transaction():
        report = await lock_for_above(by, number=number, at=at)
        next_status("assign-down", status=report.status, role=part_of(by, action="assign-down"))
        key = report_key(report, house=house)
        ruling = await directed(
            report,
            action="assign-down",
            to=body,
            key=key,
            by=by,
            house=house,
            knows_why=report.owner_id == by.body_code,
        )
        is_for_zone = body == house.organisation.table.place(report.region_id).office
        trigger = str(Trigger.ASSIGNED) if is_for_zone else ""
        given = {"authorisation": authorisation, "to": body, "trigger": trigger}
        await move(
            report, cause="assign-down", ruling=ruling, given=given, key=key, by=by, house=house, at=at
        )
    await house.coordination.wake("outbox")
