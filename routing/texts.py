"""Every Chinese word of routing: reasons a person reads, and the words it recognises in a report."""

import re

# Reasons of the rules. 分流规则 are the points of domain.md §4.
OUTSIDE = (
    "反映的是本市纪检监察机构负责人（{body}），按《检举控告工作规则》第15条应由上一级机关受理："
    "请拨打省级 12388 反映，本平台不留存内容。"
)
OUTSIDE_EXHAUSTED = "有权受理的机构都应当回避，请拨打省级 12388 反映，本平台不留存内容。"
ABOVE_COUNTY = (
    "反映的是区县纪检监察机构（{body}），按《检举控告工作规则》第15条直接报上一级：由市级机构办理。"
)
HEAD = "反映的是机构负责人（{body}），按《检举控告工作规则》第15条直接报上一级：由区县组宣/干部监督室办理。"
DISCIPLINE = "反映纪检监察干部，按分流规则第1条由区县组宣/干部监督室办理。"
CONDUCT = "由“码上督”反映纪检监察干部作风，按分流规则第1条由区县组宣/干部监督室办理。"
COUNTY = "反映县领导，按管理权限（分流规则第2条）由市级机构办理。"
APPEAL = "申诉按分流规则第1条由区县信访室办理，不交原办理机构。"
ZONE_TRIGGER = "按分流规则第4条实行片区办理（{trigger}），由协作区牵头纪检监察室办理。"
TRIGGERS = {
    "masses": "群众反映强烈",
    "span": "问题多发或者时间跨度长",
    "recusal": "乡镇应当回避",
    "assigned": "区县交办",
}
DIRECTED = {
    "transfer": "由原机构负责人按管理权限转办到指定机构（分流规则第2条）。",
    "return": "由接收机构退回原机构重新分流（分流规则第2条）。",
    "lift": "由上级机构提级办理（分流规则第5条），书面授权已留存。",
    "cross": "由同一协作区的另一乡镇交叉办理（分流规则第5条，一案一授权），书面授权已留存。",
    "assigned": "由区县或者协作区牵头纪检监察室交办（分流规则第4条），书面授权已留存。",
}
DIRECTED_NOWHERE = "没有这个机构，或者它已停用，请重新选择。"
OUT_OF_REACH = {
    "transfer": "不能转给{body}：只能转给本地有管辖权的机构；交给协作区的另一乡镇要用“交叉办理”。",
    "lift": "{body}不是上级机构，不能提级到那里。",
    "cross": "不能交叉到{body}：只能是同一协作区里的另一个乡镇。",
    "assigned": "不能交办给{body}：只能交给本区县的机构。",
}
BELOW_AUTHORITY = "{body}的管理权限不够（分流规则第2条），请选择上级机构。"
CANNOT_ACT = "{body}现在不能办理这件反映，请选择别的机构。"
SETTLED_OTHERWISE = "这件反映按规定不能由{body}办理（分流规则第1条），请不指定机构，由系统分流。"
DEPARTMENT_STATIONED = "反映县直部门干部，按管理权限（分流规则第2条）由该领域的派驻机构办理。"
DEPARTMENT_OFFICE = "反映县直部门干部，该领域没有指定派驻机构，按分流规则第2条由协作区牵头纪检监察室办理。"
TOWNSHIP_LEVEL = "反映乡镇干部，按管理权限（分流规则第2条）由协作区牵头纪检监察室办理，不交本乡镇。"
WORDLESS = "只有语音或者图片且说不清对象，按分流规则第2条由区县信访室办理。"
SPECIALIST = "区县为该领域指定了办理机构，按分流规则第2条由其办理。"
VILLAGE = "反映村干部，按管理权限（分流规则第2条）由所在乡镇纪检监察机构办理。"
NONE = "不针对个人，按分流规则第2条由所在乡镇纪检监察机构办理。"
UNKNOWN = "说不清对象，文字中也没有认出姓名或者职务，按分流规则第2条由所在乡镇纪检监察机构办理。"
TRIAGE_UNSETTLED = "没有规则能够确定办理机构，按分流规则第6条由区县信访室人工分流。"
TRIAGE_FAILED = "分流规则运行出错，按分流规则第6条由区县信访室人工分流。"
TRIAGE_NO_ZONE = "所在乡镇没有划入协作区，或者协作区没有牵头室，按分流规则第6条由区县信访室人工分流。"
TRIAGE_VACANT = "应办机构人员没有配齐，按分流规则第6条人工分流。"
TRIAGE_NAMED = (
    "材料文字中提到的可能是本机构人员，上面没有别的机构可交："
    "对可能被提到的人员隐去，由本机构其他人员先核对，按分流规则第6条人工分流。"
)

PLACE_UNKNOWN = "所在地没有登记，按最近的上级区划分流。"
RECOGNISED = "对象未选明，材料中认出的姓名或者职务属于“{level}”，按此确定管理权限。"
RAISED = "被反映人登记的职务属于“{level}”，按此确定管理权限。"
COUNTED_DISCIPLINE = "被反映人属于纪检监察机构，按“纪检监察干部”分流。"
PASSED_OVER = "{body}应当回避或者没有可以办理的人员（分流规则第3条），改由下一顺位机构办理。"
SETTLED = "由{body}办理。"

LEVELS = {
    "village": "村干部",
    "township": "乡镇干部",
    "department": "县直部门干部",
    "county": "县领导",
    "discipline": "纪检监察干部",
    "none": "不针对个人",
    "unknown": "说不清",
}

# Why somebody is out.
AVOID_TOWNSHIP = "反映人要求不交给本乡镇"
ASKED_OUT = "反映人请求回避，可能指本机构"
AVOID_LIAISON = "反映人要求不通知联络员"
DECIDED_BEFORE = "原办理机构不得办理对其决定的申诉"
REPORTED_BODY = "被反映人是本机构负责人，或者反映的就是本机构"
REPORTED_CADRE_ROOM = "被反映人是组宣/干部监督室人员，本室不得办理"
REPORTED_PERSON = "可能是被反映人"
MATCH_SUBJECT = "与被反映人姓名相同"
MATCH_WORDS = "材料文字中出现其姓名"
MATCH_ALIAS = "材料中出现其登记的别名"
MATCH_SURNAME = "与被反映人的姓氏和职务相符"
MATCH_TITLE = "材料中的姓氏和职务与其相符：{said}"
MATCH_POST = "材料文字中出现其职务"
MATCH_HOLDER = "材料中的职务在当地由其担任：{said}"
MATCH_SOUND = "材料中的字与其姓名读音相同：{said}"
MATCH_TYPED = "材料中用拼音写出其姓名：{said}"
MATCH_NEAR = "材料中的字与其姓名相近：{said}"
MATCH_MASK = "材料中隐去一字的姓名与其相符：{said}"
MATCH_RELATIVE = "材料提到其亲属"
MATCH_BODY = "材料反映本机构：{said}"
IN_FIELDS = {MATCH_WORDS: MATCH_SUBJECT}
"""How a reason reads where the reporter's own fields gave it."""
MATCH_HEAD = "材料反映其所在机构的负责人"
CERTAIN = frozenset(
    (
        MATCH_SUBJECT,
        MATCH_WORDS,
        MATCH_ALIAS,
        MATCH_POST,
        MATCH_RELATIVE,
        MATCH_HEAD,
        REPORTED_PERSON,
        REPORTED_BODY,
        REPORTED_CADRE_ROOM,
    )
)
"""Reasons that rest on a name or a registered post itself; all other matches are guesses."""
RECUSED = "登记的回避：{reason}"
RECUSED_PLAIN = "登记的回避"
MATCH_RECUSED = "材料可能涉及其应当回避的人"
INACTIVE = "机构已停用"
NO_LEADER_OR_HANDLER = "没有不需回避的承办人和负责人"
VACANT = "没有配齐承办人和负责人"
SHOULD_RECUSE = "应当回避"
LEFT_OUT = {
    reason: reason
    for reason in (INACTIVE, NO_LEADER_OR_HANDLER, VACANT, DECIDED_BEFORE, REPORTED_BODY, REPORTED_CADRE_ROOM)
} | dict.fromkeys(
    (REPORTED_PERSON, MATCH_SUBJECT, MATCH_WORDS, MATCH_SURNAME, MATCH_POST, MATCH_HEAD), REPORTED_PERSON
)
"""What of a reason may be told on; every other reason, as somebody wrote it, is SHOULD_RECUSE."""

# Words recognised in a request for recusal.
ASKING_TOWNSHIP = re.compile(
    r"乡镇|(?:本|我|咱|这个|我们|咱们)[镇乡]|[镇乡](?:里|上|纪委|政府|干部|党委)|街道"
)
ASKING_HOLDER = re.compile(
    r"你们|[你贵](?:单位|机关|机构|组|室|委)|(?:这个|现在的|经办|承办|办理|办案)(?:单位|机构|室|组|人)"
    r"|(?:换|改由|交给?|由|让|请)(?:一?个|另外?一?个?的?|别的|其他的?|上级|上面)(?:单位|机构|部门|人|地方|来)?"
)

# Words recognised in a report.
UNIT_TITLES = (
    ("纪委监委", "纪委"),
    ("纪委监察委", "纪委"),
    ("纪工委", "纪委"),
    ("纪律检查委员会", "纪委"),
)
DISCIPLINE_WORDS = re.compile(r"纪委|纪工委|纪检|纪律检查|监察(?!员|联络|信息)|监委(?!会)|干部监督室|派驻")
HEAD_POST = re.compile(r"(?<!副)(?:书记|主任|组长|负责人|一把手)$")
HEAD_POSTS_BY_PLACE = (
    (re.compile(r"市(?:纪委书记|监委主任|纪委监委主要负责人)"), "city"),
    (re.compile(r"(?:县|(?<!社)区)(?:纪委书记|监委主任)"), "county"),
    (re.compile(r"(?:镇|乡|街道)(?:纪委|纪工委)书记"), "township"),
)
_NOT_LONG = r"(?![期久年达远])"  # 社区长期… is no 区长
LEVEL_POSTS = (
    (
        "county",
        re.compile(
            r"县委书记|县委副书记|县委常委|(?:副)?县长" + _NOT_LONG + r"|区委书记|区委副书记|区委常委"
            r"|(?<![社小园片辖校库山地景])(?:副)?区长" + _NOT_LONG + r"|县领导|区领导"
        ),
    ),
    (
        "discipline",
        re.compile(
            r"纪委(?:副)?书记|纪工委(?:副)?书记|纪检书记|纪检组(?:组)?长|纪检(?:监察)?干部|纪委干部|监察室主任"
        ),
    ),
    ("department", re.compile(r"局长" + _NOT_LONG + r"|(?<![全])局领导|局里的?干部")),
    (
        "township",
        re.compile(
            r"[镇乡]长"
            + _NOT_LONG
            + r"|[镇乡](?:党委)?(?:副)?书记|[镇乡]领导|[镇乡]干部|街道办(?:事处)?(?:副)?主任"
            r"|街道(?:党工委)?(?:副)?书记|街道干部|街道领导"
        ),
    ),
)
COUNTY_LEVEL_CITY = "市"
GENERIC_POSTS = frozenset(
    ("书记", "副书记", "主任", "副主任", "委员", "会计", "组长", "副组长", "干部", "工作人员", "办事员")
)
COUNTY_BEFORE = re.compile(r"^[^县区市]{2,5}[县区市](?=.)")
VILLAGE_ENDING = re.compile(r"(?:村|社区)$")
