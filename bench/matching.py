"""What it costs to find who is meant: a 500-character report against a county's 5,000 names, and a county's memory.

python -m bench.matching
"""

import random
import statistics
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from routing.facts import Facts
from routing.matching import match_people
from routing.table import BodyNode, CadreNode, LiaisonNode, RegionNode, RoutingTable, StaffNode

CITY, COUNTY = "970100000000", "970121000000"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗于和平成常时元方任余"
GIVEN = "建国志强秀英桂花永生大力明海金水福贵长春德胜玉兰文斌晓燕红梅小平向东立群新民春华"
SENTENCES = (
    "去年开春村里说要修机耕路，每户收了五百元，到现在没有收据。",
    "我向镇纪委反映过一次，让我等通知，等了四个月也没有回音。",
    "会计说账在镇上，主任说没有钱，由于没有公示，大家都不清楚。",
    "王书记的小舅子承包了食堂，张某某也在场，名字读音像李建果。",
)
RUNS, NAMES = 400, 5_000


def make_table(names: int) -> RoutingTable:
    draw = random.Random(7)
    townships = [f"970121{n:03d}000" for n in range(100, 120)]
    villages = [f"{township[:9]}{n}" for township in townships for n in range(201, 217)]

    def name() -> str:
        return draw.choice(SURNAMES) + "".join(draw.sample(GIVEN, draw.choice((1, 2, 2, 2))))

    bodies = [BodyNode(f"T{t}", f"第{t}镇纪委", "township", "", t, "", True) for t in townships]
    bodies.append(BodyNode("H", "测试县纪委监委", "county", "", COUNTY, "", True))
    staff = [
        StaffNode(f"staff:{n}", n, f"u{n}", name(), bodies[n % len(bodies)].code, "handler", "", True)
        for n in range(1, names // 20)
    ]
    liaisons = [
        LiaisonNode(f"liaison:{n}", n, name(), "", villages[n % len(villages)], "", "monitor", True)
        for n in range(1, names * 3 // 5)
    ]
    cadres = [
        CadreNode(
            name(), (), "党支部书记" if n % 3 else "会计", "村委会", "village", villages[n % len(villages)]
        )
        for n in range(names - len(staff) - len(liaisons))
    ]
    regions = [RegionNode(CITY, "测试市", "city", None), RegionNode(COUNTY, "测试县", "county", CITY)]
    regions += [RegionNode(t, f"第{t}镇", "township", COUNTY) for t in townships]
    regions += [RegionNode(v, f"村{v[6:]}村", "village", v[:9] + "000") for v in villages]
    return RoutingTable.build(
        version=1, areas={}, regions=regions, bodies=bodies, staff=staff, liaisons=liaisons, cadres=cadres
    )


def main() -> None:
    draw = random.Random(11)
    table = make_table(NAMES)
    region = "970121105203"
    tracemalloc.start()
    began = time.process_time()
    table.scope(table.place(region))
    build = time.process_time() - began
    memory = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    reports = []
    for _ in range(RUNS):
        words = ""
        while len(words) < 500:
            person = draw.choice(table.cadres).name if draw.random() < 0.3 else ""
            words += person + draw.choice(SENTENCES)
        reports.append(Facts(region_code=region, text=words[:500]))
    match_people(reports[0], table)
    taken = []
    for facts in reports:
        began = time.process_time()
        match_people(facts, table)
        taken.append((time.process_time() - began) * 1000)
    taken.sort()
    print(
        f"{NAMES} names, 500 characters: median {statistics.median(taken):.2f} ms, p99 {taken[-RUNS // 100]:.2f} ms"
    )
    print(f"a county's names made ready in {build * 1000:.0f} ms (traced), {memory / 1e6:.2f} MB")
    code = (
        "import time,resource;b=time.process_time();import routing.matching;"
        "print(round((time.process_time()-b)*1000),resource.getrusage(resource.RUSAGE_SELF).ru_maxrss//1024)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    print(
        f"importing routing.matching with pypinyin and opencc: {out[0]} ms of CPU, {out[1]} MB in the process"
    )


if __name__ == "__main__":
    main()
