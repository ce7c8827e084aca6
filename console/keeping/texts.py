"""Chinese words of the pages about the organisation."""

KINDS = {
    "staff": "工作人员账号",
    "liaisons": "联络员",
    "recusals": "回避登记",
    "bodies": "机构",
    "zones": "协作区",
    "zone_members": "协作区成员",
    "specialists": "领域专办",
    "cadres": "登记干部",
    "figures": "办理时限",
    "holidays": "节假日、调休",
    "sayings": "群众的说法",
}
LEADS = {
    "sayings": "本地人把“匿名”“提交”“看结果”说成别的话，登记在这里，聊天里就听得懂。",
}
DONE = {
    "saved": "已保存，一秒之内各处生效。改动能读反映的账号，要等另一位负责人确认。",
    "confirm": "账号已确认，可以登录了。",
    "refuse": "没有同意这个账号，它已停用。",
    "undone": "已撤销，恢复到改动之前。",
}
BIND_CODE = "绑定码"
PASSWORD = "初始口令"  # noqa: S105 - a caption
PASSWORD_AGAIN = "新口令"  # noqa: S105 - a caption
BY_THE_RULES = "都按规则"
YES, NO = "启用", "停用"
NOTHING = "（空）"
ZONE_FLAGS = {
    "no_office": "没有牵头室",
    "no_commander": "没有指挥长",
    "no_townships": "没有乡镇",
    "zone_name": "名称不合规定",
}
CONFIRMED = "确认"
CONFIRMED_ALREADY, WAITING = "已确认", "等待确认"
NOW = "现在是“{value}”"
EXPECTED = "应为：{expected}"
LIKE_VILLAGE = "和{name}的名字一样，说村名会被听错"
UNBOUND = "微信未绑定"
REMOVAL_ASKED = "有人要求停用，等另一位负责人"
HINTS = {
    ("zones", "name"): "写作“某市某区县纪检监察第一协作区”，序号用汉字。",
    ("zones", "office_body"): "牵头的纪检监察室，主任任组长。",
    ("zones", "commander"): "分管的区县领导，写姓名。",
    (
        "figures",
        "county_code",
    ): "区县的 12 位区划编码。没有填的时限，按规则办理。改动以后开始计时的才按新的算。",
    ("holidays", "day"): "写作 2027-01-01。",
    ("holidays", "name"): "例如：春节、国庆节调休。",
    ("sayings", "meaning"): "群众这样说，就当作什么。一个说法只有一个意思。",
    (
        "sayings",
        "word",
    ): "最多 14 个字，标点不用写。表示匿名、不匿名的，写在话里哪儿都算；别的，要单独发才算。",
    ("staff", "username"): "登录用，定下以后不能改。",
    ("liaisons", "village_code"): "村（社区）的 12 位区划编码。",
    ("liaisons", "group_code"): "村民组的 15 位编码，只有监督员需要。",
    ("recusals", "who"): "工作人员的用户名、联络员的电话，或者机构编码。",
    ("recusals", "from"): "对人写姓名，对地方写区划编码，对机构写机构编码。",
    ("cadres", "aliases"): "几个别名之间用分号隔开。",
    ("cadres", "region_code"): "所在村、乡镇或者区县的区划编码。",
    ("bodies", "region_code"): "所在乡镇、区县或者市的区划编码。",
}
