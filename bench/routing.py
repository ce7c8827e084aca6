"""How long a decision takes and what a table weighs, at the size of a prefecture, a province and the country.

python bench/routing.py [--sizes prefecture,province,country] [--decisions 20000]

Each size has a process of its own, so that its memory is one table's.
"""

import argparse
import gc
import json
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from country import AREAS, SIZES, Rows

from routing.decide import decide
from routing.facts import Facts, Subject
from routing.table import RoutingTable

LEVELS = (
    ("village",) * 9
    + ("none",) * 5
    + ("unknown",) * 3
    + ("township",) * 2
    + ("department", "county", "discipline")
)
ROUNDS = 5
WORDS = "村里修路的账对不上，去年的补助到现在没有发下来，问了几次都说在走流程，麻烦查一查。"


def build(rows: Rows) -> RoutingTable:
    return RoutingTable.build(
        version=1,
        areas={area: area for area in AREAS},
        regions=rows.regions(),
        bodies=rows.bodies(),
        zones=rows.zones(),
        specialists=rows.specialists(),
        staff=rows.staff(),
        liaisons=rows.liaisons(),
        cadres=rows.cadres(),
        recusals=rows.recusals(),
    )


def resident() -> int:
    pages = Path("/proc/self/statm").read_text().split()[1]
    return int(pages) * 4096


def cases(rows: Rows, *, count: int, words: str) -> list[Facts]:
    dice, villages = random.Random(2), list(rows.villages())
    found = []
    for _ in range(count):
        level = dice.choice(LEVELS)
        subject = Subject("丁无名", "书记", "") if words and dice.random() < 0.3 else None
        found.append(
            Facts(
                region_code=dice.choice(villages),
                area_code=dice.choice(AREAS),
                level=level,
                text=words,
                subject=subject,
                avoid=frozenset({"township"}) if dice.random() < 0.05 else frozenset(),
            )
        )
    return found


def microseconds(table: RoutingTable, facts: list[Facts]) -> dict[str, float]:
    """Medians over rounds: what else runs on the machine should not count as ours."""
    rounds = [one_round(table, facts) for _ in range(ROUNDS)]
    return {name: statistics.median(found[name] for found in rounds) for name in ("median", "p99")}


def one_round(table: RoutingTable, facts: list[Facts]) -> dict[str, float]:
    clock, waits = time.perf_counter_ns, []
    for one in facts:
        began = clock()
        decide(one, table)
        waits.append(clock() - began)
    waits.sort()
    return {"median": statistics.median(waits) / 1e3, "p99": waits[len(waits) * 99 // 100] / 1e3}


def measure(name: str, *, decisions: int) -> dict[str, object]:
    rows = Rows(SIZES[name])
    gc.collect()
    before, began, cpu = resident(), time.perf_counter(), time.process_time()
    for generate in (
        rows.regions,
        rows.bodies,
        rows.zones,
        rows.specialists,
        rows.staff,
        rows.liaisons,
        rows.cadres,
        rows.recusals,
    ):
        for _ in generate():
            pass
    generating, cpu_generating = time.perf_counter() - began, time.process_time() - cpu
    began, cpu = time.perf_counter(), time.process_time()
    table = build(rows)
    building, cpu_building = time.perf_counter() - began, time.process_time() - cpu
    gc.collect()
    held = resident() - before
    gc.freeze()
    wordless = cases(rows, count=decisions, words="")
    microseconds(table, wordless[:2000])
    decided = microseconds(table, wordless)
    city = wordless[0].region_code[:4]
    decided_near = microseconds(table, [one for one in wordless if one.region_code[:4] == city] * 20)
    scoped = cases(rows, count=decisions // 4, words=WORDS)
    began = time.perf_counter()
    decide(scoped[0], table)
    first = time.perf_counter() - began
    near = [one for one in scoped if one.region_code[:4] == scoped[0].region_code[:4]] or scoped[:1]
    microseconds(table, near)
    matched = microseconds(table, (near * (1 + 2000 // len(near)))[:2000])
    return {
        "size": name,
        "villages": sum(1 for _ in rows.villages()),
        "regions": len(table.tree.nodes),
        "bodies": len(table.bodies),
        "people": len(table.staff) + len(table.liaisons),
        "megabytes": held / 2**20,
        "build_s": building,
        "build_cpu_s": cpu_building - cpu_generating,
        "rows_s": generating,
        "decide": decided,
        "decide_one_city": decided_near,
        "with_words": matched,
        "first_of_county_ms": first * 1e3,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="prefecture,province,country")
    parser.add_argument("--decisions", type=int, default=20_000)
    parser.add_argument("--one", default="", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one, decisions=given.decisions)))
        return
    for name in given.sizes.split(","):
        done = subprocess.run(
            [sys.executable, __file__, "--one", name, "--decisions", str(given.decisions)],
            check=True,
            capture_output=True,
            text=True,
        )
        print_one(json.loads(done.stdout))


def print_one(found: dict[str, object]) -> None:
    for name, value in found.items():
        shown = {k: round(v, 1) for k, v in value.items()} if isinstance(value, dict) else value
        print(f"{name:20} {round(shown, 2) if isinstance(shown, float) else shown}")
    print()


if __name__ == "__main__":
    main()
