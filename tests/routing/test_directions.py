"""A person names the body: who may have the matter by which direction, and why not, one line a case."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.decide import decide
from routing.directions import may_be_named, why_not
from routing.facts import Facts, Subject
from tests.routing.conftest import BODIES, EAST, PEOPLE, WILLOW

QINGHE, BAISHI, OFFICE, LETTERS = (
    "清河镇纪委",
    "白石乡纪委",
    "云山县纪委监委第一纪检监察室",
    "云山县纪委监委信访室",
)
CADRE, HEAD, CASES, CITY = (
    "云山县纪委监委干部监督室",
    "云山县纪委监委",
    "云山县纪委监委案管室",
    "江州市纪委监委",
)
EDU = "云山县纪委监委驻教育局纪检监察组"

# fmt: off
# (direction, facts, to, a word of the reason why not; None when it may)
CASES_OF_DIRECTION = [
    ("transfer", {"level": "village"}, OFFICE, None),
    ("transfer", {"level": "village"}, LETTERS, None),
    ("transfer", {"level": "village"}, EDU, None),
    ("transfer", {"level": "village"}, CITY, None),
    ("transfer", {"level": "village"}, BAISHI, "交叉办理"),
    ("transfer", {"level": "village"}, CASES, "有管辖权"),
    ("transfer", {"level": "village", "region_code": WILLOW}, OFFICE, "有管辖权"),
    ("transfer", {"level": "township"}, QINGHE, "管理权限不够"),
    ("transfer", {"level": "county"}, HEAD, "管理权限不够"),
    ("transfer", {"level": "discipline"}, LETTERS, "第1条"),
    ("transfer", {"level": "discipline"}, CITY, None),
    ("transfer", {"level": "village", "appeal_of": "QH"}, QINGHE, "现在不能办理"),
    ("transfer", {"level": "village", "appeal_of": "QH"}, OFFICE, "第1条"),
    ("transfer", {"level": "village", "avoid": frozenset({"township"})}, QINGHE, "现在不能办理"),
    ("transfer", {"level": "village", "purpose": "conduct"}, OFFICE, "管理权限不够"),
    ("cross", {"level": "village"}, BAISHI, None),
    ("cross", {"level": "township"}, BAISHI, None),
    ("cross", {"level": "department"}, BAISHI, "管理权限不够"),
    ("cross", {"level": "village"}, QINGHE, "另一个乡镇"),
    ("cross", {"level": "village"}, OFFICE, "另一个乡镇"),
    ("cross", {"level": "village", "region_code": WILLOW}, BAISHI, "另一个乡镇"),
    ("cross", {"level": "discipline", "subject": Subject("赵清河", "纪委书记", "清河镇纪委")}, BAISHI, "管理权限不够"),
    ("lift", {"level": "village"}, OFFICE, None),
    ("lift", {"level": "village"}, HEAD, None),
    ("lift", {"level": "village"}, CITY, None),
    ("lift", {"level": "village"}, QINGHE, "不是上级"),
    ("lift", {"level": "discipline"}, HEAD, "第1条"),
    ("lift", {"level": "discipline"}, CITY, None),
    ("assigned", {"level": "village"}, QINGHE, None),
    ("assigned", {"level": "village"}, OFFICE, None),
    ("assigned", {"level": "township"}, QINGHE, "管理权限不够"),
    ("assigned", {"level": "village"}, BAISHI, "本区县"),
    ("return", {"level": "village"}, QINGHE, None),
    ("return", {"level": "village"}, BAISHI, None),
    ("return", {"level": "township"}, QINGHE, "管理权限不够"),
    ("return", {"level": "village", "subject": Subject("赵清河", "", "")}, QINGHE, "现在不能办理"),
]
# fmt: on


@pytest.mark.parametrize(("direction", "given_facts", "to", "word"), CASES_OF_DIRECTION)
def test_who_may_have_it(organisation, direction, given_facts, to, word):
    table = organisation.table()
    code = organisation.code(to)
    facts = Facts(
        **{"region_code": EAST, "area_code": "CIV", **given_facts}, direction=direction, directed_to=code
    )
    why = why_not(facts, table)
    if word is None:
        assert why is None
        assert decide(facts, table).body == code
        assert code in {body.code for body in may_be_named(facts, table, direction=direction)} or (
            direction == "return"
        )
    else:
        assert why is not None and word in why
        assert decide(facts, table).rule != direction


def test_a_body_nobody_knows_is_refused_in_words(organisation):
    facts = Facts(region_code=EAST, level="village", direction="transfer", directed_to="NOWHERE")
    assert "没有这个机构" in (why_not(facts, organisation.table()) or "")


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    direction=st.sampled_from(["transfer", "return", "lift", "cross", "assigned"]),
    to=st.sampled_from([body.code for body in BODIES]),
    level=st.sampled_from(["village", "township", "department", "county", "discipline", "none", "unknown"]),
    recused=st.lists(st.sampled_from([name for pair in PEOPLE.values() for name in pair]), max_size=4),
    named=st.sampled_from(["", *(leader for leader, _ in PEOPLE.values())]),
)
def test_a_direction_never_leads_around_a_recusal_nor_names_a_person(
    organisation, direction, to, level, recused, named
):
    table = organisation.table(organisation.recusals(*((name, "region", EAST) for name in recused)))
    subject = Subject(named, "", "") if named else None
    facts = Facts(region_code=EAST, level=level, subject=subject, direction=direction, directed_to=to)
    why = why_not(facts, table)
    decision = decide(facts, table)
    assert (why is None) == (decision.body == to and decision.body is not None) or (
        decision.rule != direction
    )
    if decision.body is not None:
        staff = table.staff_of(decision.body)
        out = {gone.who for gone in decision.ruled_out}
        assert {"handler", "leader"} <= {one.role for one in staff if one.key not in out} or (
            decision.rule == "triage"
        )
    for words in (why or "", *decision.reasons):
        assert not any(name in words for pair in PEOPLE.values() for name in pair)
