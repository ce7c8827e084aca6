"""登记移送结果: what became of a matter at the authority it was sent to, or what the one that sent it here was told."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import TransitionNotAllowed
from casework.transitions import next_status
from casework.words import CONCLUSION_LIMIT, words_of
from dossier.lasting import last_anew
from dossier.referrals import note_result_of, waiting_referral
from dossier.rows import report_key
from organisation.house import House
from vault.log import record


async def note_result(number: str, *, referral: str, text: str, by: Viewer, house: House) -> None:
    """Once; nothing is waited for any more.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=CONCLUSION_LIMIT, missing=texts.RESULT_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("note-result", status=report.status, role=by.role)
        found = await waiting_referral(report, referral_id=referral)
        if found is None:
            raise TransitionNotAllowed(texts.NO_REFERRAL)
        words = {"text": text, "who": by.name}
        await note_result_of(found, words=words, key=report_key(report, house=house), at=at)
        await last_anew(report, at=at)
        await record("report.note-result", by=by.actor, at=at, report_id=report.id, object_id=found.id)
