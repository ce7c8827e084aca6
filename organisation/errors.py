"""Why a change of the organisation is refused."""

from models.errors import DomainError


class RowNotFound(DomainError):
    """Not there, or not within reach: both look the same."""

    key = "row-not-found"
    message = "没有找到这一条。"


class OutOfReach(DomainError):
    """The row, as it would become, belongs to somebody else."""

    key = "out-of-reach"
    message = "这一条不归您管理：请核对机构和区划，或者请上级机构来改。"


class ChangedMeanwhile(DomainError):
    key = "changed-meanwhile"
    message = "这一条在这之后又被改过，不能直接撤销。请打开它现在的内容，再决定怎么改。"


class NotConfirmable(DomainError):
    key = "not-confirmable"
    message = "这个账号不能由您确认：要由它所在机构的另一位负责人，或者区县（市）负责人来确认。"


class NeedsSecond(DomainError):
    """Somebody else has to ask for the same before it is done."""

    key = "needs-second"
    message = "已记下。撤下一条回避登记要两个人：请另一位有权的负责人打开这一条，同样点“停用”，之后才生效。"
