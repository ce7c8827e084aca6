"""The closed lists as a person may write them: the English key or one of its Chinese terms."""

from models.choices import (
    BodyLevel,
    CadreLevel,
    Choice,
    Level,
    LiaisonRole,
    Purpose,
    RecusalFrom,
    RegionLevel,
    Role,
    Room,
)
from models.terms import DayKind
from organisation.importing import cells
from organisation.importing.cells import Kind

_VILLAGE_TYPES = (
    "社情复杂村",
    "资源丰富村",
    "经济活跃村",
    "聚居提升村",
    "发展滞后村",
    "和谐稳定村",
    "商住型社区",
    "单位型社区",
    "城郊型社区",
    "经济型社区",
)

_MORE_TERMS: dict[type[Choice], dict[str, tuple[str, ...]]] = {
    RegionLevel: {
        "city": ("地市", "设区的市"),
        "county": ("县", "区", "县区", "县市区", "县级市", "县（区）", "县（市、区）"),
        "township": ("乡镇", "街道", "乡", "镇", "乡镇街道"),
        "village": ("村", "社区", "村社区"),
        "group": ("组", "村民小组", "网格"),
    },
    BodyLevel: {
        "township": ("乡镇", "街道", "乡镇（街道）", "乡镇纪委", "街道纪工委"),
        "office": ("县纪委监委纪检监察室", "室", "监督检查室"),
        "stationed": ("派驻", "派驻组", "派驻机构"),
        "county": ("区县", "县", "区", "区县纪委监委", "区纪委监委"),
        "city": ("市", "市纪委"),
    },
    Room: {
        "cases": ("案件监督管理室",),
        "conduct": ("党风政风监督室",),
        "cadre": ("组宣室", "组宣/干部监督室", "纪检监察干部监督室"),
    },
    Role: {"approver": ("批准人",), "operator": ("管理员", "运维")},
    LiaisonRole: {
        "chief": ("监督长", "主任", "村务监督委员会主任"),
        "deputy": ("廉情副监督长", "副主任", "村务监督委员会成员"),
        "monitor": ("监督员",),
    },
    Purpose: {
        "report": ("反映问题",),
        "suggest": ("意见建议",),
        "survey": ("问卷测评",),
        "rate": ("整改评价",),
        "conduct": ("反映纪检监察干部作风",),
    },
    RecusalFrom: {"person": ("人", "个人"), "region": ("地方", "区划"), "body": ("单位",)},
    DayKind: {"off": ("休息",), "working": ("上班", "调休", "补班")},
    CadreLevel: {
        "village": ("村", "村（社区）"),
        "township": ("乡镇", "乡镇（街道）"),
        "department": ("部门", "县直部门"),
        "county": ("县", "区县"),
    },
    Level: {
        "village": ("村",),
        "department": ("部门", "县直部门"),
        "none": ("无",),
    },
}


def choice_of(choices: type[Choice]) -> Kind:
    more = _MORE_TERMS.get(choices, {})
    return cells.choice({item.value: (item.label, *more.get(item.value, ())) for item in choices})


VILLAGE_TYPE = cells.choice({name: (name,) for name in _VILLAGE_TYPES})
