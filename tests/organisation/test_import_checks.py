"""Every kind of broken row is found, all of them at once, and secrets are never repeated."""

import csv
from pathlib import Path

import pytest

from organisation import entry_codes
from organisation.importing import ImportProblem, ImportRefused
from organisation.importing.reading import read
from organisation.importing.stored import Place, Stored, Use
from organisation.importing.validating import batch_of, check

CODE = entry_codes.with_check("ABCDEFGHJK")
WRONG_CODE = CODE[:-1] + ("2" if CODE[-1] != "2" else "3")

GOOD = {
    "areas": "code,name\nedu,教育\n",
    "regions": (
        "code,name,level,parent_code,village_type,households\n"
        "990100000000,市,city,,,\n"
        "990121000000,甲县,county,990100000000,,\n"
        "990122000000,乙县,county,990100000000,,\n"
        "990121100000,镇,township,990121000000,,\n"
        "990122100000,乡,township,990122000000,,\n"
        "990121100201,村,village,990121100000,和谐稳定村,30\n"
        "990121100202,邻村,village,990121100000,,\n"
        "990121100201001,一组,group,990121100201,,\n"
    ),
    "bodies": (
        "code,name,level,room,region_code,phone\n"
        "city,市纪委,city,,990100000000,\n"
        "letters,信访室,county,letters,990121000000,0999-123456\n"
        "office,一室,office,,990121000000,\n"
        "office2,乙县一室,office,,990122000000,\n"
        "town,镇纪委,township,,990121100000,\n"
        "town2,乡纪委,township,,990122100000,\n"
    ),
    "zones": (
        "code,name,county_code,office_body,commander\n"
        "z1,一区,990121000000,office,甲\nz2,二区,990121000000,office,乙\n"
    ),
    "zone_members": "zone_code,body_code\nz1,town\n",
    "specialists": "county_code,area_code,level,body_code\n990121000000,edu,department,office\n",
    "staff": (
        "username,name,body_code,role,phone,password,totp_secret,bind_code\n"
        "wang,王,town,leader,16900000001,a-good-password,JBSWY3DPEHPK3PXP,1234\n"
        "li,李,town,handler,16900000002,,,\n"
    ),
    "liaisons": (
        "name,village_code,group_code,role,phone,bind_code\n"
        "张,990121100201,990121100201001,monitor,16900000011,5678\n"
        "赵,990121100201,,chief,16900000012,\n"
    ),
    "cadres": "name,aliases,post,unit,level,region_code\n钱,老钱,书记,村,village,990121100201\n",
    "recusals": (
        "who,from_kind,from,reason\nwang,person,钱,亲属\n16900000011,region,990121100201,利益\ntown,body,office,曾任职\n"
    ),
    "disclosures": (
        "code,kind,area_code,region_code,title,amount,date,text,beneficiaries\n"
        'd1,fund,edu,990121100201,补助,10.50,2026-01-02,文,"[{""name"": ""孙"", ""amount"": 10.5}]"\n'
    ),
    "entries": f"code,purpose,area_code,region_code\n{CODE},report,edu,990121100201\n,suggest,edu,990121100201\n",
}


def refusal(
    tmp_path: Path, files: dict[str, str | bytes], *, stored: Stored | None = None
) -> ImportRefused | None:
    for name, content in files.items():
        given = content.encode() if isinstance(content, str) else content
        (tmp_path / f"{name}.csv").write_bytes(given)
    reading = read(tmp_path)
    try:
        check(batch_of(reading), stored=stored or Stored(), found=reading.problems)
    except ImportRefused as refused:
        return refused
    return None


def problems(
    tmp_path: Path, files: dict[str, str | bytes], *, stored: Stored | None = None
) -> list[ImportProblem]:
    refused = refusal(tmp_path, files, stored=stored)
    return list(refused.problems) if refused else []


def broken(table: str, row: int, column: str, cell: str) -> dict[str, str]:
    """The good files with one other cell."""
    lines = list(csv.reader(GOOD[table].splitlines()))
    lines[row - 1][lines[0].index(column)] = cell
    return GOOD | {
        table: "\n".join(",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' for c in line) for line in lines)
    }


def test_good_files_are_good(tmp_path: Path) -> None:
    assert problems(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("table", "row", "column", "cell", "said"),
    [
        ("areas", 2, "code", "e du", "编码"),
        ("areas", 2, "name", "", "不能空着"),
        ("areas", 2, "name", "长" * 65, "最多 64"),
        ("regions", 5, "code", "99012110000", "12 位"),
        ("regions", 9, "code", "990121100202001", "村编码加 3 位"),
        ("regions", 5, "level", "镇上", "是其中之一"),
        ("regions", 2, "parent_code", "990121000000", "市没有上级"),
        ("regions", 5, "parent_code", "", "已有的"),
        ("regions", 5, "parent_code", "990199000000", "已有的"),
        ("regions", 5, "parent_code", "990100000000", "区县"),
        ("regions", 7, "village_type", "好村", "社情复杂村"),
        ("regions", 5, "village_type", "和谐稳定村", "只有村"),
        ("regions", 7, "households", "-3", "整数"),
        ("bodies", 6, "region_code", "990121000000", "乡镇"),
        ("bodies", 6, "region_code", "990129000000", "已有的"),
        ("bodies", 6, "room", "letters", "只有区县"),
        ("bodies", 6, "level", "village", "是其中之一"),
        ("bodies", 6, "phone", "call me", "电话号码"),
        ("zones", 2, "office_body", "town", "纪检监察室"),
        ("zones", 2, "office_body", "office2", "属于区县 990121000000"),
        ("zones", 2, "office_body", "nobody", "已有的"),
        ("zones", 2, "county_code", "990121100000", "区县"),
        ("zone_members", 2, "zone_code", "z9", "协作区"),
        ("zone_members", 2, "body_code", "letters", "乡镇"),
        ("zone_members", 2, "body_code", "town2", "属于区县 990121000000"),
        ("specialists", 2, "area_code", "law", "政策领域"),
        ("specialists", 2, "body_code", "town", "派驻"),
        ("specialists", 2, "body_code", "office2", "属于区县"),
        ("specialists", 2, "level", "county", "不由领域专办"),
        ("staff", 2, "body_code", "nobody", "机构编码"),
        ("staff", 2, "role", "校长", "负责人（leader）"),
        ("staff", 2, "role", "approver", "市级机构"),
        ("staff", 3, "username", "wang", "第 2 行"),
        ("staff", 3, "phone", "16900000001", "wang"),
        ("staff", 2, "password", "short", "口令"),
        ("staff", 2, "totp_secret", "18", "base32"),
        ("staff", 2, "bind_code", "1", "绑定码"),
        ("liaisons", 2, "village_code", "990121100000", "村"),
        ("liaisons", 2, "village_code", "990121100202", "属于村 990121100202"),
        ("liaisons", 2, "group_code", "990121100201009", "已有的"),
        ("liaisons", 2, "group_code", "990121100202", "村民组"),
        ("liaisons", 3, "phone", "16900000011", "第 2 行"),
        ("liaisons", 3, "phone", "", "不能空着"),
        ("cadres", 2, "region_code", "990121100000", "村"),
        ("cadres", 2, "level", "discipline", "是其中之一"),
        ("recusals", 2, "who", "nobody", "用户名"),
        ("recusals", 3, "from", "990121100299", "区划编码"),
        ("recusals", 4, "from", "nobody", "机构编码"),
        ("recusals", 4, "from_kind", "friend", "是其中之一"),
        ("disclosures", 2, "amount", "10.505", "金额"),
        ("disclosures", 2, "amount", "NaN", "金额"),
        ("disclosures", 2, "date", "2026-02-30", "日期"),
        ("disclosures", 2, "region_code", "1", "区划编码"),
        ("disclosures", 2, "beneficiaries", '{"name": "孙"}', "JSON"),
        ("disclosures", 2, "beneficiaries", '[{"name": "孙", "id_card": "99"}]', "只能有 name"),
        ("entries", 2, "code", WRONG_CODE, "校验"),
        ("entries", 2, "purpose", "other", "码上点"),
        ("entries", 3, "area_code", "law", "政策领域"),
    ],
)
def test_a_broken_cell_is_named_with_what_is_expected(
    tmp_path: Path, table: str, row: int, column: str, cell: str, said: str
) -> None:
    found = problems(tmp_path, broken(table, row, column, cell))
    here = [p for p in found if p.file == f"{table}.csv" and p.row == row]
    assert any(said in p.expected for p in here), found
    assert len(here) == len({p.column for p in here})


def test_all_bad_rows_of_all_files_come_at_once(tmp_path: Path) -> None:
    files = GOOD | {
        "areas": "code,name,sort\nedu,教育,x\n,无码,1\n",
        "staff": "username,name,body_code,role\nwang,王,nobody,校长\nli,,town,handler\n",
        "liaisons": b"name,village_code,role,phone\n\xd5\xc5,1,chief,2\n".decode("latin-1"),
    }
    found = problems(tmp_path, files)
    places = [(p.file, p.row, p.column) for p in found]
    assert ("areas.csv", 2, "排序（sort）") in places
    assert ("areas.csv", 3, "编码（code）") in places
    assert ("staff.csv", 2, "机构编码（body_code）") in places
    assert ("staff.csv", 2, "角色（role）") in places
    assert ("staff.csv", 3, "姓名（name）") in places
    assert ("liaisons.csv", 2, "村编码（village_code）") in places


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("bodies", GOOD["bodies"].encode("gbk")),
        ("bodies", GOOD["bodies"].replace("code", "colour", 1)),
        ("regions", b"\xff\xfe\x81\x20\xff"),
        ("areas", ""),
    ],
)
def test_a_file_that_cannot_be_read_is_not_complained_of_in_every_row_that_refers_to_it(
    tmp_path: Path, name: str, file: str | bytes
) -> None:
    refused = refusal(tmp_path, GOOD | {name: file, "staff": GOOD["staff"].replace("handler", "校长", 1)})
    assert refused
    assert {problem.file for problem in refused.problems} == {f"{name}.csv", "staff.csv"}
    assert "角色（role）" in refused.message
    assert "要等上面读不了的文件能读了才能核对" in refused.message


@pytest.mark.parametrize(
    ("column", "secret"), [("password", "sesame"), ("totp_secret", "not-base-32"), ("bind_code", "a b c d")]
)
def test_an_error_never_repeats_a_secret(tmp_path: Path, column: str, secret: str) -> None:
    found = problems(tmp_path, broken("staff", 2, column, secret))
    assert len(found) == 1
    assert secret not in ImportRefused(found).message + repr(found)


def test_rows_may_refer_to_what_is_stored_already(tmp_path: Path) -> None:
    stored = Stored(areas={"edu"}, regions={"990121100201": Place("village", "990121100000")})
    files = {name: GOOD[name] for name in ("disclosures",)}
    assert problems(tmp_path, files, stored=stored) == []


def test_an_issued_code_never_changes_what_it_is_for(tmp_path: Path) -> None:
    stored = Stored(entries={CODE: Use("report", "edu", "990121100202")})
    [problem] = problems(tmp_path, GOOD, stored=stored)
    assert (problem.file, problem.row, problem.value) == ("entries.csv", 2, CODE)


def test_a_township_moves_between_zones_but_is_never_in_two(tmp_path: Path) -> None:
    both = GOOD | {"zone_members": "zone_code,body_code,active\nz1,town,\nz2,town,\n"}
    [problem] = problems(tmp_path, both)
    assert "z1" in problem.expected
    moved = GOOD | {"zone_members": "zone_code,body_code,active\nz2,town,yes\nz1,town,no\n"}
    assert problems(tmp_path, moved, stored=Stored(zone_of={"town": "z1"})) == []


def test_telephones_can_be_swapped_in_one_import(tmp_path: Path) -> None:
    stored = Stored(phone_of={"wang": "16900000002", "li": "16900000001"})
    assert problems(tmp_path, GOOD, stored=stored) == []


def test_a_recused_name_that_means_two_is_refused(tmp_path: Path) -> None:
    files = broken("staff", 2, "username", "town")
    [first, second] = problems(tmp_path, files)
    assert {"town", "wang"} == {first.value, second.value}
