"""Organisations nobody would plan: rooms missing, people short, namesakes everywhere, zones at random."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from hypothesis import strategies as st

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

CITY = "990100000000"
COUNTIES = ("990121000000", "990122000000")
AREAS = ("edu", "med", "civ")
NAMES = (
    "赵清河",
    "钱小川",
    "孙白石",
    "李一凡",
    "周柳树",
    "吴大同",
    "郑国栋",
    "冯远山",
    "欧阳江州",
    "王建国",
    "高县令",
    "金东升",
)
POSTS = (
    "",
    "书记",
    "主任",
    "组长",
    "纪委书记",
    "县纪委书记",
    "市纪委书记",
    "镇长",
    "村党支部书记",
    "副县长",
    "局长",
    "村监委会主任",
)
FULL, SHORT = ("leader", "handler"), (("leader",), ("handler",), (), ("approver",), ("handler", "handler"))
RECUSED_FROM = ("region", "person", "body")


@dataclass(frozen=True)
class Organisation:
    """Rows before they are frozen into a table."""

    rows: dict[str, list[Any]]

    def table(self, *more: RecusalNode, shuffled: int | None = None) -> RoutingTable:
        rows = {name: list(nodes) for name, nodes in self.rows.items()}
        rows["recusals"] += more
        if shuffled is not None:
            for nodes in rows.values():
                random.Random(shuffled).shuffle(nodes)
        return RoutingTable.build(version=1, areas=dict.fromkeys(AREAS, ""), **rows)

    @property
    def body_codes(self) -> list[str]:
        return [body.code for body in self.rows["bodies"]]


def organisation_of(seed: int) -> Organisation:
    """The same seed gives the same organisation."""
    dice = random.Random(seed)
    regions, bodies, zones = [RegionNode(CITY, "江州市", "city", None)], [], []
    if dice.random() < 0.97:
        bodies.append(_body("CITY", "江州市纪委监委", "city", CITY))
    for number, county in enumerate(COUNTIES[: dice.choice((1, 2))]):
        regions += _regions(county, "甲乙"[number], dice)
        inside = list(_bodies_of(county, "甲乙"[number], regions, dice))
        bodies += inside
        zones += _zones_of(county, inside, dice)
    staff = list(_staff_of(bodies, dice))
    liaisons = list(_liaisons_of(regions, dice))
    rows = {
        "regions": regions,
        "bodies": bodies,
        "zones": zones,
        "staff": staff,
        "liaisons": liaisons,
        "cadres": [_cadre(dice.choice(regions), dice) for _ in range(dice.randrange(5))],
        "specialists": _specialists(bodies, dice),
    }
    who = [f"body:{body.code}" for body in bodies] + [p.key for p in (*staff, *liaisons)]
    rows["recusals"] = [
        recusal_of(number, who, regions, bodies, dice) for number in range(dice.randrange(5)) if who
    ]
    return Organisation(rows)


def recusal_of(
    number: int, who: list[str], regions: list[RegionNode], bodies: list[BodyNode], dice: random.Random
) -> RecusalNode:
    kind = dice.choice(RECUSED_FROM)
    codes = [body.code for body in bodies] or ["NOBODY"]
    value = {"region": dice.choice(regions).code, "person": dice.choice(NAMES), "body": dice.choice(codes)}
    return RecusalNode(number, dice.choice(who), kind, value[kind], "利害关系")


def one_more(organisation: Organisation, seed: int) -> RecusalNode:
    rows, dice = organisation.rows, random.Random(seed)
    who = [f"body:{code}" for code in organisation.body_codes] + [
        p.key for p in (*rows["staff"], *rows["liaisons"])
    ]
    return recusal_of(1000, who or ["body:NOBODY"], rows["regions"], rows["bodies"], dice)


def _body(code: str, name: str, level: str, region: str, room: str = "") -> BodyNode:
    return BodyNode(code, name, level, room, region, "0999-1", True)


def _regions(county: str, name: str, dice: random.Random) -> Iterator[RegionNode]:
    yield RegionNode(county, f"{name}县", "county", CITY)
    for number in range(1, dice.choice((2, 3, 4))):
        township = f"{county[:6]}1{number:02}000"
        yield RegionNode(township, f"{name}{number}镇", "township", county)
        village = f"{township[:9]}201"
        yield RegionNode(village, f"{name}{number}村", "village", township)
        if dice.random() < 0.5:
            yield RegionNode(village + "001", "一组", "group", village)


def _bodies_of(county: str, name: str, regions: list[RegionNode], dice: random.Random) -> Iterator[BodyNode]:
    named = {"letters": "信访室", "cases": "案管室", "conduct": "党风政风室", "cadre": "干部监督室", "": ""}
    for room, title in named.items():
        if dice.random() < 0.9:
            yield _body(f"{name}-{room}", f"{name}县纪委监委{title}", "county", county, room)
    for number, title in enumerate("一二", start=1):
        if dice.random() < 0.8:
            yield _body(f"{name}-O{number}", f"{name}县第{title}纪检监察室", "office", county)
            yield _body(f"{name}-S{number}", f"{name}县派驻第{title}纪检监察组", "stationed", county)
    for region in regions:
        if region.level == "township" and region.parent == county and dice.random() < 0.9:
            body = _body(f"{name}-T{region.code}", f"{region.name}纪委", "township", region.code)
            yield replace(body, is_active=dice.random() < 0.95)


def _zones_of(county: str, bodies: list[BodyNode], dice: random.Random) -> Iterator[ZoneNode]:
    offices = [body.code for body in bodies if body.level == "office"] or [""]
    townships = [body.code for body in bodies if body.level == "township"]
    if dice.random() < 0.9:
        members = frozenset(code for code in townships if dice.random() < 0.85)
        yield ZoneNode(f"Z{county}", "第一协作区", county, dice.choice(offices), "指挥长", members)


def _staff_of(bodies: list[BodyNode], dice: random.Random) -> Iterator[StaffNode]:
    number = 0
    for body in bodies:
        for role in FULL if dice.random() < 0.85 else dice.choice(SHORT):
            number += 1
            name, is_active = dice.choice(NAMES), dice.random() < 0.97
            yield StaffNode(f"staff:{number}", number, f"u{number}", name, body.code, role, "", is_active)
        if dice.random() < 0.3:
            number += 1
            yield StaffNode(
                f"staff:{number}", number, f"u{number}", dice.choice(NAMES), body.code, "leader", "", True
            )


def _liaisons_of(regions: list[RegionNode], dice: random.Random) -> Iterator[LiaisonNode]:
    villages = [region.code for region in regions if region.level == "village"]
    for number, village in enumerate(villages * 2, start=1):
        role, is_bound = dice.choice(("chief", "deputy", "monitor")), dice.random() < 0.5
        name = dice.choice(NAMES)
        yield LiaisonNode(f"liaison:{number}", number, name, f"139{number}", village, "", role, is_bound)


def _cadre(region: RegionNode, dice: random.Random) -> CadreNode:
    level = {"village": "village", "group": "village", "township": "township"}.get(
        region.level, dice.choice(("department", "county"))
    )
    return CadreNode(dice.choice(NAMES), (), dice.choice(POSTS), region.name, level, region.code)


def _specialists(bodies: list[BodyNode], dice: random.Random) -> list[SpecialistNode]:
    named: dict[tuple[str, str, str], SpecialistNode] = {}
    for body in bodies:
        if body.level in ("stationed", "office") or dice.random() < 0.1:
            key = (
                body.region_code,
                dice.choice(AREAS),
                dice.choice(("village", "none", "department", "township")),
            )
            named.setdefault(key, SpecialistNode(*key, body.code))
    return list(named.values())


seeds = st.integers(0, 2**32 - 1)
