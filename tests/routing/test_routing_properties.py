"""What holds whatever the organisation and whatever is reported: 1,000 examples each, 50,000 in a soak."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from routing import texts
from routing.authority import RANK
from routing.decide import decide, explain_recused
from routing.directions import why_not
from routing.facts import Facts, Subject
from routing.table import RoutingTable
from tests.properties.soaking import SOAK, examples
from tests.routing.generated import Organisation, one_more, organisation_of, seeds
from tests.routing.generated_facts import facts_on

EXAMPLES = 1000 if SOAK == 1 else 2500
DEMANDED = {"township": "office", "department": "office", "discipline": "county", "county": "city"}
"""The lowest level of body that may answer for a level, where it is not the township itself."""
pytestmark = pytest.mark.timeout(180 * SOAK)


@st.composite
def matters(draw: st.DrawFn, **how: Any) -> tuple[Organisation, Facts]:
    organisation = organisation_of(draw(seeds))
    return organisation, draw(facts_on(organisation, **how))


def may_see(facts: Facts, table: RoutingTable) -> set[str]:
    """Whoever routing leaves to see the matter: staff of the owner who are not in conflict."""
    owner, people = decide(facts, table).body, explain_recused(facts, table).people
    return {person.key for person in table.staff_of(owner or "") if person.key not in people}


def barred(facts: Facts, table: RoutingTable) -> set[str]:
    """Person keys, those of bodies that are out included."""
    conflicts = explain_recused(facts, table)
    return {*conflicts.people, *(p.key for code in conflicts.bodies for p in table.staff_of(code))}


def is_high_enough(owner: str, facts: Facts, table: RoutingTable) -> bool:
    demanded = {DEMANDED.get(facts.level, "township"), "county" if facts.purpose == "conduct" else "township"}
    is_passed_down = facts.direction == "cross" and facts.directed_to == owner and facts.level == "township"
    if is_passed_down and facts.purpose != "conduct":
        return owner != table.place(facts.region_code).township_body
    return RANK[table.bodies[owner].level] >= max(RANK[level] for level in demanded)


@examples(EXAMPLES)
@given(matter=matters() | matters(is_directed=True))
def test_there_is_an_owner_who_is_free_and_high_enough_or_it_is_outside(matter) -> None:
    organisation, facts = matter
    table = organisation.table()
    decision, conflicts = decide(facts, table), explain_recused(facts, table)
    assert decision.failed_rule is None and all(decision.reasons)
    assert (decision.body is None) == (decision.rule == "outside")
    if decision.body is None:
        assert decision.liaisons_told == ()
        return
    owner = table.bodies[decision.body]
    assert owner.is_active
    assert owner.code not in {*conflicts.bodies, *facts.ruled_out_bodies, facts.appeal_of}
    assert "township" not in facts.avoid or owner.code != table.place(facts.region_code).township_body
    assert f"body:{owner.code}" not in {out.who for out in decision.ruled_out}
    assert is_high_enough(owner.code, facts, table)
    acting = [p for p in table.staff_of(owner.code) if p.is_active and p.role in ("handler", "leader")]
    free = [p for p in acting if p.key not in conflicts.people]
    if {p.role for p in free} != {"handler", "leader"}:
        # merely short of people, or some are out for nothing but a name in the words
        assert decision.rule == "triage"
        assert len(free) == len(acting) or free
        assert any(conflicts.causes[p.key] == "match" for p in acting if p not in free) or len(free) == len(
            acting
        )
    assert all(liaison.key not in conflicts.people for liaison in decision.liaisons_told)
    is_about_nobody = facts.level == "none" and facts.purpose == "report" and not facts.appeal_of
    assert decision.liaisons_told == () or (is_about_nobody and "liaison" not in facts.avoid)


@examples(EXAMPLES)
@given(matter=matters() | matters(is_directed=True), seed=seeds)
def test_one_more_recusal_never_lets_anybody_see_who_could_not(matter, seed) -> None:
    organisation, facts = matter
    before, after = organisation.table(), organisation.table(one_more(organisation, seed))
    was_barred, is_barred = barred(facts, before), barred(facts, after)
    assert was_barred <= is_barred
    assert not may_see(facts, after) & is_barred
    if decide(facts, after).body == decide(facts, before).body:
        assert may_see(facts, after) <= may_see(facts, before)
    else:
        # one that a person named is tried first; where it merely lacks people, or names in the words alone took
        # them, it is still the last resort
        in_vain = {texts.VACANT}
        if texts.TRIAGE_NAMED in decide(facts, after).reasons:
            in_vain.add(texts.NO_LEADER_OR_HANDLER)
        named = f"body:{facts.directed_to}"
        ruled_out = decide(facts, before).ruled_out
        passed_over = {out.who for out in ruled_out if out.who != named or out.reason not in in_vain}
        assert f"body:{decide(facts, after).body}" not in passed_over
    causes = explain_recused(facts, after).causes
    assert all(
        causes[who] == "recusal"
        for who, why in explain_recused(facts, before).causes.items()
        if why == "recusal"
    )


@examples(EXAMPLES)
@given(matter=matters() | matters(is_directed=True), seed=st.integers(0, 9))
def test_the_same_facts_give_the_same_decision_whatever_the_order_of_rows(matter, seed) -> None:
    organisation, facts = matter
    table = organisation.table()
    decision, shuffled = decide(facts, table), decide(facts, organisation.table(shuffled=seed))
    assert decision == decide(facts, table)
    assert (decision.body, decision.rule, decision.reasons) == (
        shuffled.body,
        shuffled.rule,
        shuffled.reasons,
    )
    assert set(decision.ruled_out) == set(shuffled.ruled_out)
    assert decision.liaisons_told == shuffled.liaisons_told


@examples(EXAMPLES)
@given(matter=matters() | matters(is_directed=True), seed=seeds)
def test_a_body_reported_never_gets_the_matter_nor_does_anything_below_the_one_above(matter, seed) -> None:
    organisation, facts = matter
    table, dice = organisation.table(), random.Random(seed)
    if not organisation.body_codes:
        return
    body = table.bodies[dice.choice(organisation.body_codes)]
    leader = next((p.name for p in table.staff_of(body.code) if p.role == "leader"), "")
    subject = dice.choice(
        [Subject("", "", body.name), Subject("", "书记", body.name), Subject(leader, "", body.name)]
    )
    reported = Facts(
        region_code=body.region_code,
        level=facts.level,
        purpose=facts.purpose,
        text=facts.text,
        subject=subject,
        direction=facts.direction,
        directed_to=facts.directed_to,
    )
    owner = decide(reported, table).body
    assert owner != body.code
    above = "city" if body.level in ("county", "city") else "county"
    assert owner is None or RANK[table.bodies[owner].level] >= RANK[above]
    assert (
        owner is None
        or above == "city"
        or table.bodies[owner].room == "cadre"
        or table.bodies[owner].level == "city"
        or facts.level == "county"
    )


@examples(EXAMPLES)
@given(matter=matters(is_directed=True))
def test_a_direction_is_followed_or_refused_in_words(matter) -> None:
    organisation, facts = matter
    table = organisation.table()
    why, decision = why_not(facts, table), decide(facts, table)
    if why is None:
        assert decision.body == facts.directed_to
    else:
        assert decision.rule != facts.direction
        named = {person.name for person in table.staff.values()}
        assert not any(name in why for name in named)
    assert not any(
        name in reason for name in {p.name for p in table.staff.values()} for reason in decision.reasons
    )
    if decision.body is None:
        assert decide(replace(facts, direction="", directed_to=""), table).body is None
    if facts.direction == "cross" and decision.rule == "cross":
        zone = table.place(facts.region_code).zone
        assert zone is not None and decision.body in zone.members
