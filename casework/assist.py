"""告知联络员: a handler tells or asks a liaison of the village something, in words that betray no report."""

from collections.abc import Iterable

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.careful import TextBetrays, warnings_of
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from casework.words import TEXT_LIMIT, words_of
from clients.finding import Wanted, find_together
from clients.writes import write
from delivery.outbox import Recipient, notices
from dossier.bars import Bar, barred_in, bars_of
from dossier.facts import details_of
from dossier.notices import new_report_payload
from dossier.rows import report_key
from dossier.tasks import keep_task
from models.choices import LiaisonRole
from models.liaison import Liaison
from models.report import Report
from organisation.house import House
from vault.keys import DataKey
from vault.log import record


async def assist(
    number: str, *, liaison: str, text: str, by: Viewer, house: House, careful: str = ""
) -> None:
    """The push tells the village and the time; the text waits where only the liaison reads it.

    Raises `FieldWrong` (`TextBetrays`), `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    text = words_of(text, field="text", limit=TEXT_LIMIT, missing=texts.TASK_MISSING)
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("assist", status=report.status, role=by.role)
        key = report_key(report, house=house)
        if not may_tell_liaisons(report, key=key):
            raise TransitionNotAllowed(texts.NO_LIAISON_WISHED)
        bars = await bars_of(report, key=key)
        person = next(
            (one for one in await assisting(report, bars=bars, house=house) if str(one.id) == liaison), None
        )
        if person is None:
            raise FieldWrong("liaison", texts.LIAISON_WRONG)
        warnings = warnings_of(text, report=report, key=key, house=house, to_liaison=True)
        if careful and warnings:
            raise TextBetrays("text", warnings)
        task = await keep_task(report, key=key, liaison_id=person.id, text=text, by_id=by.staff_id, at=at)
        payload = new_report_payload(report, house=house, at=at)
        await write(
            *notices(
                [Recipient(dedupe=f"assist_request:{task.id}", liaison_id=person.id)],
                notice="assist_request",
                report=report,
                key=key,
                payload={name: payload[name] for name in ("place", "time")},
                at=at,
            )
        )
        await record("report.assist", by=by.actor, at=at, report_id=report.id, object_id=task.id)
    await house.coordination.wake("outbox")


def may_tell_liaisons(report: Report, *, key: DataKey) -> bool:
    """Not where the reporter asked that no liaison hears of it."""
    return "liaison" not in (details_of(report, key=key).get("avoid") or ())


async def assisting(report: Report, *, bars: Iterable[Bar], house: House) -> list[Liaison]:
    """Liaisons of the village who are not touched by the matter."""
    village = house.organisation.table.tree.above(report.region_id, "village")
    (found,) = await find_together(Wanted(Liaison, "village_id", village, by=("role", "id")))
    barred = barred_in(bars)
    return [one for one in found if one.is_active and f"liaison:{one.id}" not in barred]


async def assisting_options(
    report: Report, *, bars: Iterable[Bar], key: DataKey, house: House
) -> list[tuple[str, str]]:
    if not may_tell_liaisons(report, key=key):
        return []
    return [(str(one.id), _named(one)) for one in await assisting(report, bars=bars, house=house)]


def _named(one: Liaison) -> str:
    words = texts.LIAISON_AWAY if one.is_away else texts.LIAISON_OF
    return words.format(name=one.name, role=LiaisonRole(one.role).label)
