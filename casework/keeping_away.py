"""Somebody, or a whole body, kept away from a report for good: who that can be, and what follows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from access.viewer import Viewer
from casework import texts
from casework.errors import FieldWrong, TransitionNotAllowed
from clients.finding import Wanted, find_together
from dossier.bars import Bar, barred_in, bars_of, keep_bars, matches_in, recused_from
from dossier.rulings import decide_again, hand_over
from models.choices import BarCause, LiaisonRole, Role
from models.liaison import Liaison
from models.report import Report
from models.staff import Staff
from organisation.house import House
from vault.keys import DataKey

READERS = [Role.HANDLER, Role.LEADER]


@dataclass(frozen=True, slots=True, kw_only=True)
class Out:
    """`who` is the value of a form, `key` a person key or `body:<code>`, `name` in words."""

    who: str
    key: str
    name: str


async def out_of(who: str, *, report: Report, key: DataKey, by: Viewer, house: House) -> Out:
    """Oneself when `who` is empty, else one of `may_be_out`. Raises `FieldWrong` or `TransitionNotAllowed`."""
    if not who:
        return Out(who="", key=by.actor, name=by.name)
    bars = await bars_of(report, key=key)
    possible = {out.who: out for out in await _possible(report, bars=bars, by=by, house=house)}
    if who not in possible:
        raise FieldWrong("who", texts.WHO_WRONG)
    if by.role != Role.LEADER and possible[who].key != by.actor:
        raise TransitionNotAllowed(texts.ONLY_LEADER_FOR_OTHERS)
    return possible[who]


async def may_be_out(
    report: Report, *, bars: Sequence[Bar], by: Viewer, house: House
) -> list[tuple[str, str]]:
    """For whom `by` may ask it besides themself: values of `who` and their names."""
    if by.role != Role.LEADER:
        return []
    possible = await _possible(report, bars=bars, by=by, house=house)
    return [(out.who, out.name) for out in possible if out.key != by.actor]


async def _possible(report: Report, *, bars: Sequence[Bar], by: Viewer, house: House) -> list[Out]:
    """Whoever the matcher found, colleagues, liaisons of the village, whole bodies; nobody who is out already."""
    table, barred = house.organisation.table, barred_in(bars)
    found = [
        Out(who=f"match:{bar.id}", key=bar.who, name=texts.PERSON_MEANT.format(name=table.name_of(bar.who)))
        for bar in matches_in(bars)
    ]
    colleagues, liaisons = await find_together(
        Wanted(Staff, "body_id", by.body_code, by=("id",)),
        Wanted(Liaison, "village_id", table.tree.above(report.region_id, "village"), by=("role", "id")),
    )
    found += [
        Out(who=person.username, key=f"staff:{person.id}", name=person.name)
        for person in colleagues
        if person.is_active and person.role in READERS and f"staff:{person.id}" not in barred
    ]
    found += [
        Out(who=f"liaison:{one.id}", key=f"liaison:{one.id}", name=_liaison_in_words(one))
        for one in liaisons
        if one.is_active and f"liaison:{one.id}" not in barred
    ]
    # the body that has it, and the township of the place
    whole = dict.fromkeys((report.owner_id, table.place(report.region_id).township_body))
    keys = [f"body:{code}" for code in whole if code and f"body:{code}" not in barred]
    return found + [Out(who=k, key=k, name=texts.WHOLE_BODY.format(body=table.name_of(k))) for k in keys]


def _liaison_in_words(liaison: Liaison) -> str:
    return texts.LIAISON_OF.format(name=liaison.name, role=LiaisonRole(liaison.role).label)


async def keep_away(
    report: Report, *, out: Out, reason: str, key: DataKey, by: Viewer, house: House, at: datetime
) -> dict[str, str]:
    """Bars them at once and has the report decided again; answers from where to where, for the event.

    Raises `TransitionNotAllowed` when it is the body that has the report and no other may have it.
    """
    cause = BarCause.DECLARED if out.key == by.actor else BarCause.DECIDED
    await keep_bars(
        report,
        key=key,
        reasons={out.key: reason},
        causes={out.key: cause},
        known=await recused_from(report, key=key),
        house=house,
        at=at,
    )
    before = report.owner_id
    if out.key.startswith("liaison:"):
        return {}  # a liaison has no part in deciding: nothing else of the report changes
    ruling = await decide_again(report, key=key, table=house.organisation.table)
    if out.key == f"body:{before}" and ruling.body == before:
        raise TransitionNotAllowed(texts.NOBODY_TAKES_OVER)
    await hand_over(report, ruling=ruling, key=key, cause="recusal", by_id=by.staff_id, house=house, at=at)
    return {"from": before, "body": report.owner_id, "rule": ruling.decision.rule}
