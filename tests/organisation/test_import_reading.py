"""What the reader takes: CSV and XLSX, both languages, BOM; and what it says about files it cannot take."""

import csv
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from organisation.importing import ImportRefused
from organisation.importing.reading import read
from organisation.importing.records import Record
from organisation.importing.stored import Stored
from organisation.importing.tables import BY_NAME, TABLES
from organisation.importing.validating import batch_of, check

SAMPLE = Path(__file__).parents[2] / "sample"
AREAS = "code,name,department,sort\nedu,教育,教育局,1\n"


def folder(tmp_path: Path, **files: str | bytes) -> Path:
    for name, content in files.items():
        path = tmp_path / f"{name}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tmp_path


def records(path: Path, table: str) -> list[Record]:
    reading = read(path)
    assert reading.problems == []
    return list(batch_of(reading).records(BY_NAME[table]))


def problems_of(path: Path) -> list[str]:
    return [str(problem) for problem in read(path).problems]


def workbook_of(path: Path, target: Path, *, is_chinese: bool = False) -> Path:
    book = Workbook()
    book.remove(book.active)
    for file in sorted(path.glob("*.csv")):
        sheet = book.create_sheet(file.stem)
        with file.open(encoding="utf-8", newline="") as lines:
            for number, line in enumerate(csv.reader(lines)):
                is_header = number == 0 and is_chinese
                table = BY_NAME[file.stem]
                sheet.append([table.column(name).chinese for name in line] if is_header else line)
    book.save(target)
    return target


@pytest.mark.parametrize(
    "content",
    [
        AREAS,
        "\ufeff" + AREAS,
        "编码,名称,部门,排序\nedu,教育,教育局,1\n",
        "编码,NAME, 部门 ,排序\r\n\r\nedu,教育,教育局,1\r\n",
        "sort,department,name,code\n1,教育局,教育,edu\n",
    ],
    ids=["english", "bom", "chinese", "mixed", "reordered"],
)
def test_a_file_says_the_same_however_it_is_written(tmp_path: Path, content: str) -> None:
    [area] = records(folder(tmp_path, areas=content), "areas")
    assert area.values == {"code": "edu", "name": "教育", "department": "教育局", "sort": 1}


def test_every_contract_header_is_known_in_both_languages() -> None:
    """Words of an area, hours of a body, holidays, figures and sayings are ours (decisions 0023, 0033, 0035, 0047)."""
    contract = {
        "areas": "编码 名称 部门 排序 关键词",
        "regions": "编码 名称 层级 上级编码 村庄类型 户数",
        "bodies": "编码 名称 层级 科室 区划编码 电话 上班时间",
        "zones": "编码 名称 区县编码 牵头室 指挥长",
        "zone_members": "协作区编码 机构编码",
        "specialists": "区县编码 领域编码 对象层级 机构编码",
        "staff": "用户名 姓名 机构编码 角色 电话 密码 动态口令密钥 绑定码",
        "liaisons": "姓名 村编码 组编码 角色 电话 绑定码",
        "cadres": "姓名 别名 职务 单位 层级 区划编码",
        "recusals": "回避主体 来源类型 来源 理由",
        "holidays": "日期 安排 名称",
        "figures": "区县编码 受理（工作日） 提出处置意见（自然日） 办结（月） 反馈（工作日） 评价后结案（自然日）"
        " 未评价结案（自然日） 回头看（月） 答复督办（工作日） 对方回执（工作日）",
        "sayings": "含义 说法",
        "disclosures": "编码 类型 领域编码 区划编码 标题 金额 日期 正文 受益名单",
        "entries": "码 用途 领域编码 区划编码",
    }
    assert {table.name: " ".join(c.chinese for c in table.columns) for table in TABLES} == {
        name: f"{headers} 启用" for name, headers in contract.items()
    }


@pytest.mark.parametrize("is_chinese", [False, True])
def test_a_workbook_says_the_same_as_the_folder(tmp_path: Path, is_chinese: bool) -> None:
    book = workbook_of(SAMPLE, tmp_path / "sample.xlsx", is_chinese=is_chinese)
    for table in TABLES:
        if (SAMPLE / table.file).exists():
            assert records(book, table.name) == records(SAMPLE, table.name)


def test_numbers_and_dates_of_a_workbook_lose_nothing(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "disclosures"
    sheet.append(["code", "kind", "area_code", "region_code", "title", "amount", "date", "active"])
    sheet.append([7, "资金", "edu", 990121201202.0, "补助", 1260.5, datetime(2026, 3, 5), True])
    sheet.append([None, None])
    book.save(tmp_path / "book.xlsx")
    [row] = records(tmp_path / "book.xlsx", "disclosures")
    assert row.values == {
        "code": "7",
        "kind": "fund",
        "area_code": "edu",
        "region_code": "990121201202",
        "title": "补助",
        "amount": Decimal("1260.50"),
        "date": date(2026, 3, 5),
        "active": True,
    }


@pytest.mark.parametrize(
    ("table", "column", "cell", "value"),
    [
        ("regions", "level", "村民小组", "group"),
        ("regions", "level", "乡镇", "township"),
        ("regions", "level", "区县", "county"),
        ("regions", "level", "市", "city"),
        ("bodies", "level", "市", "city"),
        ("bodies", "level", "派驻纪检监察组", "stationed"),
        ("bodies", "room", "信访室", "letters"),
        ("bodies", "room", "无", ""),
        ("staff", "role", "Leader", "leader"),
        ("staff", "role", "承办人", "handler"),
        ("liaisons", "role", "廉情监督长", "chief"),
        ("liaisons", "role", "廉情监督员", "monitor"),
        ("recusals", "from_kind", "地区", "region"),
        ("specialists", "level", "不针对个人", "none"),
        ("entries", "purpose", "码上督", "conduct"),
        ("areas", "active", "否", False),
        ("areas", "active", "1", True),
        ("areas", "active", "", None),
        ("disclosures", "date", "2026年3月5日", date(2026, 3, 5)),
        ("disclosures", "amount", "1,260.5元", Decimal("1260.50")),
        ("disclosures", "beneficiaries", "", []),
        ("disclosures", "beneficiaries", '[{"name": "甲", "amount": 5}]', [{"name": "甲", "amount": "5.00"}]),
        ("staff", "totp_secret", "jbsw y3dp ehpk 3pxp", "JBSWY3DPEHPK3PXP"),
        ("cadres", "aliases", " 老王；王书记;", "老王;王书记"),
        ("liaisons", "phone", "１６９０００００００１", "16900000001"),
    ],
)
def test_a_cell_is_read_as_meant(tmp_path: Path, table: str, column: str, cell: str, value: object) -> None:
    with (tmp_path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        required = [c.name for c in BY_NAME[table].columns if c.is_required or c.is_expected]
        writer = csv.writer(file)
        writer.writerow([column, *(name for name in required if name != column)])
        writer.writerow([cell, *("x" for name in required if name != column)])
    [row] = batch_of(read(tmp_path)).records(BY_NAME[table])
    assert row.values[column] == value


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"areas": AREAS.encode("gbk")}, "GBK"),
        ({"areas": b"\xff\xfe\x81\x20\xff"}, "UTF-8"),
        ({"areas": ""}, "表头"),
        ({"areas": "code,name,name\nedu,教育,教育\n"}, "只出现一次"),
        ({"areas": "code,名称,name\nedu,教育,教育\n"}, "只出现一次"),
        ({"areas": "code,name,colour\nedu,教育,red\n"}, "“colour”"),
        ({"areas": "code\nedu\n"}, "名称（name）"),
        ({"regions": "code,name,level\n990100000000,市,city\n"}, "上级编码（parent_code）"),
        ({"areas": "code,name\nedu,教育,多\n"}, "第 2 行"),
        ({"areas": 'code,name\nedu,"教育\n'}, "引号"),
        ({"staffs": "username\nx\n"}, "staff、"),
        ({}, "至少有一个"),
    ],
    ids=str,
)
def test_a_file_that_cannot_be_read_is_named_with_what_is_expected(
    tmp_path: Path, files: dict[str, str | bytes], said: str
) -> None:
    [problem] = problems_of(folder(tmp_path, **files))
    assert said in problem
    assert next(iter(files), tmp_path.name) in problem


def test_a_path_that_is_neither_folder_nor_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    for name in ("broken.xlsx", "old.xls", "nowhere"):
        [problem] = problems_of(tmp_path / name)
        assert name in problem


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    content = 'code,name,sort\na,"两\n行",1\n\nb,乙,many\n'
    with pytest.raises(ImportRefused) as refused:
        reading = read(folder(tmp_path, areas=content))
        check(batch_of(reading), stored=Stored(), found=reading.problems)
    assert [(p.file, p.row, p.value) for p in refused.value.problems] == [("areas.csv", 4, "many")]


def test_a_workbook_broken_inside_is_refused_in_words(tmp_path: Path) -> None:
    whole = workbook_of(SAMPLE, tmp_path / "whole.xlsx")
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(tmp_path / "cut.xlsx", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if name.endswith("sheet3.xml") else content)
    assert any("cut.xlsx" in problem for problem in problems_of(tmp_path / "cut.xlsx"))
