"""Why a draft is not filed; nothing the reporter said is lost by any of these."""

from models.errors import DomainError


class DraftEmpty(DomainError):
    key = "draft-empty"
    message = "还没有说要反映什么，请先写几句话、拍张照片或说一段语音。"


class OutsideJurisdiction(DomainError):
    """About the city's own head: nothing is stored (domain.md §4.1)."""

    key = "outside-jurisdiction"
    message = (
        "这件事要由省级纪检监察机关受理，本平台没有保存您的内容。"
        "请拨打 12388，或登录 12388 举报网站，选择所在的省反映。"
    )


class CodeRetired(DomainError):
    key = "code-retired"
    message = "这个码已经停用，请扫村里新贴的码，或拨打海报上的电话。"


class AppealUnknown(DomainError):
    key = "appeal-unknown"
    message = "没有找到您要申诉的那件反映，请核对编号。"


class AreaWithoutCode(DomainError):
    key = "area-without-code"
    message = "这个村这个领域还没有码，请换一个领域，或者请管理员先发码。"


class EnteredBefore(DomainError):
    key = "entered-before"
    message = "这一份刚才已经登记过了，没有再登记。回执已经给过一次，不能再显示。"
