"""可能涉及的人: whom the matcher keeps away from a report, for those of its body who may see it.

Only whoever the predicate lets open the report gets here, so nobody reads of themself; recusals are not listed.
"""

from collections.abc import Iterable

from console import texts
from dossier.bars import Bar, matches_in
from organisation.house import House
from routing.table import RoutingTable


def meant_by(bars: Iterable[Bar], *, house: House) -> list[tuple[str, str]]:
    """Values of `who` of the form that dismisses a match, each with who it is and why."""
    table = house.organisation.table
    return [
        (bar.id, texts.MEANT.format(who=_in_words(bar.who, table), reason=bar.reason))
        for bar in matches_in(bars)
    ]


def _in_words(who: str, table: RoutingTable) -> str:
    staff, liaison = table.staff.get(who), table.liaisons.get(who)
    if staff is not None:
        return texts.PERSON_AT.format(name=staff.name, place=table.name_of(f"body:{staff.body_code}"))
    if liaison is not None:
        place = "".join(table.names_of(liaison.village_code)[-1:])
        return texts.LIAISON_AT.format(name=liaison.name, place=place)
    name = table.name_of(who)
    return texts.NO_LONGER_HERE if name in (who, who.partition(":")[2]) else name
