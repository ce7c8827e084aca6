"""A small invented organisation: 江州市 with 云山县 (two townships in one zone) and 平川县 (none, few people)."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from routing.table import (
    BodyNode,
    CadreNode,
    LiaisonNode,
    RecusalNode,
    RegionNode,
    RoutingTable,
    SpecialistNode,
    StaffNode,
    ZoneNode,
)

CITY, YUNSHAN, PINGCHUAN = "990100000000", "990121000000", "990122000000"
QINGHE, BAISHI, LIUSHU = "990121100000", "990121101000", "990122100000"
EAST, WEST, SOUTH, WILLOW = "990121100201", "990121100202", "990121101201", "990122100201"
EAST_GROUP = EAST + "001"

REGIONS = [
    RegionNode(CITY, "江州市", "city", None),
    RegionNode(YUNSHAN, "云山县", "county", CITY),
    RegionNode(PINGCHUAN, "平川县", "county", CITY),
    RegionNode(QINGHE, "清河镇", "township", YUNSHAN),
    RegionNode(BAISHI, "白石乡", "township", YUNSHAN),
    RegionNode(LIUSHU, "柳树镇", "township", PINGCHUAN),
    RegionNode(EAST, "东村", "village", QINGHE),
    RegionNode(WEST, "西村", "village", QINGHE),
    RegionNode(SOUTH, "南村", "village", BAISHI),
    RegionNode(WILLOW, "柳湾村", "village", LIUSHU),
    RegionNode(EAST_GROUP, "东村一组", "group", EAST),
]


def _body(code: str, name: str, level: str, region: str, room: str = "") -> BodyNode:
    return BodyNode(code, name, level, room, region, "0999-12345678", True)


BODIES = [
    _body("QH", "清河镇纪委", "township", QINGHE),
    _body("BS", "白石乡纪委", "township", BAISHI),
    _body("LS", "柳树镇纪委", "township", LIUSHU),
    _body("YS-1", "云山县纪委监委第一纪检监察室", "office", YUNSHAN),
    _body("YS-EDU", "云山县纪委监委驻教育局纪检监察组", "stationed", YUNSHAN),
    _body("YS-MED", "云山县纪委监委驻卫健局纪检监察组", "stationed", YUNSHAN),
    _body("YS-XF", "云山县纪委监委信访室", "county", YUNSHAN, "letters"),
    _body("YS-AG", "云山县纪委监委案管室", "county", YUNSHAN, "cases"),
    _body("YS-DF", "云山县纪委监委党风政风室", "county", YUNSHAN, "conduct"),
    _body("YS-GB", "云山县纪委监委干部监督室", "county", YUNSHAN, "cadre"),
    _body("YS", "云山县纪委监委", "county", YUNSHAN),
    _body("PC-XF", "平川县纪委监委信访室", "county", PINGCHUAN, "letters"),
    _body("CITY", "江州市纪委监委", "city", CITY),
]

# One leader and one handler a body: (leader, handler). The cadre room and the letters room have two handlers.
PEOPLE = {
    "QH": ("赵清河", "钱小川"),
    "BS": ("孙白石", "李一凡"),
    "LS": ("周柳树", "吴大同"),
    "YS-1": ("郑国栋", "冯远山"),
    "YS-EDU": ("陈育才", "褚文静"),
    "YS-MED": ("卫明辉", "蒋安康"),
    "YS-XF": ("沈来信", "韩去访"),
    "YS-AG": ("杨案卷", "朱统计"),
    "YS-DF": ("秦正风", "尤肃纪"),
    "YS-GB": ("许公正", "何廉明"),
    "YS": ("吕云山", "施长青"),
    "PC-XF": ("张平川", "孔接访"),
    "CITY": ("曹江州", "严市办"),
}


def _staff() -> list[StaffNode]:
    rows: list[StaffNode] = []
    for body, (leader, handler) in PEOPLE.items():
        for role, name in (("leader", leader), ("handler", handler)):
            number = len(rows) + 1
            rows.append(
                StaffNode(f"staff:{number}", number, f"u{number}", name, body, role, "13900000000", True)
            )
    return rows


STAFF = _staff()

LIAISONS = [
    LiaisonNode("liaison:1", 1, "金东升", "13800000001", EAST, "", "chief", True),
    LiaisonNode("liaison:2", 2, "魏副手", "13800000002", EAST, "", "deputy", True),
    LiaisonNode("liaison:3", 3, "陶小组", "13800000003", EAST, EAST_GROUP, "monitor", True),
    LiaisonNode("liaison:4", 4, "姜西平", "13800000004", WEST, "", "chief", False),
    LiaisonNode("liaison:5", 5, "戚西副", "13800000005", WEST, "", "deputy", True),
    LiaisonNode("liaison:6", 6, "谢南生", "13800000006", SOUTH, "", "chief", False),
]

CADRES = [
    CadreNode("王建国", ("王大头",), "村党支部书记", "东村", "village", EAST),
    CadreNode("刘副镇", (), "副镇长", "清河镇人民政府", "township", QINGHE),
    CadreNode("马局座", (), "局长", "云山县林业局", "department", YUNSHAN),
    CadreNode("高县令", (), "副县长", "云山县人民政府", "county", YUNSHAN),
    CadreNode("白乡官", (), "副乡长", "白石乡人民政府", "township", BAISHI),
]

SPECIALISTS = [
    SpecialistNode(YUNSHAN, "EDU", "department", "YS-EDU"),
    SpecialistNode(YUNSHAN, "MED", "village", "YS-MED"),
    SpecialistNode(YUNSHAN, "MED", "none", "YS-MED"),
]


@dataclass(frozen=True)
class Organisation:
    """The rows before they are frozen into a table; `table(...)` varies them."""

    staff: list[StaffNode] = field(default_factory=lambda: STAFF)
    bodies: list[BodyNode] = field(default_factory=lambda: BODIES)

    def key(self, name: str) -> str:
        people = [*self.staff, *LIAISONS]
        return next(person.key for person in people if person.name == name)

    def code(self, name: str) -> str:
        return next(body.code for body in self.bodies if body.name == name)

    def who(self, name: str) -> str:
        """Key of a person or body by name."""
        if any(body.name == name for body in self.bodies):
            return f"body:{self.code(name)}"
        return self.key(name)

    def recusals(self, *rows: tuple[str, str, str]) -> list[RecusalNode]:
        """Rows of (who by name, from_kind, from_value)."""
        return [
            RecusalNode(number, self.who(who), kind, value, "近亲属")
            for number, (who, kind, value) in enumerate(rows, start=1)
        ]

    def table(self, recusals: Iterable[RecusalNode] = (), **changed: Any) -> RoutingTable:
        rows: dict[str, Any] = {
            "version": 7,
            "areas": {"EDU": "教育", "MED": "医疗", "CIV": "民政"},
            "regions": REGIONS,
            "bodies": self.bodies,
            "zones": [
                ZoneNode(
                    "Z1", "江州市云山县纪检监察第一协作区", YUNSHAN, "YS-1", "高指挥", frozenset({"QH", "BS"})
                )
            ],
            "specialists": SPECIALISTS,
            "staff": self.staff,
            "liaisons": LIAISONS,
            "cadres": CADRES,
            "recusals": list(recusals),
        }
        return RoutingTable.build(**{**rows, **changed})

    def without(self, *names: str) -> "Organisation":
        """The same organisation where these accounts are not confirmed."""
        return replace(
            self, staff=[replace(p, is_active=p.is_active and p.name not in names) for p in self.staff]
        )


@pytest.fixture(scope="session")
def organisation() -> Organisation:
    return Organisation()
