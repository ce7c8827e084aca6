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
