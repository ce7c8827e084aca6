"""The closed lists of the field (domain.md), each key with its Chinese term."""

from enum import StrEnum


class Choice(StrEnum):
    """A key with a `label`: `LEVEL = "key", "中文"`."""

    label: str

    def __new__(cls, key: str, label: str = "") -> "Choice":
        member = str.__new__(cls, key)
        member._value_ = key
        member.label = label
        return member


class RegionLevel(Choice):
    CITY = "city", "市"
    COUNTY = "county", "区县"
    TOWNSHIP = "township", "乡镇（街道）"
    VILLAGE = "village", "村（社区）"
    GROUP = "group", "村民组"


class BodyLevel(Choice):
    TOWNSHIP = "township", "乡镇（街道）纪（工）委"
    OFFICE = "office", "纪检监察室"
    STATIONED = "stationed", "派驻纪检监察组"
    COUNTY = "county", "县纪委监委"
    CITY = "city", "市纪委监委"


class Room(Choice):
    NONE = "", "无"
    LETTERS = "letters", "信访室"
    CASES = "cases", "案管室"
    CONDUCT = "conduct", "党风政风室"
    CADRE = "cadre", "干部监督室"


class Role(Choice):
    HANDLER = "handler", "承办人"
    LEADER = "leader", "负责人"
    APPROVER = "approver", "审批人"
    OPERATOR = "operator", "系统管理员"


class LiaisonRole(Choice):
    CHIEF = "chief", "廉情监督长"
    DEPUTY = "deputy", "副监督长"
    MONITOR = "monitor", "廉情监督员"


class Purpose(Choice):
    REPORT = "report", "码上点"
    SUGGEST = "suggest", "码上提"
    SURVEY = "survey", "码上填"
    RATE = "rate", "码上评"
    CONDUCT = "conduct", "码上督"


class Level(Choice):
    """Whom a report is about, as the villager says it."""

    VILLAGE = "village", "村干部"
    TOWNSHIP = "township", "乡镇干部"
    DEPARTMENT = "department", "县直部门干部"
    COUNTY = "county", "县领导"
    DISCIPLINE = "discipline", "纪检监察干部"
    NONE = "none", "不针对个人"
    UNKNOWN = "unknown", "说不清"


class CadreLevel(Choice):
    VILLAGE = "village", "村干部"
    TOWNSHIP = "township", "乡镇干部"
    DEPARTMENT = "department", "县直部门干部"
    COUNTY = "county", "县领导"


class Kind(Choice):
    CLUE = "clue", "检举控告"
    APPEAL = "appeal", "申诉"
    SUGGESTION = "suggestion", "批评建议"
    LIVELIHOOD = "livelihood", "急难愁盼"
    CONSULT = "consult", "人工咨询"


class Ground(Choice):
    """Why a matter is not ours (domain.md §4 "Not ours")."""

    LITIGATION = "litigation", "诉讼、仲裁等事项"
    OTHER_AUTHORITY = "other-authority", "其他机关职责范围"
    NO_SUBSTANCE = "no-substance", "没有实质内容"


class Trigger(Choice):
    """What sends a matter to the zone's office (domain.md §4.4); the last is set by an assignment alone."""

    MASSES = "masses", "群众反映强烈"
    SPAN = "span", "问题多发或者时间跨度长"
    RECUSAL = "recusal", "乡镇应当回避"
    ASSIGNED = "assigned", "区县交办"


class Status(Choice):
    RECEIVED = "received", "已接收"
    ACCEPTED = "accepted", "已受理"
    DECLINED = "declined", "不予受理"
    HANDLING = "handling", "办理中"
    CONCLUDED = "concluded", "已办结"
    FED_BACK = "fed_back", "已反馈"
    CLOSED = "closed", "已结案"


class RecusalFrom(Choice):
    PERSON = "person", "人员"
    REGION = "region", "地区"
    BODY = "body", "机构"


class DisclosureKind(Choice):
    POLICY = "policy", "政策"
    PROJECT = "project", "项目"
    FUND = "fund", "资金"


class SightingKind(Choice):
    """What a liaison found on a wall."""

    GOOD = "good", "在用"
    OLD = "old", "已停用或已换码"
    FOREIGN = "foreign", "不是我们的码"


class EntryStatus(Choice):
    ACTIVE = "active", "在用"
    RETIRED = "retired", "已停用"


class Channel(Choice):
    """The door a report came through, which is also where its answers go."""

    CHAT = "chat", "公众号"
    MINI = "mini", "小程序"
    WEB = "web", "手机网页"
    LETTER = "letter", "来信（小信封）"
    VISIT = "visit", "来访（热板凳）"
    CALL = "call", "来电（12388）"
    REFERRED = "referred", "移送（其他机关、监督）"


class Speaker(Choice):
    ME = "me", "群众"
    STAFF = "staff", "工作人员"
    SYSTEM = "system", "系统"
    LIAISON = "liaison", "联络员"
    VOICE = "voice", "语音听写"


class AttachmentKind(Choice):
    PHOTO = "photo", "照片"
    VOICE = "voice", "语音"
    VIDEO = "video", "视频"


class AttachmentStatus(Choice):
    WAITING = "waiting", "待下载"
    STORED = "stored", "已保存"
    REFUSED = "refused", "未能保存"


class DeliveryStatus(Choice):
    WAITING = "waiting", "待送达"
    SENT = "sent", "已送达"
    FAILED = "failed", "未送达"


class BarCause(Choice):
    RECUSAL = "recusal", "回避"
    MATCH = "match", "疑似被反映人"
    DECLARED = "declared", "主动回避"
    DECIDED = "decided", "负责人决定回避"


class Disposition(Choice):
    """What a handler proposes to do (domain.md §5): the first four for clues, the last two for the rest."""

    TALK = "talk", "谈话函询"
    VERIFY = "verify", "初步核实"
    HOLD = "hold", "暂存待查"
    DISMISS = "dismiss", "予以了结"
    ANSWER = "answer", "直接答复"
    REFER = "refer", "转职能部门"


class Rating(Choice):
    SOLVED = "solved", "完全解决"
    PARTLY = "partly", "部分解决"
    UNSOLVED = "unsolved", "未解决"


class RecordKind(Choice):  # of a `CaseRecord`
    PROPOSAL = "proposal", "处置意见"
    CONCLUSION = "conclusion", "办结"
    RATING = "rating", "群众评价"
    LOOK_BACK = "look-back", "回头看"
    EXTENSION = "extension", "延期"
    PAUSE = "pause", "暂停计时"
    URGE = "urge", "督办"
    QUESTION = "question", "询问反映人"
    AUTHORISATION = "authorisation", "一案一授权"
    BRIEFING = "briefing", "一案一汇报"
    ANALYSIS = "analysis", "一案一剖析"
    RETENTION = "retention", "暂缓销毁"


class RecordOutcome(Choice):
    """`VOID`: the matter went to other hands, or a later one of its kind took its place, before it was settled."""

    OPEN = "open", "待办"
    KEPT = "kept", "已记录"
    APPROVED = "approved", "已批准"
    SENT_BACK = "sent-back", "已退改"
    ANSWERED = "answered", "已答复"
    ENDED = "ended", "已结束"
    VOID = "void", "已失效"


class Paper(Choice):
    """How posters stand on sheets."""

    A3 = "A3", "A3，一码一张"
    A4 = "A4", "A4，一码一张"
    A5 = "A5", "A5，一码一张"
    A6 = "A6", "A6，一码一张"
    AREAS = "areas", "A4，一个地方的各领域合印一张"
    STICKERS = "stickers", "不干胶，一张 A4 十二个"


class JobState(Choice):
    """Of something long that a worker does."""

    WAITING = "waiting", "等待中"
    RUNNING = "running", "进行中"
    STOPPED = "stopped", "已停止"
    DONE = "done", "已完成"
    FAILED = "failed", "没有印成"
