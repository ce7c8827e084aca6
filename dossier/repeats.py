"""Reports registered as one matter: all name the first of them, and none of the others."""

from models.report import Report


async def link(report: Report, *, root: str) -> None:
    """What was linked to it so far goes along."""
    await Report.filter(repeat_of=report.id).update(repeat_of=root)
    report.repeat_of = root
    await report.save(update_fields=["repeat_of"])
