"""Rows of an organisation from a prefecture to the country, as the database would give them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

from routing.table import (
    BodyNode,
    CadreNode,
    LiaisonNode,
    RecusalNode,
    RegionNode,
    SpecialistNode,
    StaffNode,
    ZoneNode,
)

COUNTIES, TOWNSHIPS, VILLAGES, GROUPS, ZONES_A_COUNTY = 10, 178, 2_887, 20_000, 6
AREAS = ("education", "health", "civil", "forestry", "agriculture", "revival")
SURNAMES, GIVEN = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许",
    "清河小川白石一凡柳树大同国栋远山育才文静明辉安康来信去访",
)


@dataclass(frozen=True)
class Size:
    """So many prefectures of 2,887 villages; groups and their monitors only where `with_groups`."""

    prefectures: int
    with_groups: bool


SIZES = {"prefecture": Size(1, True), "province": Size(10, True), "country": Size(239, False)}


class Rows:
    """Rows as the database would give them, one at a time: the bench keeps none of them itself."""

    def __init__(self, size: Size) -> None:
        self.size = size
        self.dice = random.Random(1)

    def cities(self) -> Iterator[str]:
        for number in range(self.size.prefectures):
            yield f"{11 + number // 40:02}{number % 40 + 1:02}"

    def counties(self) -> Iterator[str]:
        for city in self.cities():
            for number in range(COUNTIES):
                yield f"{city}{21 + number}"

    def townships(self) -> Iterator[tuple[str, int]]:
        """Its nine digits, and how many villages it has."""
        for city in self.cities():
            for number in range(TOWNSHIPS):
                villages = VILLAGES * (number + 1) // TOWNSHIPS - VILLAGES * number // TOWNSHIPS
                yield f"{city}{21 + number % COUNTIES}{100 + number // COUNTIES}", villages

    def villages(self) -> Iterator[str]:
        for township, villages in self.townships():
            for number in range(villages):
                yield f"{township}{201 + number}"

    def groups(self, village: str) -> range:
        return (
            range(1, 1 + (GROUPS // VILLAGES) + (int(village[-3:]) % 14 != 0))
            if self.size.with_groups
            else range(0)
        )

    def regions(self) -> Iterator[RegionNode]:
        for city in self.cities():
            yield RegionNode(city + "0" * 8, f"{city}市", "city", None)
        for county in self.counties():
            yield RegionNode(county + "0" * 6, f"{county}县", "county", county[:4] + "0" * 8)
        for township, _ in self.townships():
            yield RegionNode(township + "0" * 3, f"{township}镇", "township", township[:6] + "0" * 6)
        for village in self.villages():
            yield RegionNode(village, self.name() + "村", "village", village[:9] + "000")
            for group in self.groups(village):
                yield RegionNode(f"{village}{group:03}", f"第{group}村民小组", "group", village)

    def bodies(self) -> Iterator[BodyNode]:
        for city in self.cities():
            yield self.body(city, "纪委监委", "city", city + "0" * 8)
        for county in self.counties():
            region = county + "0" * 6
            yield self.body(county, "纪委监委", "county", region)
            for room in ("letters", "cases", "conduct", "cadre"):
                yield self.body(f"{county}-{room}", room, "county", region, room)
            for number in range(ZONES_A_COUNTY):
                yield self.body(f"{county}-o{number}", f"第{number}纪检监察室", "office", region)
            for number in range(3):
                yield self.body(f"{county}-s{number}", f"派驻第{number}纪检监察组", "stationed", region)
        for township, _ in self.townships():
            yield self.body(township, f"{township}镇纪委", "township", township + "0" * 3)

    def body(self, code: str, name: str, level: str, region: str, room: str = "") -> BodyNode:
        return BodyNode(code, f"{code}{name}", level, room, region, "0999-1234567", True)

    def zones(self) -> Iterator[ZoneNode]:
        members: dict[str, list[str]] = {}
        for number, (township, _) in enumerate(self.townships()):
            members.setdefault(f"{township[:6]}-{number // COUNTIES % ZONES_A_COUNTY}", []).append(township)
        for code, found in members.items():
            county, number = code.split("-")
            yield ZoneNode(
                code, f"第{number}协作区", county + "0" * 6, f"{county}-o{number}", "指挥长", frozenset(found)
            )

    def specialists(self) -> Iterator[SpecialistNode]:
        for county in self.counties():
            for number, area in enumerate(AREAS[:3]):
                yield SpecialistNode(county + "0" * 6, area, "department", f"{county}-s{number}")
            yield SpecialistNode(county + "0" * 6, "forestry", "village", f"{county}-s0")

    def staff(self) -> Iterator[StaffNode]:
        number = 0
        for body in self.bodies():
            for role in ("leader", "handler", "handler"):
                number += 1
                name, phone = self.name(), f"139{number:08}"
                yield StaffNode(f"staff:{number}", number, f"u{number}", name, body.code, role, phone, True)

    def liaisons(self) -> Iterator[LiaisonNode]:
        number = 0
        for village in self.villages():
            for role in ("chief", "deputy")[: 2 if self.size.with_groups else 1]:
                number += 1
                yield self.liaison(number, village, "", role)
            for group in self.groups(village):
                number += 1
                yield self.liaison(number, village, f"{village}{group:03}", "monitor")

    def liaison(self, number: int, village: str, group: str, role: str) -> LiaisonNode:
        name, phone = self.name(), f"138{number:08}"
        return LiaisonNode(f"liaison:{number}", number, name, phone, village, group, role, number % 9 != 0)

    def cadres(self) -> Iterator[CadreNode]:
        for village in self.villages():
            if int(village[-3:]) % 3 == 0:
                yield CadreNode(self.name(), (), "党组织书记兼主任", f"{village}村", "village", village)

    def recusals(self) -> Iterator[RecusalNode]:
        for number, (township, villages) in enumerate(self.townships(), start=1):
            if number % 4 == 0:
                yield RecusalNode(
                    number, f"staff:{number}", "region", f"{township}{200 + villages}", "近亲属"
                )

    def name(self) -> str:
        return self.dice.choice(SURNAMES) + self.dice.choice(GIVEN) + self.dice.choice(GIVEN)
