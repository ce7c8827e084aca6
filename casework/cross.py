"""交叉办理: another township of the same zone, by a named person's written authorisation (一案一授权)."""

from tortoise.transactions import in_transaction

from access.viewer import Viewer
from casework import texts
from casework.moving import move
from casework.reaching import lock_for_above
from casework.targets import directed
from casework.transitions import next_status, part_of
from casework.words import REASON_LIMIT, words_of
from dossier.rows import report_key
from organisation.house import House


async def cross(number: str, *, body: str, authorisation: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    authorisation = words_of(
        authorisation, field="authorisation", limit=REASON_LIMIT, missing=texts.AUTHORISATION_MISSING
    )
    await house.organisation.refresh()
    at = house.clock.now()
    async with in_transaction():
        report = await lock_for_above(by, number=number, at=at)
        next_status("cross", status=report.status, role=part_of(by, action="cross"))
        key = report_key(report, house=house)
        ruling = await directed(
            report,
            action="cross",
            to=body,
            key=key,
            by=by,
            house=house,
            knows_why=report.owner_id == by.body_code,
        )
        given = {"authorisation": authorisation, "to": body}
        await move(report, cause="cross", ruling=ruling, given=given, key=key, by=by, house=house, at=at)
    await house.coordination.wake("outbox")
