"""Whom a report is hidden from, and why: sealed, since the barred may be the reported."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from access.bars import bar_index
from clients.finding import Wanted, find_together
from clients.inserting import insert_together
from dossier.drafts import drop_of_barred
from models.choices import BarCause
from models.fields import new_id
from models.report import Report
from models.report_bar import ReportBar
from organisation.house import House
from routing.conflicts import Conflicts
from vault.keys import DataKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """`who` is a person key (`staff:<id>`, `liaison:<id>`) or `body:<code>`."""

    id: str
    who: str
    cause: BarCause
    reason: str
    is_lifted: bool


async def bars_of(report: Report, *, key: DataKey) -> list[Bar]:
    """All there ever were, in the order made."""
    (found,) = await find_together(Wanted(ReportBar, "report_id", report.id, by=("since_at", "id")))
    return opened(found, key=key)


def opened(found: Iterable[ReportBar], *, key: DataKey) -> list[Bar]:
    return [_opened(row, key=key) for row in found]


async def barred_from(report: Report, *, key: DataKey) -> set[str]:
    """Everybody from whom the report is hidden now."""
    return barred_in(await bars_of(report, key=key))


def barred_in(bars: Iterable[Bar]) -> set[str]:
    return {bar.who for bar in bars if not bar.is_lifted}


async def standing_matches(report: Report, *, key: DataKey) -> list[Bar]:
    """Whoever the matcher found and nobody has dismissed yet, or taken out for good."""
    return matches_in(await bars_of(report, key=key))


def matches_in(bars: Iterable[Bar]) -> list[Bar]:
    found = [bar for bar in bars if not bar.is_lifted]
    out = {bar.who for bar in found if bar.cause is not BarCause.MATCH}
    return [bar for bar in found if bar.cause is BarCause.MATCH and bar.who not in out]


async def recused_from(report: Report, *, key: DataKey) -> set[str]:
    """Of those barred, who is out for good: not merely matched, which somebody could dismiss."""
    found = await bars_of(report, key=key)
    return {bar.who for bar in found if bar.cause is not BarCause.MATCH and not bar.is_lifted}


async def dismiss(bar: Bar, *, report: Report, key: DataKey, reason: str, by_id: int, at: datetime) -> None:
    """Lifts a match that a person found unfounded; their reason is sealed beside what was found."""
    row = await ReportBar.get(id=bar.id, report_id=report.id)
    place = f"report_bar:{row.id}:why"
    row.sealed_why = key.seal_json(
        key.open_json(row.sealed_why, place=place) | {"lifted": reason}, place=place
    )
    row.lifted_at = at
    row.lifted_by_id = by_id
    await row.save(update_fields=["sealed_why", "lifted_at", "lifted_by_id"])


def everyone_in(conflicts: Conflicts) -> dict[str, str]:
    """Person keys and `body:<code>`, each with the reason in words."""
    return {**conflicts.people, **{f"body:{code}": why for code, why in conflicts.bodies.items()}}


async def keep_bars(
    report: Report,
    *,
    key: DataKey,
    reasons: Mapping[str, str],
    causes: Mapping[str, str],
    house: House,
    at: datetime,
    known: Iterable[str] = (),
) -> int:
    """Bars everybody of `reasons` (who → words) who is not `known` to be barred; answers how many."""
    barred = set(known)
    fresh = {who: reason for who, reason in reasons.items() if who not in barred}
    if fresh:
        await insert_together(*bars_against(fresh, report=report, key=key, causes=causes, house=house, at=at))
        await drop_of_barred(report, who=fresh)
    return len(fresh)


def bars_against(
    reasons: Mapping[str, str],
    *,
    report: Report,
    key: DataKey,
    causes: Mapping[str, str],
    house: House,
    at: datetime,
) -> list[ReportBar]:
    """Rows not stored yet, for who inserts them together with others."""
    bars = []
    for who, reason in reasons.items():
        bar_id = new_id()
        why = {"who": who, "cause": causes.get(who, "recusal"), "reason": reason}
        bars.append(
            ReportBar.construct(
                id=bar_id,
                report_id=report.id,
                who_index=bar_index(who, vault=house.vault),
                sealed_why=key.seal_json(why, place=f"report_bar:{bar_id}:why"),
                since_at=at,
            )
        )
    return bars


async def lift_withdrawn(report: Report, *, key: DataKey, conflicts: Conflicts, at: datetime) -> int:
    """Lifts bars from registered recusals that stand no more; `conflicts` must be found without them.

    What a person declared or a leader decided stays, and so does a match until somebody dismisses it.
    """
    withdrawn = withdrawn_of(await bars_of(report, key=key), conflicts=conflicts)
    if withdrawn:
        await ReportBar.filter(id__in=withdrawn).update(lifted_at=at)
    return len(withdrawn)


def withdrawn_of(bars: Iterable[Bar], *, conflicts: Conflicts) -> list[str]:
    still = everyone_in(conflicts).keys()
    standing = (bar for bar in bars if not bar.is_lifted and bar.cause is BarCause.RECUSAL)
    return [bar.id for bar in standing if bar.who not in still]


def _opened(row: ReportBar, *, key: DataKey) -> Bar:
    why = key.open_json(row.sealed_why, place=f"report_bar:{row.id}:why")
    return Bar(
        id=row.id,
        who=why["who"],
        cause=BarCause(why["cause"]),
        reason=why["reason"],
        is_lifted=row.lifted_at is not None,
    )
