"""听写: what staff hear in a voice is typed in, so that it can be read, and names in it are matched as in words."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.rematching import rematch
from dossier.rows import keep_message, report_key
from dossier.voices import keep_words, voice_of
from models.choices import Speaker
from organisation.house import House
from vault.log import record


async def type_words(number: str, *, attachment: str, text: str, by: Viewer, house: House) -> None:
    """A second time corrects the first, which stays to be read; whoever is named may lose sight of it at once.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.WORDS_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("type-words", status=report.status, role=by.role)
        voice = await voice_of(report, attachment_id=attachment)
        if voice is None:
            raise FieldWrong("attachment", texts.VOICE_WRONG)
        key = report_key(report, house=house)
        message = await keep_message(
            report, key=key, text=text, speaker=Speaker.VOICE, at=at, staff_id=by.staff_id
        )
        await keep_words(voice, message=message)
        await record("report.type-words", by=by.actor, at=at, report_id=report.id, object_id=voice.id)
        await rematch(report.id, house=house, at=at)
    await house.coordination.wake("outbox")
