"""More closed lists: of 双向移送, whom matters come from and go to, and how far each is; and of the calendar."""

from models.choices import Choice


class Partner(Choice):
    """Five authorities, the nine kinds of supervision (audit is both), and who a livelihood matter is referred to."""

    ORGANISATION = "organisation", "组织部门"
    INSPECTION = "inspection", "巡察机构"
    POLICE = "police", "公安机关"
    PETITIONS = "petitions", "信访部门"
    AUDIT = "audit", "审计机关（审计监督）"
    CONGRESS = "congress", "人大监督"
    CONSULTATIVE = "consultative", "民主监督"
    ADMINISTRATIVE = "administrative", "行政监督"
    JUDICIAL = "judicial", "司法监督"
    FINANCIAL = "financial", "财会监督"
    STATISTICAL = "statistical", "统计监督"
    MASSES = "masses", "群众监督"
    MEDIA = "media", "舆论监督"
    DEPARTMENT = "department", "职能部门"


class ReferralWay(Choice):
    IN = "in", "移入"
    OUT = "out", "移出"


class ReferralState(Choice):
    """How far a referral is, as a ledger is narrowed by it."""

    RECEIPT = "receipt", "待回执"
    RESULT = "result", "待结果"
    LATE = "late", "已超期"
    DONE = "done", "已有结果"


class DayKind(Choice):
    """What the State Council has made of a day."""

    OFF = "off", "放假"
    WORKING = "working", "上班（调休）"


class Meaning(Choice):
    """What a short saying of a villager stands for; of a fixed word the label is the word itself."""

    ANONYMOUS = "anonymous", "匿名"
    NAMED = "named", "不匿名"
    GREETING = "greeting", "问候"
    THANKS = "thanks", "客气话"
    YES = "yes", "答应"
    NO = "no", "不答应"
    VILLAGE = "village", "村干部"
    TOWNSHIP = "township", "乡镇干部"
    DEPARTMENT = "department", "县直部门干部"
    COUNTY = "county", "县领导"
    DISCIPLINE = "discipline", "纪检监察干部"
    NONE = "none", "不针对个人"
    UNKNOWN = "unknown", "说不清"
    SUBMIT = "submit", "提交"
    CANCEL = "cancel", "取消"
    QUERY = "query", "查询"
    HELP = "help", "帮助"
    MENU = "menu", "菜单"
    PERSON = "person", "人工"
    START = "start", "反映问题"
    DONE = "done", "完成"
    LEAVE = "leave", "算了"
    ANEW = "anew", "重来"
    SHOW = "show", "看看"
    DROP_LAST = "drop_last", "删上一条"
    WRONG = "wrong", "说错了"
    MINE = "mine", "我的"
    MORE = "more", "继续"
    RATE = "rate", "评价"
    ADD = "add", "补充"
    ANSWER = "answer", "回答"
    WITHDRAW = "withdraw", "撤回"
    RECUSAL = "recusal", "申请回避"
    PROTECTION = "protection", "申请保护"
    POLICY = "policy", "政策"
    DELETE = "delete", "删除"
    TASKS = "tasks", "任务"
    FINDING = "finding", "发现"
    ROUND = "round", "巡查"
    AWAY = "away", "外出"
    BACK = "back", "回来了"
    UNBIND = "unbind", "解绑"
