"""Columns hold what rows held: whatever fits no column is kept beside them, and nobody can tell the difference."""

from dataclasses import replace

import pytest

from routing.decide import decide
from routing.facts import Facts
from routing.liaisons import Liaisons
from routing.regions import RegionTree
from routing.table import LiaisonNode, RegionNode
from routing.texts import PLACE_UNKNOWN
from tests.routing.conftest import CITY, EAST, EAST_GROUP, LIAISONS, QINGHE, REGIONS, WEST, YUNSHAN

STRANGE_REGIONS = [
    RegionNode("990121100301", "飞地村", "village", "990121101000"),
    RegionNode("990121100301001", "飞地村一组", "group", "990121100301"),
    RegionNode("990121100302001", "没有村的组", "group", "990121100302"),
    RegionNode("ENCLAVE", "农场", "village", QINGHE),
    RegionNode("９９0121100303", "全角村", "village", QINGHE),
]
STRANGE_LIAISONS = [
    LiaisonNode("liaison:7", 7, "柏农场", "+86 138", "ENCLAVE", "", "chief", True),
    LiaisonNode("liaison:8", 8, "水本村", "", EAST, "ENCLAVE-1", "monitor", False),
    LiaisonNode("L9", 9, "窦别号", "13800000009", EAST, "", "chief", True),
]


def test_every_division_is_found_as_it_was_given() -> None:
    given = {node.code: node for node in (*REGIONS, *STRANGE_REGIONS)}
    nodes = RegionTree(given.values()).nodes
    assert dict(nodes.items()) == given
    assert len(nodes) == len(given)
    for code in ("", "7", EAST + "7", EAST_GROUP + "0", "990121100999", "９９0121100201", "99012110020x"):
        assert code not in nodes and nodes.get(code) is None


@pytest.mark.parametrize(
    ("code", "upward"),
    [
        (EAST_GROUP, [EAST_GROUP, EAST, QINGHE, YUNSHAN, CITY]),
        ("990121100301001", ["990121100301001", "990121100301", "990121101000", YUNSHAN, CITY]),
        ("990121100302001", ["990121100302001"]),
        ("ENCLAVE", ["ENCLAVE", QINGHE, YUNSHAN, CITY]),
        ("990121100999", []),
    ],
)
def test_the_way_up_is_walked_by_parents_where_digits_say_otherwise(code, upward) -> None:
    tree = RegionTree([*REGIONS, *STRANGE_REGIONS])
    assert tree.upward(code) == upward
    levels = {node.code: node.level for node in (*REGIONS, *STRANGE_REGIONS)}
    for level in ("group", "village", "township", "county", "city"):
        assert tree.above(code, level) == next((above for above in upward if levels[above] == level), None)


def test_a_circle_of_parents_ends() -> None:
    circle = [RegionNode("A", "甲", "township", "B"), RegionNode("B", "乙", "township", "A")]
    assert len(RegionTree(circle).upward("A")) <= 8


def test_a_village_elsewhere_belongs_to_the_township_it_is_registered_under(organisation) -> None:
    table = organisation.table(regions=[*REGIONS, *STRANGE_REGIONS])
    assert decide(Facts(region_code="990121100301", level="village"), table).body == "BS"
    assert decide(Facts(region_code="990121100301001", level="village"), table).body == "BS"
    assert decide(Facts(region_code="ENCLAVE", level="village"), table).body == "QH"
    recused = organisation.table(
        organisation.recusals(("白石乡纪委", "region", "990121101000")), regions=[*REGIONS, *STRANGE_REGIONS]
    )
    assert decide(Facts(region_code="990121100301", level="village"), recused).body == "YS-1"


def test_every_liaison_is_found_as_they_were_given() -> None:
    given = {person.key: person for person in (*LIAISONS, *STRANGE_LIAISONS)}
    liaisons = Liaisons(reversed(given.values()))
    assert dict(liaisons.items()) == given
    assert len(liaisons) == len(given)
    assert list(liaisons)[: len(LIAISONS)] == [person.key for person in LIAISONS]
    for key in ("", "liaison:", "liaison:99", "liaison:x", "staff:1", "9"):
        assert key not in liaisons


def test_heads_of_a_village_are_its_chiefs_before_its_deputies() -> None:
    second = replace(LIAISONS[0], key="liaison:20", id=20)
    liaisons = Liaisons([second, *STRANGE_LIAISONS, *LIAISONS])
    assert [one.key for one in liaisons.heads_of(EAST)] == ["liaison:1", "L9", "liaison:20", "liaison:2"]
    assert [one.key for one in liaisons.heads_of(WEST)] == ["liaison:4", "liaison:5"]
    assert [one.key for one in liaisons.heads_of("ENCLAVE")] == ["liaison:7"]
    assert liaisons.heads_of("") == [] and liaisons.heads_of("990121100999") == []


def test_names_of_liaisons_who_fit_no_column_hide_a_report_too(organisation) -> None:
    table = organisation.table(regions=[*REGIONS, *STRANGE_REGIONS], liaisons=[*LIAISONS, *STRANGE_LIAISONS])
    said = Facts(region_code=EAST, level="none", text="柏农场和金东升家门口的灯")
    assert [one.key for one in decide(said, table).liaisons_told] == ["L9"]
    assert {"liaison:7", "liaison:1"} <= {out.who for out in decide(said, table).ruled_out}


@pytest.mark.parametrize("code", ["990121100999", "99012110099x", "9901211009990"])
def test_a_village_that_is_not_there_is_known_by_nobody(organisation, code) -> None:
    table = organisation.table()
    assert table.knows(EAST, table.place(EAST)) and not table.knows(code, table.place(code))
    assert PLACE_UNKNOWN in decide(Facts(region_code=code, level="village"), table).reasons
    assert PLACE_UNKNOWN not in decide(Facts(region_code=EAST, level="village"), table).reasons
