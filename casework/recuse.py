"""回避: somebody may have nothing more to do with a report; it is taken away at once and decided again."""

from tortoise.transactions import in_transaction

from access.reports import lock_report
from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.transitions import next_status
from casework.words import reason_of
from dossier.bars import barred_from, keep_bars
from dossier.rows import report_key
from dossier.rulings import decide_again, hand_over
from models.choices import BarCause, Role
from models.report import Report
from models.staff import Staff
from organisation.house import House
from vault.keys import DataKey
from vault.log import record


async def recuse(number: str, *, reason: str, by: Viewer, house: House, who: str = "") -> None:
    """`who` is a username of the body, empty for oneself, or `body:<code>` for a whole one of `recusable`.

    Raises `FieldWrong`, `ReportNotFound` or `TransitionNotAllowed`; nothing is changed then.
    """
    reason = reason_of(reason)
    # decided on the newest organisation, or somebody just added would be forgotten
    await house.organisation.refresh()
    at = house.clock.now()
    async with in_transaction():
        report = await lock_report(by, number=number)
        next_status("recuse", status=report.status, role=by.role)
        key = report_key(report, house=house)
        who_key = await _whom(who, report=report, by=by, house=house)
        cause = BarCause.DECLARED if who_key == by.actor else BarCause.DECIDED
        known = await barred_from(report, key=key)
        await keep_bars(
            report,
            key=key,
            reasons={who_key: reason},
            causes={who_key: cause},
            known=known,
            house=house,
            at=at,
        )
        before = report.owner_id
        ruling = await decide_again(report, key=key, table=house.organisation.table)
        if who_key == f"body:{before}" and ruling.body == before:
            raise TransitionNotAllowed(texts.NOBODY_TAKES_OVER)
        await hand_over(
            report, ruling=ruling, key=key, cause="recusal", by_id=by.staff_id, house=house, at=at
        )
        await record(
            "report.recuse",
            by=by.actor,
            at=at,
            report_id=report.id,
            object_id=who_key,
            data={"from": before, "body": report.owner_id, "rule": ruling.decision.rule},
        )
    await house.coordination.wake("outbox")


async def _whom(who: str, *, report: Report, by: Viewer, house: House) -> str:
    """A person key or `body:<code>`."""
    if who.startswith("body:"):
        if who not in _whole_bodies(report, house=house):
            raise FieldWrong("who", texts.WHO_WRONG)
        if by.role != Role.LEADER:
            raise TransitionNotAllowed(texts.ONLY_LEADER_FOR_OTHERS)
        return who
    return f"staff:{await _person(who, by=by)}"


def _whole_bodies(report: Report, *, house: House) -> dict[str, str]:
    """The body that has it and the township of the place, as `body:<code>` with their names."""
    table = house.organisation.table
    codes = dict.fromkeys((report.owner_id, table.place(report.region_id).township_body))
    return {f"body:{code}": table.name_of(f"body:{code}") for code in codes if code}


async def _person(who: str, *, by: Viewer) -> int:
    if not who:
        return by.staff_id
    person = await Staff.get_or_none(
        username=who, body_id=by.body_code, is_active=True, role__in=[Role.HANDLER, Role.LEADER]
    )
    if person is None:
        raise FieldWrong("who", texts.WHO_WRONG)
    if person.id != by.staff_id and by.role != Role.LEADER:
        raise TransitionNotAllowed(texts.ONLY_LEADER_FOR_OTHERS)
    return person.id


async def recusable(report: Report, *, key: DataKey, by: Viewer, house: House) -> list[tuple[str, str]]:
    """For whom `by` may ask a recusal besides themself: values of `who` and their names."""
    if by.role != Role.LEADER:
        return []
    barred = await barred_from(report, key=key) | {by.actor}
    staff = Staff.filter(body_id=by.body_code, is_active=True, role__in=[Role.HANDLER, Role.LEADER])
    people = [
        (person.username, person.name)
        for person in await staff.order_by("id")
        if f"staff:{person.id}" not in barred
    ]
    whole = _whole_bodies(report, house=house)
    return people + [
        (who, texts.WHOLE_BODY.format(body=name)) for who, name in whole.items() if who not in barred
    ]
