"""未解决: accepted again with another handler; a second time the body above takes it, first the zone's office."""

from datetime import datetime

from casework.above import bodies_above
from casework.assign import assignable
from dossier.bars import barred_from
from dossier.notices import owner_recipients, tell
from dossier.rows import report_key
from dossier.rulings import Ruling, decide_directed, hand_over
from models.choices import Status
from models.report import CLOCK, Report
from organisation.clocks import clocks_of
from organisation.house import House
from vault.keys import DataKey

TIMES_IN_ONE_BODY = 1
ANEW = "status accepted_at concluded_at fed_back_at disposition extended_at handler_id".split()


async def reopen(report: Report, *, house: House, at: datetime) -> None:
    """Call inside the transaction of the rating."""
    key = report_key(report, house=house)
    report.unsolved_count += 1
    await report.save(update_fields=["unsolved_count"])
    ruling = None
    if report.unsolved_count > TIMES_IN_ONE_BODY:
        ruling = await _above(report, key=key, house=house)
    if ruling is None:
        await _accept_again(report, key=key, house=house, at=at)
    else:
        await hand_over(report, ruling=ruling, key=key, cause="unsolved", house=house, at=at)


async def _above(report: Report, *, key: DataKey, house: House) -> Ruling | None:
    """None where nobody above may have it: its own body has to try again."""
    table = house.organisation.table
    for to in bodies_above(report, table=table):
        ruling = await decide_directed(report, key=key, table=table, to=to, direction="lift")
        if isinstance(ruling, Ruling):
            return ruling
    return None


async def _accept_again(report: Report, *, key: DataKey, house: House, at: datetime) -> None:
    others = [person.id for person in await assignable(report, house=house) if person.id != report.handler_id]
    report.status = Status.ACCEPTED
    report.update_from_dict(dict.fromkeys(["concluded_at", "fed_back_at", "disposition", "extended_at"]))
    report.accepted_at = at
    report.run_until(clocks_of(report.region_id, house=house).to_propose_by(at))
    # in turn, so that not all of them fall to one
    report.handler_id = others[report.unsolved_count % len(others)] if others else None
    await report.save(update_fields=[*ANEW, *CLOCK])
    barred = await barred_from(report, key=key)
    told = await owner_recipients(report, decision_id=f"unsolved{report.unsolved_count}", barred=barred)
    await tell(told, report=report, key=key, house=house, at=at)
