"""How often the village and the area are heard in a villager's words, and what that costs.

`python bench/hearing.py` · the labelled words are `heard.csv`, the places those of the sample prefecture.
"""

import csv
import random
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bot.hearing.areas import guessed
from bot.hearing.ear import Ear
from routing.table import RegionNode, RoutingTable

SYLLABLES = (
    "东西南北上下大小新老石水山河溪沟坪坝湾桥塘坡岭寨庄店铺井泉柳杨松竹梅桂枫槐桃李王张陈刘赵周吴马牛羊龙凤"
)


@dataclass
class Counted:
    """Of those with something to be heard: first, among three; of the others: something heard all the same."""

    labelled: int = 0
    first: int = 0
    among_three: int = 0
    silent: int = 0
    heard_wrongly: int = 0
    sure: int = 0
    sure_wrongly: int = 0
    misses: list[str] = field(default_factory=list)

    def count(self, text: str, wanted: str, heard: list[str], *, is_sure: bool = False) -> None:
        self.sure += is_sure
        self.sure_wrongly += is_sure and heard[0] != wanted
        if not wanted:
            self.silent += 1
            self.heard_wrongly += bool(heard)
        else:
            self.labelled += 1
            self.first += heard[:1] == [wanted]
            self.among_three += wanted in heard[:3]
        if heard[:1] != ([wanted] if wanted else []):
            self.misses.append(f"{text}: {wanted or '-'} / {' '.join(heard[:3]) or '-'}")


def sample_table() -> RoutingTable:
    def rows(name: str) -> list[dict[str, str]]:
        with (HERE.parent / "sample" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    regions = (
        RegionNode(code=row["code"], name=row["name"], level=row["level"], parent=row["parent_code"])
        for row in rows("regions.csv")
    )
    areas = {row["code"]: row["name"] for row in rows("areas.csv")}
    return RoutingTable.build(version=1, areas=areas, regions=regions, bodies=())


def prefecture() -> RoutingTable:
    """178 townships and 2,887 villages of made-up names, many of them alike."""
    rand = random.Random(7)
    regions = [
        RegionNode("990100000000", "甲市", "city", ""),
        RegionNode("990101000000", "乙县", "county", "990100000000"),
    ]
    for number in range(178):
        town = f"990101{number + 100}000"
        regions.append(
            RegionNode(town, "".join(rand.sample(SYLLABLES, 2)) + "镇", "township", "990101000000")
        )
        for village in range(17 if number < 39 else 16):
            name = "".join(rand.sample(SYLLABLES, rand.choice((2, 2, 3)))) + "村"
            regions.append(RegionNode(f"{town[:9]}{village + 201}", name, "village", town))
    return RoutingTable.build(version=1, areas={}, regions=regions, bodies=())


def labelled() -> list[dict[str, str]]:
    with (HERE / "heard.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def listen(table: RoutingTable) -> tuple[Counted, Counted]:
    ear, villages, areas = Ear(table), Counted(), Counted()
    for row in labelled():
        heard = ear.place(row["text"])
        names = [table.names_of(code)[-1] for code in heard.villages]
        villages.count(row["text"], row["village"], names, is_sure=heard.is_sure)
        codes = guessed(row["text"], areas=table.areas, words=table.area_words)
        areas.count(row["text"], row["area"], [table.areas[code] for code in codes])
    return villages, areas


def main() -> None:
    for name, counted in zip(("villages", "areas"), listen(sample_table()), strict=True):
        print(
            f"{name}: {counted.labelled} labelled, top-1 {counted.first / counted.labelled:.1%}, "
            f"top-3 {counted.among_three / counted.labelled:.1%}; {counted.silent} with none, "
            f"heard all the same {counted.heard_wrongly}; sure {counted.sure}, wrongly {counted.sure_wrongly}"
        )
        for miss in counted.misses:
            print("   ", miss)
    table = prefecture()
    began = time.perf_counter()
    ear = Ear(table)
    ear.place("村")
    print(f"prefecture: gazetteer in {(time.perf_counter() - began) * 1e3:.0f} ms", end=", ")
    began = time.perf_counter()
    again = Ear(prefecture())
    made = time.perf_counter()
    again.place("村")
    print(f"of the next version in {(time.perf_counter() - made) * 1e3:.0f} ms", end=", ")
    texts = [row["text"] for row in labelled()] * 5
    began = time.perf_counter()
    for text in texts:
        ear.place(text)
    print(f"{(time.perf_counter() - began) / len(texts) * 1e6:.0f} µs a text")


if __name__ == "__main__":
    main()
