"""登记移送回执: the authority a matter was sent to says that it has it."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.lasting import last_anew
from dossier.referrals import note_receipt_of, waiting_referral
from dossier.rows import report_key
from organisation.house import House
from vault.log import record


async def note_receipt(number: str, *, referral: str, text: str, by: Viewer, house: House) -> None:
    """Once; from then on the result is due.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.RECEIPT_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("note-receipt", status=report.status, role=by.role)
        found = await waiting_referral(report, referral_id=referral)
        if found is None or found.receipt_at is not None:
            raise TransitionNotAllowed(texts.NO_REFERRAL)
        words = {"text": text, "who": by.name}
        await note_receipt_of(found, words=words, key=report_key(report, house=house), at=at)
        await last_anew(report, at=at)
        await record("report.note-receipt", by=by.actor, at=at, report_id=report.id, object_id=found.id)
