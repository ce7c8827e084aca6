"""The import files, one description each: columns, headers in English and Chinese, what a cell may hold.

The order is the order of applying: what is referred to comes before what refers to it.
"""

from dataclasses import dataclass

from models.choices import (
    BodyLevel,
    CadreLevel,
    DisclosureKind,
    Level,
    LiaisonRole,
    Purpose,
    RecusalFrom,
    RegionLevel,
    Role,
    Room,
)
from models.terms import DayKind, Meaning
from organisation.importing import cells
from organisation.importing.cells import Kind
from organisation.importing.terms import VILLAGE_TYPE, choice_of


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    chinese: str
    kind: Kind
    is_required: bool = False
    is_expected: bool = False
    """The column has to be there, though a cell of it may be empty."""

    @property
    def header(self) -> str:
        """Both names, for errors."""
        return f"{self.chinese}（{self.name}）"


@dataclass(frozen=True, slots=True)
class Table:
    """`key` names the columns that tell its rows apart."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    @property
    def headers(self) -> dict[str, Column]:
        """Every accepted header, folded and in lower case."""
        return {
            cells.folded(header).lower(): column
            for column in self.columns
            for header in (column.name, column.chinese)
        }


def _table(name: str, *columns: Column, key: tuple[str, ...]) -> Table:
    return Table(name=name, columns=(*columns, Column("active", "启用", cells.YES_NO)), key=key)


def _must(name: str, chinese: str, kind: Kind) -> Column:
    return Column(name, chinese, kind, is_required=True)


_CODE = cells.code(32)
_REGION = cells.code(15)
_NAME = cells.words(64)
_LONG_NAME = cells.words(128)

AREAS = _table(
    "areas",
    _must("code", "编码", _CODE),
    _must("name", "名称", _NAME),
    Column("department", "部门", _LONG_NAME),
    Column("sort", "排序", cells.SORT),
    Column("words", "关键词", cells.words(2000)),
    key=("code",),
)
REGIONS = _table(
    "regions",
    _must("code", "编码", _REGION),
    _must("name", "名称", _NAME),
    _must("level", "层级", choice_of(RegionLevel)),
    Column("parent_code", "上级编码", _REGION, is_expected=True),
    Column("village_type", "村庄类型", VILLAGE_TYPE),
    Column("households", "户数", cells.INTEGER),
    key=("code",),
)
BODIES = _table(
    "bodies",
    _must("code", "编码", _CODE),
    _must("name", "名称", _LONG_NAME),
    _must("level", "层级", choice_of(BodyLevel)),
    Column("room", "科室", choice_of(Room)),
    _must("region_code", "区划编码", _REGION),
    Column("phone", "电话", cells.PHONE),
    Column("hours", "上班时间", _NAME),
    key=("code",),
)
ZONES = _table(
    "zones",
    _must("code", "编码", _CODE),
    _must("name", "名称", _LONG_NAME),
    _must("county_code", "区县编码", _REGION),
    _must("office_body", "牵头室", _CODE),
    Column("commander", "指挥长", _NAME),
    key=("code",),
)
ZONE_MEMBERS = _table(
    "zone_members",
    _must("zone_code", "协作区编码", _CODE),
    _must("body_code", "机构编码", _CODE),
    key=("zone_code", "body_code"),
)
SPECIALISTS = _table(
    "specialists",
    _must("county_code", "区县编码", _REGION),
    _must("area_code", "领域编码", _CODE),
    _must("level", "对象层级", choice_of(Level)),
    _must("body_code", "机构编码", _CODE),
    key=("county_code", "area_code", "level"),
)
STAFF = _table(
    "staff",
    _must("username", "用户名", cells.code(64)),
    _must("name", "姓名", _NAME),
    _must("body_code", "机构编码", _CODE),
    _must("role", "角色", choice_of(Role)),
    Column("phone", "电话", cells.PHONE),
    Column("password", "密码", cells.PASSWORD),
    Column("totp_secret", "动态口令密钥", cells.BASE32),
    Column("bind_code", "绑定码", cells.BIND_CODE),
    key=("username",),
)
LIAISONS = _table(
    "liaisons",
    _must("name", "姓名", _NAME),
    _must("village_code", "村编码", _REGION),
    Column("group_code", "组编码", _REGION),
    _must("role", "角色", choice_of(LiaisonRole)),
    _must("phone", "电话", cells.PHONE),
    Column("bind_code", "绑定码", cells.BIND_CODE),
    key=("phone",),
)
CADRES = _table(
    "cadres",
    _must("name", "姓名", _NAME),
    Column("aliases", "别名", cells.ALIASES),
    Column("post", "职务", _NAME),
    Column("unit", "单位", _LONG_NAME),
    _must("level", "层级", choice_of(CadreLevel)),
    _must("region_code", "区划编码", _REGION),
    key=("name", "post", "unit", "region_code"),
)
RECUSALS = _table(
    "recusals",
    _must("who", "回避主体", cells.code(64)),
    _must("from_kind", "来源类型", choice_of(RecusalFrom)),
    _must("from", "来源", _NAME),
    Column("reason", "理由", cells.words(255)),
    key=("who", "from_kind", "from"),
)
HOLIDAYS = _table(
    "holidays",
    _must("day", "日期", cells.DAY),
    _must("kind", "安排", choice_of(DayKind)),
    Column("name", "名称", _NAME),
    key=("day",),
)
SAYINGS = _table(
    "sayings",
    _must("meaning", "含义", choice_of(Meaning)),
    _must("word", "说法", cells.SAYING),
    key=("meaning", "word"),
)
_DAYS, _MONTHS = cells.number(1, 90), cells.number(1, 12)
FIGURES = _table(
    "figures",
    _must("county_code", "区县编码", _REGION),
    Column("days_to_accept", "受理（工作日）", _DAYS),
    Column("days_to_propose", "提出处置意见（自然日）", _DAYS),
    Column("months_to_conclude", "办结（月）", _MONTHS),
    Column("days_to_feed_back", "反馈（工作日）", _DAYS),
    Column("days_open_after_rating", "评价后结案（自然日）", _DAYS),
    Column("days_open_unrated", "未评价结案（自然日）", _DAYS),
    Column("months_to_look_back", "回头看（月）", _MONTHS),
    Column("days_to_answer", "答复督办（工作日）", _DAYS),
    Column("days_to_receipt", "对方回执（工作日）", _DAYS),
    key=("county_code",),
)
DISCLOSURES = _table(
    "disclosures",
    _must("code", "编码", cells.code(64)),
    _must("kind", "类型", choice_of(DisclosureKind)),
    _must("area_code", "领域编码", _CODE),
    _must("region_code", "区划编码", _REGION),
    _must("title", "标题", cells.words(255)),
    Column("amount", "金额", cells.AMOUNT),
    Column("date", "日期", cells.DATE),
    Column("text", "正文", cells.words(20_000)),
    Column("beneficiaries", "受益名单", cells.BENEFICIARIES),
    key=("code",),
)
ENTRIES = _table(
    "entries",
    Column("code", "码", cells.ENTRY_CODE),
    _must("purpose", "用途", choice_of(Purpose)),
    _must("area_code", "领域编码", _CODE),
    _must("region_code", "区划编码", _REGION),
    key=("code",),
)

TABLES = (
    AREAS,
    REGIONS,
    BODIES,
    ZONES,
    ZONE_MEMBERS,
    SPECIALISTS,
    STAFF,
    LIAISONS,
    CADRES,
    RECUSALS,
    HOLIDAYS,
    FIGURES,
    SAYINGS,
    DISCLOSURES,
    ENTRIES,
)
BY_NAME = {table.name: table for table in TABLES}
