"""Which liaison hears of a matter by itself (domain.md "Who is told")."""

from routing.case import Case
from routing.nodes import LiaisonNode


def liaisons_told(case: Case) -> tuple[LiaisonNode, ...]:
    """At most one, and only for a report about no person: the village's chief, or a deputy in their place.

    A chief who is touched is passed over; an unbound one gives way to a bound deputy. Where nobody is bound
    the first untouched is named all the same, so that the failed delivery comes to somebody's desk.
    """
    facts = case.facts
    is_about_nobody = facts.level == "none" and case.reading.level == "none" and facts.purpose == "report"
    # an appeal is about what a body decided, whatever level it names
    if not is_about_nobody or facts.appeal_of or "liaison" in facts.avoid:
        return ()
    village = case.table.tree.above(facts.region_code, "village")
    in_order = case.table.liaisons.heads_of(village or "")
    untouched = [p for p in in_order if p.key not in case.conflicts.people]
    bound = [p for p in untouched if p.is_bound]
    return tuple((bound or untouched)[:1])
