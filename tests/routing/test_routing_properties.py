"""What holds whatever the organisation and whatever is reported. `make soak` raises the number of examples."""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.authority import FLOOR, RANK
from routing.decide import decide, explain_recused
from routing.facts import Facts, Subject
from routing.table import RecusalNode, SpecialistNode

EXAMPLES = int(os.environ.get("MASHANG_TEST_EXAMPLES", "400"))
EAST, WILLOW, YUNSHAN, CITY = "990121100201", "990122100201", "990121000000", "990100000000"
REGIONS = [EAST, EAST + "001", "990121100202", "990121101201", WILLOW, YUNSHAN, CITY, "990121100999", "7"]
BODIES = [
    "QH",
    "BS",
    "LS",
    "YS-1",
    "YS-EDU",
    "YS-MED",
    "YS-XF",
    "YS-AG",
    "YS-DF",
    "YS-GB",
    "YS",
    "PC-XF",
    "CITY",
]
NAMES = [
    "",
    "赵清河",
    "钱小川",
    "郑国栋",
    "许公正",
    "沈来信",
    "吕云山",
    "曹江州",
    "严市办",
    "金东升",
    "王建国",
    "高县令",
    "王",
]
POSTS = ["", "书记", "主任", "纪委书记", "市纪委书记", "副镇长", "村党支部书记", "副县长"]
UNITS = ["", "清河镇纪委", "云山县纪委监委", "江州市纪委监委", "县纪委", "东村", "云山县纪委监委干部监督室"]
PEOPLE = [f"staff:{number}" for number in range(1, 27)] + [f"liaison:{number}" for number in range(1, 7)]

_recusal_from = st.one_of(
    st.tuples(st.just("region"), st.sampled_from(REGIONS)),
    st.tuples(st.just("person"), st.sampled_from([name for name in NAMES if len(name) > 1])),
    st.tuples(st.just("body"), st.sampled_from(BODIES)),
)
recusals = st.builds(
    lambda who, origin: (who, *origin),
    st.sampled_from(PEOPLE + [f"body:{code}" for code in BODIES]),
    _recusal_from,
)
facts = st.builds(
    Facts,
    region_code=st.sampled_from(REGIONS),
    area_code=st.sampled_from(["EDU", "MED", "CIV"]),
    purpose=st.sampled_from(["report", "report", "suggest", "conduct"]),
    level=st.sampled_from([*FLOOR, "nonsense"]),
    subject=st.none()
    | st.builds(Subject, st.sampled_from(NAMES), st.sampled_from(POSTS), st.sampled_from(UNITS)),
    text=st.lists(st.sampled_from([*NAMES, *POSTS, *UNITS, "钱不见了", "　"]), max_size=4).map("".join),
    has_words=st.booleans(),
    appeal_of=st.none() | st.sampled_from(BODIES),
    avoid=st.frozensets(st.sampled_from(["township", "liaison"])),
    ruled_out_bodies=st.dictionaries(st.sampled_from(BODIES), st.just("退回"), max_size=2),
    ruled_out_people=st.dictionaries(st.sampled_from(PEOPLE), st.just("申报"), max_size=2),
    zone_trigger=st.none() | st.sampled_from(["masses", "span", "recusal", "assigned"]),
)
specialists = st.lists(
    st.builds(
        SpecialistNode,
        st.just(YUNSHAN),
        st.sampled_from(["EDU", "MED", "CIV"]),
        st.sampled_from(["village", "none", "department"]),
        st.sampled_from(BODIES),
    ),
    max_size=4,
)
missing = st.sets(st.sampled_from(range(1, 27)), max_size=8)
anything = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.fixture(scope="session")
def build(organisation):
    def build(rows, named, absent):
        nodes = [RecusalNode(n, who, kind, value, "利害关系") for n, (who, kind, value) in enumerate(rows, 1)]
        staff = [person for person in organisation.staff if person.id not in absent]
        return organisation.table(nodes, specialists=named, staff=staff)

    return build


@anything
@given(said=facts, rows=st.lists(recusals, max_size=6), named=specialists, absent=missing)
def test_the_owner_is_never_out_nor_below_its_authority(build, said, rows, named, absent):
    table = build(rows, named, absent)
    decision = decide(said, table)
    assert decision.failed_rule is None
    assert decision.reasons
    assert (decision.body is None) == (decision.rule == "outside")
    if decision.body is None:
        assert decision.liaisons_told == ()
        return
    conflicts = explain_recused(said, table)
    assert decision.body not in conflicts.bodies
    assert decision.body not in said.ruled_out_bodies
    assert decision.body != said.appeal_of
    assert f"body:{decision.body}" not in {out.who for out in decision.ruled_out}
    staff = table.staff_of(decision.body)
    free = {person.role for person in staff if person.key not in conflicts.people}
    if decision.rule == "triage" and free < {"handler", "leader"}:
        assert not any(person.key in conflicts.people for person in staff)  # merely short of people
    else:
        assert {"handler", "leader"} <= free
    demanded = max(FLOOR.get(said.level, 1), FLOOR["discipline"] if said.purpose == "conduct" else 1)
    assert RANK[table.bodies[decision.body].level] >= demanded
    assert all(liaison.key not in conflicts.people for liaison in decision.liaisons_told)
    if said.level != "none" or said.purpose != "report" or "liaison" in said.avoid:
        assert decision.liaisons_told == ()


@anything
@given(said=facts, rows=st.lists(recusals, max_size=6), more=recusals, named=specialists, absent=missing)
def test_one_more_recusal_frees_nobody(build, said, rows, more, named, absent):
    before, after = build(rows, named, absent), build([*rows, more], named, absent)
    barred, still_barred = explain_recused(said, before), explain_recused(said, after)
    assert set(barred.people) <= set(still_barred.people)
    assert set(barred.bodies) <= set(still_barred.bodies)
    assert {who for who, cause in barred.causes.items() if cause == "recusal"} <= {
        who for who, cause in still_barred.causes.items() if cause == "recusal"
    }
    was_out = {out.who for out in decide(said, before).ruled_out}
    assert f"body:{decide(said, after).body}" not in was_out


@anything
@given(said=facts, rows=st.lists(recusals, max_size=6), named=specialists, seed=st.integers(0, 9))
def test_the_same_facts_give_the_same_decision_whatever_the_order_of_rows(
    organisation, said, rows, named, seed
):
    nodes = [RecusalNode(n, who, kind, value, "利害关系") for n, (who, kind, value) in enumerate(rows, 1)]
    shuffled, staff = list(nodes), list(organisation.staff)
    random.Random(seed).shuffle(shuffled)
    random.Random(seed).shuffle(staff)
    first = organisation.table(nodes, specialists=named)
    second = organisation.table(shuffled, specialists=named, staff=staff)
    assert decide(said, first) == decide(said, first) == decide(said, second)


@anything
@given(said=facts, rows=st.lists(recusals, max_size=4), leader=st.sampled_from(range(1, 27, 2)))
def test_a_reported_head_and_their_body_never_get_the_matter(organisation, said, rows, leader):
    person = organisation.staff[leader - 1]
    nodes = [RecusalNode(n, who, kind, value, "利害关系") for n, (who, kind, value) in enumerate(rows, 1)]
    table = organisation.table(nodes)
    body = table.bodies[person.body_code]
    reported = Facts(
        region_code="990121100201" if body.code not in ("LS", "PC-XF") else "990122100201",
        level=said.level,
        purpose=said.purpose,
        text=said.text,
        subject=Subject(person.name, "", body.name),
    )
    assert decide(reported, table).body != body.code
    assert person.key in explain_recused(reported, table).people
    owner = decide(reported, table).body
    assert owner is None or RANK[table.bodies[owner].level] >= RANK["county"]
