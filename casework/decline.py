"""不予受理: the matter is not ours; the reporter is told why and where to go."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.facts import details_of
from dossier.notices import tell_reporter_progress
from dossier.quarantine import leave_quarantine
from dossier.rows import keep_message, report_key
from models.choices import Ground, Kind, Speaker
from models.report import Report
from organisation.house import House
from vault.keys import DataKey
from vault.log import record


async def decline(number: str, *, ground: str, text: str, by: Viewer, house: House) -> None:
    """Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then."""
    if ground not in Ground.__members__.values():
        raise FieldWrong("ground", texts.GROUND_WRONG)
    guidance = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.GUIDANCE_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        status = next_status("decline", status=report.status, role=by.role)
        key = report_key(report, house=house)
        if is_livelihood(report, key=key):
            raise TransitionNotAllowed(texts.LIVELIHOOD_NEVER_DECLINED)
        report.status = status
        report.due_at, report.kept_from = None, at
        await report.save(update_fields=["status", "due_at", "kept_from"])
        await leave_quarantine(report, at=at)
        words = texts.DECLINED.format(ground=texts.GROUNDS_TOLD[ground], guidance=guidance)
        message = await keep_message(
            report, key=key, text=words, speaker=Speaker.STAFF, at=at, staff_id=by.staff_id
        )
        await tell_reporter_progress(report, message=message, key=key, house=house, at=at)
        await record("report.decline", by=by.actor, at=at, report_id=report.id, data={"ground": ground})
    await house.coordination.wake("outbox")


def is_livelihood(report: Report, *, key: DataKey) -> bool:
    """As staff found it, else as the villager called it: such a matter is referred and followed, never declined."""
    kind = report.kind or details_of(report, key=key).get("kind")
    return kind == Kind.LIVELIHOOD
