"""A conversation with staff: words go to whoever routing makes responsible, as a report of kind `consult`.

So recusal, matching, sealing and the answers' way back are those of every report (docs/decisions/0035).
"""

from collections.abc import Sequence
from datetime import datetime

from access.own import reports_of
from bot import texts
from bot.effects import Consult
from bot.entering import Entries
from bot.keeping_media import expected
from bot.limits import REPORTS_A_DAY
from bot.talks import Talk
from dossier.facts import details_of
from dossier.rows import report_key
from intake.draft import Draft, chat_reporter
from intake.errors import CodeRetired
from intake.submit import submit
from intake.supplement import add_message
from models.choices import Channel, Kind, Level, Status
from models.entry_code import EntryCode
from models.report import Report
from organisation.house import House
from organisation.places import place_in_words
from organisation.receipts import grouped

LATELY = 20


async def consult(
    effect: Consult, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    return await speak(effect, talk=talk, openid=openid, house=house)


async def speak(effect: Consult, *, talk: Talk, openid: str, house: House) -> str:
    """Goes on with the conversation that is open, or begins one; raises what `submit` raises."""
    person = chat_reporter(openid, vault=house.vault)
    report = await _open_one(person, avoid=effect.avoid, house=house)
    text, attachments = await _pieces(effect, talk=talk, house=house)
    if report is not None:
        await add_message(report, text=text, attachments=attachments, conversation_id=talk.id, house=house)
        _goes_on(talk, number=report.number)
        return texts.CONSULT_GOES_ON.format(number=report.number)
    if talk.day_reports >= REPORTS_A_DAY:
        return texts.TOO_MANY_REPORTS.format(limit=REPORTS_A_DAY)
    entry = await EntryCode.get_or_none(code=effect.entry)
    if entry is None:
        raise CodeRetired
    filed = await submit(
        Draft(
            entry=entry,
            level=Level.UNKNOWN,
            text=text,
            channel=Channel.CHAT,
            person_index=person,
            openid=openid,
            conversation_id=talk.id,
            kind=Kind.CONSULT,
            attachments=tuple(attachments),
            has_words=bool(effect.text),
            avoid=frozenset({effect.avoid, "liaison"} - {""}),
        ),
        house=house,
    )
    talk.day_reports += 1
    _goes_on(talk, number=filed.number)
    table = house.organisation.table
    place = place_in_words(table, region_code=entry.region_id, purpose=entry.purpose)
    hours = (place.hours if place else "") or texts.USUAL_HOURS
    return texts.CONSULT_BEGUN.format(hours=hours, number=filed.number, receipt=grouped(filed.receipt))


def _goes_on(talk: Talk, *, number: str) -> None:
    """What is said next is added, until they say that they are done."""
    talk.state = talk.state._replace(stage="acting", act=texts.ADD, report=number, offered=())


async def _open_one(person: str, *, avoid: str, house: House) -> Report | None:
    """The latest that nobody has ended or accepted yet, and that the same people may read."""
    for report in await reports_of(person, limit=LATELY):
        if report.kind is not Kind.CONSULT or report.status is not Status.RECEIVED:
            continue
        avoided = details_of(report, key=report_key(report, house=house)).get("avoid") or ()
        if ("township" in avoided) == bool(avoid):
            return report
    return None


async def _pieces(effect: Consult, *, talk: Talk, house: House) -> tuple[str, Sequence[str]]:
    return await expected(effect.note, talk=talk, house=house) if effect.note else (effect.text, ())
