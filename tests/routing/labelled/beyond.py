"""People of the labelled reports: the sample prefecture, and a county beyond it full of awkward names."""

import csv
from collections.abc import Iterator
from pathlib import Path

from routing.table import BodyNode, CadreNode, LiaisonNode, RegionNode, RoutingTable, StaffNode

SAMPLE = Path(__file__).parents[3] / "sample"
JIANGZHOU, JIAHE, QINGHE, DAPING = "980100000000", "980121000000", "980121100000", "980121101000"
REGIONS = [
    RegionNode(JIANGZHOU, "江州市", "city", None),
    RegionNode(JIAHE, "嘉禾县", "county", JIANGZHOU),
    RegionNode(QINGHE, "清河镇", "township", JIAHE),
    RegionNode(DAPING, "大坪镇", "township", JIAHE),
    RegionNode("980121100201", "东村", "village", QINGHE),
    RegionNode("980121100202", "西村", "village", QINGHE),
    RegionNode("980121100203", "高山村", "village", QINGHE),
    RegionNode("980121101201", "南村", "village", DAPING),
    RegionNode("980121101202", "王家坳村", "village", DAPING),
]
BODIES = [
    BodyNode("QH", "清河镇纪委", "township", "", QINGHE, "", True),
    BodyNode("DP", "大坪镇纪委", "township", "", DAPING, "", True),
    BodyNode("JH-1", "嘉禾县纪委监委第一纪检监察室", "office", "", JIAHE, "", True),
    BodyNode("JH-EDU", "嘉禾县纪委监委派驻教育局纪检监察组", "stationed", "", JIAHE, "", True),
    BodyNode("JH-XF", "嘉禾县纪委监委信访室", "county", "letters", JIAHE, "", True),
    BodyNode("JH-GB", "嘉禾县纪委监委干部监督室", "county", "cadre", JIAHE, "", True),
    BodyNode("JH", "嘉禾县纪委监委", "county", "", JIAHE, "", True),
    BodyNode("JZ", "江州市纪委监委", "city", "", JIANGZHOU, "", True),
]
# the first of each is the leader
STAFF = {
    "QH": "张大力 李建国 王平 高山",
    "DP": "王廉洁 程诚 方圆",
    "JH-1": "陈思远 欧阳春华 单立群",
    "JH-EDU": "马长河 于得水",
    "JH-XF": "刘和平 赵丽云 曾小燕",
    "JH-GB": "何方 孙亮",
    "JH": "郑重 施展",
    "JZ": "曹正 任远征",
}
LIAISONS = [
    ("王守信", "980121100201", "chief"),
    ("周小宝", "980121100201", "deputy"),
    ("高原", "980121100201", "monitor"),
    ("吴阿妹", "980121100201", "monitor"),
    ("谢长根", "980121100202", "chief"),
    ("高远", "980121100203", "chief"),
    ("李建国", "980121101201", "chief"),
    ("韩冬梅", "980121101202", "chief"),
]
CADRES = [
    CadreNode("王建国", ("王大头", "老王"), "党支部书记", "东村党支部", "village", "980121100201"),
    CadreNode("陈志刚", (), "村委会主任", "东村村委会", "village", "980121100201"),
    CadreNode("刘桂花", ("刘会计",), "会计", "东村村委会", "village", "980121100201"),
    CadreNode("张富贵", (), "党支部书记", "西村党支部", "village", "980121100202"),
    CadreNode("李会玲", (), "会计", "西村村委会", "village", "980121100202"),
    CadreNode("高有才", (), "党支部书记兼村主任", "高山村党支部", "village", "980121100203"),
    CadreNode("张富贵", (), "党支部书记", "南村党支部", "village", "980121101201"),
    CadreNode("宋江涛", (), "党支部书记", "王家坳村党支部", "village", "980121101202"),
    CadreNode("林向阳", (), "党委书记", "清河镇党委", "township", QINGHE),
    CadreNode("杜鹏程", (), "镇长", "清河镇人民政府", "township", QINGHE),
    CadreNode("王海洋", (), "副镇长", "清河镇人民政府", "township", QINGHE),
    CadreNode("钱国富", (), "镇长", "大坪镇人民政府", "township", DAPING),
    CadreNode("张国强", (), "局长", "嘉禾县教育局", "department", JIAHE),
    CadreNode("罗文斌", (), "局长", "嘉禾县林业局", "department", JIAHE),
    CadreNode("孟德胜", (), "县长", "嘉禾县人民政府", "county", JIAHE),
]


def make_table() -> RoutingTable:
    bodies = BODIES + [
        BodyNode(r["code"], r["name"], r["level"], r["room"], r["region_code"], "", True)
        for r in _rows("bodies")
    ]
    staff = [(body, name, "handler") for body, names in STAFF.items() for name in names.split()]
    leaders = {names.split()[0] for names in STAFF.values()}
    staff = [(body, name, "leader" if name in leaders else role) for body, name, role in staff]
    staff += [(r["body_code"], r["name"], r["role"]) for r in _rows("staff")]
    liaisons = LIAISONS + [(r["name"], r["village_code"], r["role"]) for r in _rows("liaisons")]
    return RoutingTable.build(
        version=1,
        areas={},
        regions=REGIONS
        + [RegionNode(r["code"], r["name"], r["level"], r["parent_code"] or None) for r in _rows("regions")],
        bodies=bodies,
        staff=[
            StaffNode(f"staff:{n}", n, f"u{n}", name, body, role, "", True)
            for n, (body, name, role) in enumerate(staff, start=1)
        ],
        liaisons=[
            LiaisonNode(f"liaison:{n}", n, name, "", village, "", role, True)
            for n, (name, village, role) in enumerate(liaisons, start=1)
        ],
        cadres=CADRES
        + [
            CadreNode(
                r["name"],
                tuple(a for a in r["aliases"].split(";") if a),
                r["post"],
                r["unit"],
                r["level"],
                r["region_code"],
            )
            for r in _rows("cadres")
        ],
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (SAMPLE / f"{name}.csv").open(encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)
