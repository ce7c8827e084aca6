"""A report brought to where a test begins, by the people who would do it."""

from access.viewer import Viewer
from casework.accept import accept
from casework.approve import approve
from casework.conclude import conclude
from casework.dispose import dispose
from casework.feedback import feedback
from models.report import Report
from organisation.house import House
from tests.casework.conftest import viewer

WAY = ("accept", "dispose", "approve", "conclude", "feedback")


async def brought_to(
    last: str, report: Report, *, house: House, kind: str = "clue", handler: str = "a", disposition: str = ""
) -> Report:
    """`last` is the last step of `WAY` that is taken, from where it is; the body is the one that has it."""
    chosen = disposition or ("verify" if kind == "clue" else "refer")
    first = 1 if report.status == "accepted" else 0
    for step in WAY[first : WAY.index(last) + 1]:
        owner = (await Report.get(id=report.id)).owner_id.lower()
        by = await viewer(house, f"{owner}-{'l' if step == 'approve' else handler}")
        await take(step, report.number, by=by, house=house, kind=kind, disposition=chosen)
    return await Report.get(id=report.id)


async def take(step: str, number: str, *, by: Viewer, house: House, kind: str, disposition: str) -> None:
    if step == "accept":
        await accept(number, kind=kind, by=by, house=house)
    elif step == "dispose":
        await dispose(number, disposition=disposition, text="拟予核实", by=by, house=house)
    elif step == "approve":
        await approve(number, by=by, house=house)
    elif step == "conclude":
        await conclude(number, text="已经查清", by=by, house=house)
    else:
        await feedback(number, text="已经办好", by=by, house=house)
