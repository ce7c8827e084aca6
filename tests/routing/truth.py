"""Reads `truth_table.csv`: one line a case, in the words of the field, on the sample prefecture."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.choices import Level, Purpose, RecusalFrom
from models.liaison import Liaison
from models.recusal import Recusal
from models.staff import Staff
from routing.table import RoutingTable

FILE = Path(__file__).parent / "truth_table.csv"
WORDLESS = "（只有语音）"
WORDS = "请查一查这件事"
FOR_ONE_LINE = "只为这一行登记"
NOT_KEPT = "不留存"
AVOID = {"不要交给本乡镇": "township", "不通知联络员": "liaison"}
FROM = {"人员": "person", "地区": "region", "机构": "body"}
RULES = {
    "属地乡镇": "village",
    "专门机构": "specialist",
    "县直部门": "department",
    "乡镇干部": "township",
    "县领导": "county",
    "纪检监察干部": "discipline",
    "码上督": "conduct",
    "直报上级": "above_county",
    "本市之外": "outside",
    "申诉": "appeal",
    "只有语音图片": "wordless",
    "人工分流": "triage",
}
LEVELS = {level.label: level.value for level in Level}
PURPOSES = {purpose.label: purpose.value for purpose in Purpose}


@dataclass(frozen=True)
class Case:
    """One line, its words turned into codes of `table`; `line` is the row in the file, the header being 1."""

    line: int
    said: dict[str, str]
    facts: dict[str, Any]
    owner: str | None
    rule: str
    told: tuple[str, ...]
    recusals: tuple[tuple[str, str, str], ...]

    @property
    def is_wordless(self) -> bool:
        return self.said["文字"] == WORDLESS

    def __str__(self) -> str:
        return f"第 {self.line} 行 {self.said['情形']}"


def read_cases(table: RoutingTable) -> Iterator[Case]:
    codes = Codes(table)
    with FILE.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            yield _case(line, row, codes)


def _case(line: int, row: dict[str, str], codes: "Codes") -> Case:
    subject = {"name": row["姓名"], "post": row["职务"], "unit": row["单位"]}
    facts: dict[str, Any] = {
        "region": codes.region(row["扫码地点"]),
        "area": codes.areas[row["政策领域"]],
        "purpose": PURPOSES[row["码"]],
        "level": LEVELS[row["反映对象"]],
        "text": "" if row["文字"] == WORDLESS else row["文字"] or WORDS,
        "avoid": [AVOID[each] for each in row["反映人要求"].split("；") if each],
    }
    if any(subject.values()):
        facts["subject"] = subject
    if row["申诉的原办理机构"]:
        facts["appeal_of"] = codes.bodies[row["申诉的原办理机构"]]
    return Case(
        line=line,
        said=row,
        facts=facts,
        owner=None if row["应由谁办理"] == NOT_KEPT else codes.bodies[row["应由谁办理"]],
        rule=RULES[row["依据"]],
        told=tuple(codes.liaisons[name] for name in row["通知的联络员"].split("、") if name),
        recusals=tuple(codes.recusal(words) for words in row["另行登记的回避"].split("；") if words),
    )


class Codes:
    """The words of the file as codes of the organisation; a name that several bear is no word for one of them."""

    def __init__(self, table: RoutingTable) -> None:
        self.table = table
        self.areas = {name: code for code, name in table.areas.items()}
        self.bodies = {body.name: code for code, body in table.bodies.items()}
        self.liaisons = {person.name: person.phone for person in table.liaisons.values()}
        self.staff = {person.name: person.username for person in table.staff.values()}

    def region(self, words: str) -> str:
        """A place by its own name, a group by the village's and its own."""
        found = [
            code
            for code in self.table.tree.nodes
            if words in (self.table.names_of(code)[-1], "".join(self.table.names_of(code)[-2:]))
        ]
        assert len(found) == 1, (words, found)
        return found[0]

    def recusal(self, words: str) -> tuple[str, str, str]:
        """谁 回避 来源类型 来源."""
        who, _, kind, source = words.split(" ")
        code = {
            "人员": lambda: source,
            "地区": lambda: self.region(source),
            "机构": lambda: self.bodies[source],
        }
        known = self.staff.get(who) or self.liaisons.get(who) or self.bodies[who]
        return (known, FROM[kind], code[kind]())


async def register(case: Case) -> None:
    """Stores the recusals of one case."""
    for who, kind, source in case.recusals:
        staff = await Staff.get_or_none(username=who)
        liaison = await Liaison.get_or_none(phone=who)
        await Recusal.create(
            staff_id=staff.id if staff else None,
            liaison_id=liaison.id if liaison else None,
            body_id=None if staff or liaison else who,
            from_kind=RecusalFrom(kind),
            from_value=source,
            reason=FOR_ONE_LINE,
        )
