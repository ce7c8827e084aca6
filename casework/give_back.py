"""退回: back to the body that sent it, twice at most; then, or where nobody sent it, the letters room decides."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.moving import move
from casework.transitions import next_status
from casework.words import reason_of
from dossier.rows import report_key
from dossier.rulings import Ruling, decide_by_hand, decide_directed
from dossier.turns import Turn, passed_on_by, turns_of
from models.report import Report
from organisation.house import House
from vault.keys import DataKey

RETURNS = 2


async def give_back(number: str, *, reason: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    reason = reason_of(reason)
    await house.organisation.refresh()
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("return", status=report.status, role=by.role)
        key = report_key(report, house=house)
        ruling = await where_back(report, key=key, house=house)
        if ruling is None:
            raise TransitionNotAllowed(texts.LAST_RESORT)
        report.return_count += 1
        await report.save(update_fields=["return_count"])
        given = {"reason": reason, "to": ruling.body}
        await move(report, cause="return", ruling=ruling, given=given, key=key, by=by, house=house, at=at)
    await house.coordination.wake("outbox")


async def where_back(report: Report, *, key: DataKey, house: House) -> Ruling | None:
    """None when there is no other body: who decides what nobody else can has nowhere to return it to."""
    turns = await turns_of(report, key=key)
    back = await _to_sender(report, turns=turns, key=key, house=house)
    return back or await _by_hand(report, turns=turns, key=key, house=house)


async def _to_sender(report: Report, *, turns: list[Turn], key: DataKey, house: House) -> Ruling | None:
    """None when nobody sent it, when it went back twice, or when the sender may not have it any more."""
    sender = turns[-1].sender if turns else ""
    if report.return_count >= RETURNS or sender in ("", report.owner_id):
        return None
    table = house.organisation.table
    ruling = await decide_directed(report, to=sender, direction="return", key=key, table=table)
    return ruling if isinstance(ruling, Ruling) else None


async def _by_hand(report: Report, *, turns: list[Turn], key: DataKey, house: House) -> Ruling | None:
    table = house.organisation.table
    letters = table.place(report.region_id).letters
    if report.owner_id == letters:
        return None
    before = (passed_on_by(turns) | {report.owner_id}) - {letters}
    return await decide_by_hand(report, key=key, table=table, but=dict.fromkeys(before, texts.PASSED_ON))
