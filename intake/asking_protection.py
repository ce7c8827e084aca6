"""A reporter asks for protection (Rules art. 49): those who answer for the report are told, and see it marked."""

from tortoise.transactions import in_transaction

from dossier.notices import tell_responsible
from dossier.rematching import rematch
from dossier.rows import keep_message, report_key
from intake.texts import PROTECTION
from models.choices import Speaker
from models.report import Report
from organisation.house import House
from vault.log import record


async def ask_protection(report: Report, *, text: str, house: House) -> None:
    """At any time, as often as there is need: retaliation does not wait for a state. Wake "outbox" after the commit."""
    at = house.clock.now()
    key = report_key(report, house=house)
    async with in_transaction():
        words = PROTECTION.format(text=text)
        message = await keep_message(report, key=key, text=words, speaker=Speaker.ME, at=at)
        await Report.filter(id=report.id).update(protection_asked_at=at)
        await record("report.ask-protection", by="reporter", at=at, report_id=report.id, object_id=message.id)
        # somebody who must not see the report may be named only now, and be told no more
        await rematch(report.id, house=house, at=at)
        await report.refresh_from_db()
        await tell_responsible(report, about=message, key=key, house=house, at=at)
