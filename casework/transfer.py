"""转办: the matter goes to the body whose it is: named, by a trigger to the zone's office, or as routing decides."""

from datetime import datetime

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.moving import move
from casework.targets import directed
from casework.transitions import next_status
from casework.words import reason_of
from dossier.bars import barred_from, keep_bars
from dossier.rows import report_key
from dossier.rulings import Ruling, decide_onward
from dossier.turns import passed_on_by, turns_of
from models.choices import BarCause, Trigger
from models.report import Report
from organisation.house import House
from routing.table import RoutingTable
from vault.keys import DataKey

TRIGGERS = (Trigger.MASSES, Trigger.SPAN, Trigger.RECUSAL)


async def transfer(
    number: str, *, reason: str, by: Viewer, house: House, body: str = "", trigger: str = ""
) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    reason = reason_of(reason)
    if trigger and trigger not in TRIGGERS:
        raise FieldWrong("trigger", texts.TRIGGER_WRONG)
    if trigger and body:
        raise FieldWrong("body", texts.BODY_AND_TRIGGER)
    # decided on the newest organisation, or somebody just added would be forgotten
    await house.organisation.refresh()
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("transfer", status=report.status, role=by.role)
        key = report_key(report, house=house)
        if trigger:
            await _check_trigger(report, trigger=trigger, reason=reason, key=key, house=house, at=at)
        if body:
            ruling = await directed(report, action="transfer", to=body, key=key, by=by, house=house)
        else:
            ruling = await _onward(report, trigger=trigger, key=key, house=house)
        given = {"reason": reason, "trigger": trigger, "to": body}
        await move(report, cause="transfer", ruling=ruling, given=given, key=key, by=by, house=house, at=at)
    await house.coordination.wake("outbox")


def triggers_for(report: Report, *, table: RoutingTable) -> list[Trigger]:
    """What a person may find of a matter that a township has."""
    owner = table.bodies.get(report.owner_id)
    return list(TRIGGERS) if owner is not None and owner.level == "township" else []


async def _onward(report: Report, *, trigger: str, key: DataKey, house: House) -> Ruling:
    """Nobody who handed it on before gets it back by itself: that would be a ping-pong."""
    before = passed_on_by(await turns_of(report, key=key)) | {report.owner_id}
    ruling = await decide_onward(
        report,
        key=key,
        table=house.organisation.table,
        but=dict.fromkeys(before, texts.PASSED_ON),
        trigger=trigger,
    )
    if ruling is None:
        raise TransitionNotAllowed(texts.NOWHERE_ELSE)
    return ruling


async def _check_trigger(
    report: Report, *, trigger: str, reason: str, key: DataKey, house: House, at: datetime
) -> None:
    """From a township only; a township that must recuse itself is barred for good."""
    table = house.organisation.table
    place = table.place(report.region_id)
    if not triggers_for(report, table=table):
        raise TransitionNotAllowed(texts.TRIGGER_NOT_HERE)
    if trigger == Trigger.RECUSAL:
        out = {f"body:{code}": reason for code in (report.owner_id, place.township_body) if code}
        known = await barred_from(report, key=key)
        causes = dict.fromkeys(out, BarCause.DECIDED)
        await keep_bars(report, key=key, reasons=out, causes=causes, known=known, house=house, at=at)
