"""The linter finds what would leave a report without hands, names places and bodies, and never a person."""

import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from routing.authority import FLOOR
from routing.facts import Facts
from routing.linter.lint import lint
from routing.linter.ways import SINGLE, leads_somewhere, ways
from routing.nodes import CadreNode, RegionNode, SpecialistNode, ZoneNode
from routing.table import RoutingTable
from tests.routing.conftest import (
    BODIES,
    CADRES,
    CITY,
    EAST,
    LIAISONS,
    PEOPLE,
    QINGHE,
    REGIONS,
    SPECIALISTS,
    STAFF,
    YUNSHAN,
)

EXAMPLES = int(os.environ.get("MASHANG_TEST_EXAMPLES", "20"))
ZONE = ZoneNode("Z1", "江州市云山县纪检监察第一协作区", YUNSHAN, "YS-1", "高指挥", frozenset({"QH", "BS"}))


def kinds(table: RoutingTable) -> dict[str, list[str]]:
    return {finding.kind: [spot.name for spot in finding.spots] for finding in lint(table)}


def without(code: str) -> list:
    return [body for body in BODIES if body.code != code]


# what was changed, the kind of finding, a name that stands in it
CHANGES = [
    ({"bodies": without("QH")}, "no_township_body", "清河镇"),
    ({"bodies": [*BODIES, replace(BODIES[0], code="QH2", name="清河镇纪委二")]}, "two_bodies", "清河镇纪委"),
    ({"staff": [p for p in STAFF if p.body_code != "YS-1"]}, "no_people", "云山县纪委监委第一纪检监察室"),
    ({"zones": [replace(ZONE, members=frozenset({"QH"}))]}, "no_zone", "白石乡纪委"),
    (
        {"zones": [ZONE, replace(ZONE, code="Z2", name="江州市云山县纪检监察第二协作区")]},
        "two_zones",
        "清河镇纪委",
    ),
    ({"zones": [replace(ZONE, office_body="")]}, "no_office", ZONE.name),
    ({"zones": [replace(ZONE, office_body="YS-XF")]}, "no_office", ZONE.name),
    ({"zones": [replace(ZONE, commander=" ")]}, "no_commander", ZONE.name),
    ({"zones": [replace(ZONE, members=frozenset())]}, "no_townships", ZONE.name),
    ({"zones": [replace(ZONE, name="第一协作区")]}, "zone_name", "第一协作区"),
    ({"zones": [replace(ZONE, name="江州市云山县纪检监察第1协作区")]}, "zone_name", "第1协作区"),
    ({"bodies": without("YS-XF")}, "no_room", "云山县"),
    ({"bodies": without("YS-AG")}, "no_ledger_room", "云山县"),
    ({"bodies": without("CITY")}, "no_city", "江州市"),
    ({"liaisons": []}, "no_chief", "东村"),
    ({"liaisons": LIAISONS}, "chief_unbound", "西村"),
    ({"specialists": [SpecialistNode(YUNSHAN, "EDU", "village", "GONE")]}, "specialist_gone", "云山县“教育”"),
    ({"specialists": SPECIALISTS}, "specialist_missing", "云山县“医疗”"),
    ({"cadres": [CadreNode("甲乙", (), "主任", "外村", "village", "1")]}, "cadre_nowhere", "外村主任"),
    ({"staff": [replace(STAFF[0], phone=LIAISONS[0].phone), *STAFF[1:]]}, "two_roles", "清河镇纪委"),
    ({"bodies": without("CITY")}, "no_way", "清河镇“教育”反映县领导"),
    ({}, "one_deep", "江州市纪委监委（县领导"),
]


@pytest.mark.parametrize(("changed", "kind", "name"), CHANGES)
def test_names_what_is_missing_and_where(organisation, changed, kind, name):
    found = kinds(organisation.table(**changed))
    assert any(name in spot for spot in found[kind]), found


def test_says_in_words_what_to_do_and_names_nobody(organisation):
    people = [name for pair in PEOPLE.values() for name in pair]
    people += [person.name for person in (*LIAISONS, *CADRES)]
    for changed, _, _ in CHANGES:
        for finding in lint(organisation.table(**changed)):
            assert finding.words.endswith("。") and "请" in finding.words
            assert not any(name in finding.words for name in people), finding.words


def test_a_long_list_is_folded_and_counted(organisation):
    villages = [RegionNode(f"99012110{n:04}", f"第{n}村", "village", QINGHE) for n in range(300, 340)]
    found = {f.kind: f for f in lint(organisation.table(regions=[*REGIONS, *villages]))}
    assert "等 41 个" in found["no_chief"].words and len(found["no_chief"].words) < 120


def test_an_empty_organisation_is_one_finding():
    empty = RoutingTable.build(version=0, areas={}, regions=[], bodies=[])
    assert [finding.kind for finding in lint(empty)] == ["empty"]


everybody = [f"staff:{person.id}" for person in STAFF]
places = st.sampled_from(
    [("region", EAST), ("region", QINGHE), ("region", YUNSHAN), ("region", CITY), ("body", "QH")]
)
whoever = st.sampled_from([name for pair in PEOPLE.values() for name in pair])


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    rows=st.lists(st.tuples(whoever, places), max_size=4),
    absent=st.sets(st.sampled_from(range(1, 27)), max_size=4),
    doubled=st.booleans(),
    named=st.lists(
        st.tuples(
            st.sampled_from(["EDU", "MED", "CIV"]),
            st.sampled_from(["village", "none", "department"]),
            st.sampled_from([body.code for body in BODIES]),
        ),
        max_size=3,
    ),
)
def test_finds_exactly_what_asking_for_everything_finds(organisation, rows, absent, doubled, named):
    staff = [person for person in STAFF if person.id not in absent]
    if doubled:
        staff += [replace(p, key=f"staff:{p.id + 100}", id=p.id + 100, name="替补") for p in STAFF]
    table = organisation.table(
        organisation.recusals(*((who, *origin) for who, origin in rows)),
        staff=staff,
        specialists=[SpecialistNode(YUNSHAN, *row) for row in named],
    )
    found = {(table.township_of(way.region_code), way.level, way.fails) for way in ways(table) if way.fails}
    assert found == set(everything(table))


def everything(table: RoutingTable):
    """Every region, area, level and single recusal of anybody, one by one."""
    for region in [node.code for node in REGIONS if node.level in ("township", "village", "group")]:
        for area in table.areas:
            for level in FLOOR:
                facts = Facts(region_code=region, area_code=area, level=level)
                fails = failing(facts, table)
                if fails:
                    yield table.township_of(region), level, fails


def failing(facts: Facts, table: RoutingTable) -> str:
    if not leads_somewhere(facts, table):
        return "no_way"
    people = [person.key for person in table.staff.values()]
    if not all(leads_somewhere(replace(facts, ruled_out_people={who: SINGLE}), table) for who in people):
        return "one_deep"
    bodies = [body.code for body in table.bodies.values() if body.level != "city"]
    if not all(leads_somewhere(replace(facts, ruled_out_bodies={code: SINGLE}), table) for code in bodies):
        return "body_deep"
    return ""
