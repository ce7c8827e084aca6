"""询问反映人: the body asks the reporter something, with answers to choose from; the clock may stand meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.careful import hold_back
from casework.errors import FieldWrong
from casework.pause import last_day, require_running
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from dossier.notices import tell_reporter_reply
from dossier.pausing import stand
from dossier.records import keep_record, void_open
from dossier.rows import keep_message, report_key
from models.choices import RecordKind, Speaker
from models.report import Report
from organisation.house import House
from vault.log import record

MOST_OPTIONS = 6
OPTION_LIMIT = 40


async def ask(
    number: str, *, text: str, by: Viewer, house: House, options: str = "", until: str = "", careful: str = ""
) -> None:
    """`options` are a line each. `until` is for the leader: the clock stands till it is answered, that day at most.

    A later question takes the place of one that was not answered. Raises `FieldWrong` (`TextBetrays`),
    `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.QUESTION_MISSING)
    offered, at = options_of(options), house.clock.now()
    until_day = last_day(until, at=at, house=house) if until.strip() else None
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("ask", status=report.status, role=by.role)
        key = report_key(report, house=house)
        told = _as_told(text, offered)
        if careful:
            hold_back(told, report=report, key=key, house=house)
        question = await _keep(report, text=text, offered=offered, by=by, house=house)
        if until_day is not None:
            await _stand(report, until=until_day, question=question, by=by, house=house)
        message = await keep_message(
            report, key=key, text=told, speaker=Speaker.STAFF, at=at, staff_id=by.staff_id
        )
        await tell_reporter_reply(report, message=message, key=key, house=house, at=at)
        await record("report.ask", by=by.actor, at=at, report_id=report.id, object_id=message.id)
    await house.coordination.wake("outbox")


async def _stand(report: Report, *, until: datetime, question: str, by: Viewer, house: House) -> None:
    at = house.clock.now()
    next_status("pause", status=report.status, role=by.role)
    require_running(report, at=at)
    await stand(
        report,
        reason=texts.WAITING_FOR_ANSWER,
        until=until,
        question=question,
        body=by.body_code,
        by_id=by.staff_id,
        house=house,
        at=at,
    )


async def _keep(report: Report, *, text: str, offered: Sequence[str], by: Viewer, house: House) -> str:
    at = house.clock.now()
    await void_open(report, kinds=[RecordKind.QUESTION], at=at)
    kept = await keep_record(
        report,
        kind=RecordKind.QUESTION,
        content={"text": text, "options": "\n".join(offered)},
        key=report_key(report, house=house),
        body=by.body_code,
        by_id=by.staff_id,
        is_open=True,
        at=at,
    )
    report.question_id = kept.id
    await report.save(update_fields=["question_id"])
    return kept.id


def options_of(given: str) -> list[str]:
    """Each once, in the order written; raises `FieldWrong`."""
    offered = list(dict.fromkeys(line.strip() for line in given.splitlines() if line.strip()))
    if len(offered) > MOST_OPTIONS:
        raise FieldWrong("options", texts.OPTIONS_TOO_MANY.format(most=MOST_OPTIONS))
    for option in offered:
        if len(option) > OPTION_LIMIT:
            message = texts.OPTION_TOO_LONG.format(limit=OPTION_LIMIT, option=option[:10])
            raise FieldWrong("options", message)
    return offered


def _as_told(text: str, offered: Sequence[str]) -> str:
    lines = [texts.OPTION.format(number=number, words=words) for number, words in enumerate(offered, start=1)]
    return "\n".join([text, *lines, texts.HOW_TO_ANSWER])
