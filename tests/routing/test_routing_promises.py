"""What a decision promises beside its owner: alerts, reasons, failures, missing people."""

from dataclasses import replace

import pytest

from routing import texts
from routing.decide import decide, explain_recused
from routing.facts import Facts, Subject
from routing.nodes import CadreNode
from routing.table import RoutingTable

EAST, WEST, SOUTH, YUNSHAN = "990121100201", "990121100202", "990121101201", "990121000000"
CHIEF_EAST, DEPUTY_EAST, DEPUTY_WEST, CHIEF_SOUTH = "liaison:1", "liaison:2", "liaison:5", "liaison:6"


def said(**facts):
    return facts


# fmt: off
TOLD = [
    ("不针对个人：监督长", said(level="none"), [], [CHIEF_EAST]),
    ("扫组码：村监督长，不是监督员", said(level="none", region_code=EAST + "001"), [], [CHIEF_EAST]),
    ("监督长没绑定：副监督长", said(level="none", region_code=WEST), [], [DEPUTY_WEST]),
    ("都没绑定：仍记监督长", said(level="none", region_code=SOUTH), [], [CHIEF_SOUTH]),
    ("监督长回避：副监督长", said(level="none"), [("金东升", "region", EAST)], [DEPUTY_EAST]),
    ("文字提到监督长：副监督长", said(level="none", text="金东升家门口的路灯"), [], [DEPUTY_EAST]),
    ("两人都被提到：没有人", said(level="none", text="金东升和魏副手"), [], []),
    ("反映人不要联络员", said(level="none", avoid=frozenset({"liaison"})), [], []),
    ("村干部：没有人", said(level="village"), [], []),
    ("说不清：没有人", said(level="unknown"), [], []),
    ("码上督：没有人", said(level="none", purpose="conduct"), [], []),
    ("码上提：没有人", said(level="none", purpose="suggest"), [], []),
    ("选了不针对个人却写了村书记：没有人", said(level="none", subject=Subject("王建国", "村党支部书记", "")), [], []),
    ("县级码：没有人", said(level="none", region_code=YUNSHAN), [], []),
]
# fmt: on


@pytest.mark.parametrize(("facts", "recusals", "told"), [c[1:] for c in TOLD], ids=[c[0] for c in TOLD])
def test_a_liaison_hears_only_of_matters_about_nobody(organisation, facts, recusals, told):
    table = organisation.table(organisation.recusals(*recusals))
    decision = decide(Facts(**{"region_code": EAST, "area_code": "CIV", **facts}), table)
    assert [liaison.key for liaison in decision.liaisons_told] == told


def test_a_rule_that_raises_sends_the_matter_to_human_triage(organisation):
    def broken(case):
        raise ZeroDivisionError

    table = organisation.table()
    decision = decide(Facts(region_code=EAST, level="village"), table, rules=(broken,))
    assert (decision.body, decision.rule, decision.failed_rule) == ("YS-XF", "triage", "broken")


def test_a_failing_rule_sends_nothing_below_its_authority_nor_to_the_recused(organisation):
    def broken(case):
        raise KeyError

    high = decide(Facts(region_code=EAST, level="county"), organisation.table(), rules=(broken,))
    assert high.body == "CITY"
    head = Facts(region_code=EAST, level="village", subject=Subject("吕云山", "", "云山县纪委监委"))
    assert decide(head, organisation.table(), rules=(broken,)).body == "CITY"
    recused = organisation.table(organisation.recusals(("沈来信", "region", EAST)))
    assert decide(Facts(region_code=EAST, level="village"), recused, rules=(broken,)).body == "CITY"


def test_reasons_name_no_person_and_those_out_are_named_apart(organisation):
    table = organisation.table(organisation.recusals(("钱小川", "person", "王建国")))
    facts = Facts(region_code=EAST, level="village", subject=Subject("王建国", "", ""), text="赵清河包庇")
    decision = decide(facts, table)
    words = "".join(decision.reasons)
    assert not any(name in words for name in ("钱小川", "王建国", "赵清河", "近亲属"))
    out = {o.name: o.reason for o in decision.ruled_out}
    assert out["钱小川"] == "登记的回避：近亲属"
    assert "赵清河" in out
    assert "清河镇纪委" in out


def test_bars_tell_what_may_be_dismissed(organisation):
    table = organisation.table(organisation.recusals(("钱小川", "region", EAST)))
    conflicts = explain_recused(Facts(region_code=EAST, text="赵清河和钱小川和金东升"), table)
    assert conflicts.causes == {"staff:2": "recusal", "staff:1": "match", "liaison:1": "match"}
    assert set(conflicts.people) == {"staff:1", "staff:2", "liaison:1"}
    assert not conflicts.bodies


def test_a_reported_head_takes_the_body_out_with_them(organisation):
    facts = Facts(region_code=EAST, level="village", subject=Subject("赵清河", "", "清河镇纪委"))
    conflicts = explain_recused(facts, organisation.table())
    assert "staff:1" in conflicts.people
    assert list(conflicts.bodies) == ["QH"]


def test_a_recusal_stands_when_the_match_is_cleared(organisation):
    table = organisation.table(organisation.recusals(("赵清河", "region", EAST)))
    facts = Facts(region_code=EAST, text="赵清河", cleared={"staff:1": texts.MATCH_WORDS})
    assert explain_recused(facts, table).causes == {"staff:1": "recusal"}


def test_surname_with_post_hides_staff_and_liaisons(organisation):
    table = organisation.table()
    township = Facts(region_code=EAST, level="township", subject=Subject("赵某", "纪委书记", ""))
    assert "staff:1" in explain_recused(township, table).people
    liaison = Facts(region_code=EAST, level="village", subject=Subject("金主任", "村监督委员会主任", ""))
    assert "liaison:1" in explain_recused(liaison, table).people
    surname_only = Facts(region_code=EAST, level="village", subject=Subject("赵", "", ""))
    assert not explain_recused(surname_only, table).people


def test_a_liaison_of_another_township_is_no_namesake(organisation):
    facts = Facts(region_code=EAST, level="village", text="谢南生")
    assert not explain_recused(facts, organisation.table()).people


@pytest.mark.parametrize("missing", ["赵清河", "钱小川"])
def test_a_body_without_a_confirmed_leader_or_handler_is_passed_over(organisation, missing):
    table = organisation.without(missing).table()
    assert decide(Facts(region_code=EAST, level="village"), table).body == "YS-1"


def test_a_closed_body_is_passed_over(organisation):
    bodies = [replace(b, is_active=b.code != "YS-1") for b in organisation.bodies]
    assert (
        decide(Facts(region_code=EAST, level="township"), organisation.table(bodies=bodies)).body == "YS-XF"
    )


def test_an_organisation_without_people_drops_nothing(organisation):
    table = organisation.table(staff=[])
    village = decide(Facts(region_code=EAST, level="village"), table)
    assert (village.body, village.rule) == ("YS-XF", "triage")
    assert decide(Facts(region_code=EAST, level="county"), table).body == "CITY"
    assert decide(Facts(region_code=EAST, level="discipline"), table).body == "YS-GB"


def test_an_empty_organisation_answers_outside_instead_of_failing():
    table = RoutingTable.build(version=1, areas={}, regions=[], bodies=[])
    assert decide(Facts(region_code=EAST, level="village"), table).body is None


def test_a_namesake_of_the_citys_head_leaves_the_city_out(organisation):
    staff = [replace(p, name="曹江州") if p.name == "钱小川" else p for p in organisation.staff]
    table = organisation.table(staff=staff)
    by_name = decide(Facts(region_code=EAST, level="discipline", subject=Subject("曹江州")), table)
    assert by_name.body is None
    assert not any("本市纪检监察机构负责人" in reason for reason in by_name.reasons)
    by_unit = Facts(region_code=EAST, level="discipline", subject=Subject("曹江州", "", "清河镇纪委"))
    assert decide(by_unit, table).body == "YS-GB"


def test_a_zone_whose_office_is_gone_falls_to_the_letters_room(organisation):
    bodies = [b for b in organisation.bodies if b.code != "YS-1"]
    assert (
        decide(Facts(region_code=EAST, level="township"), organisation.table(bodies=bodies)).body == "YS-XF"
    )


def test_in_a_county_level_city_the_citys_secretary_is_the_countys(organisation):
    table = organisation.table()
    regions = [replace(r, name="云山市") if r.code == YUNSHAN else r for r in table.tree.nodes.values()]
    facts = Facts(region_code=EAST, level="discipline", subject=Subject("", "市纪委书记", ""))
    assert decide(facts, organisation.table(regions=regions)).body == "CITY"


def test_helpers_find_their_way(organisation):
    table = organisation.table()
    assert table.names_of(EAST + "001") == ("江州市", "云山县", "清河镇", "东村", "东村一组")
    assert table.county_of(EAST) == YUNSHAN
    assert table.township_of(EAST + "001") == "990121100000"
    assert table.county_of("0") is None
    assert table.path("0") == ()
    assert [
        b and b.code for b in (table.township_body(EAST), table.zone_office(EAST), table.city_body(EAST))
    ] == [
        "QH",
        "YS-1",
        "CITY",
    ]
    assert [b and b.code for b in (table.county_room(YUNSHAN, "cadre"), table.county_head(YUNSHAN))] == [
        "YS-GB",
        "YS",
    ]
    assert table.zone_of(EAST).code == "Z1"
    assert {p.name for p in table.staff_of("QH")} == {"赵清河", "钱小川"}
    assert (table.name_of("body:QH"), table.name_of("staff:1"), table.name_of("staff:999")) == (
        "清河镇纪委",
        "赵清河",
        "staff:999",
    )


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("level", ["township", "department", "county"])
def test_of_cadres_with_one_name_the_highest_counts_in_whatever_order_they_stand(organisation, order, level):
    village = CadreNode("龙在田", (), "村党支部书记", "东村", "village", EAST)
    higher = CadreNode("龙在田", (), "副职", "某单位", level, YUNSHAN)
    table = organisation.table(cadres=[village, higher][::order])
    decision = decide(Facts(region_code=EAST, area_code="EDU", level="unknown", text="龙在田拿了钱"), table)
    assert decision.rule == level
    both = [CadreNode("龙在田", (), "副职", "某单位", each, YUNSHAN) for each in ("township", "department")]
    rules = {
        decide(
            Facts(region_code=EAST, area_code="EDU", level="unknown", text="龙在田拿了钱"),
            organisation.table(cadres=both[::each]),
        ).rule
        for each in (1, -1)
    }
    assert len(rules) == 1


@pytest.mark.parametrize(
    ("text", "first", "more", "staff"),
    [
        ("镇里的龙在田野拿了钱", ("钱小川", "person", "龙在田"), ("孙白石", "person", "龙在田野"), "staff:2"),
        ("镇里的钱小川普拿了钱", ("孙白石", "person", "白乡官"), ("孙白石", "person", "钱小川普"), "staff:2"),
        ("云山县纪委监委信访室压着不办", ("钱小川", "body", "YS"), ("孙白石", "body", "YS-XF"), "staff:2"),
        # 清河镇纪委书记: whoever is called otherwise need not hold the post
        ("镇纪委书记龙在田收了礼", ("孙白石", "person", "白乡官"), ("孙白石", "person", "龙在田"), "staff:1"),
        ("镇里的赵青河收了礼", ("孙白石", "person", "白乡官"), ("孙白石", "person", "赵青河"), "staff:1"),
    ],
)
def test_one_recusal_more_whose_name_holds_another_s_gives_nobody_back(
    organisation, text, first, more, staff
):
    facts = Facts(region_code=EAST, level="village", text=text)
    kept_away = [
        explain_recused(facts, organisation.table(organisation.recusals(*rows))).people
        for rows in ([first], [first, more])
    ]
    assert staff in kept_away[0] and kept_away[0].keys() <= kept_away[1].keys()
