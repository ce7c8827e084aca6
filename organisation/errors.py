"""Why a change of the organisation is refused."""

from collections.abc import Sequence

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


class EditedMeanwhile(DomainError):
    """Somebody else has changed the row since it was shown."""

    key = "edited-meanwhile"
    message = "您打开之后，别人改过这一条。您填的还在下面，请与现在的内容核对之后再保存。"


class AlreadyThere(DomainError):
    key = "already-there"
    message = "已经有这一条了，不能再新增：请在列表里查找，打开它来改（停用的也在列表里）。列表里没有的，属于别的机构。"


class NothingToUndo(DomainError):
    key = "nothing-to-undo"
    message = (
        "这一次改动不能撤销：口令、绑定码和已经取消的确认不会因撤销恢复。需要的话，请重新发放或者重新确认。"
    )


class FixedForGood(DomainError):
    """Changing it would give everybody of a body, at one stroke, the sight of another."""

    key = "fixed-for-good"
    message = "机构的层级、科室和区划不能改：请新增一个机构，再把人员一个个转过去，经确认后生效。"


class RoleOutOfReach(DomainError):
    key = "role-out-of-reach"
    message = "系统管理员和审批人管的不止一个机构：请区县或者市的负责人来办。"


class PhoneMissing(DomainError):
    """A bind code goes with a telephone."""

    key = "phone-missing"
    message = "还没有登记电话，不能发绑定码：请先填好电话并保存，再发绑定码。"


class OwnRecusal(DomainError):
    key = "own-recusal"
    message = "这条回避登记涉及您本人或者您的机构，您不能撤下它：请不涉及的负责人来办。"


class NotConfirmable(DomainError):
    key = "not-confirmable"
    message = "这个账号不能由您确认：要由它所在机构的另一位负责人，或者区县（市）负责人来确认。"


class NeedsSecond(DomainError):
    """Somebody else has to ask for the same before it is done."""

    key = "needs-second"
    message = "已记下。撤下一条回避登记要两个人：请另一位有权的负责人打开这一条，同样点“停用”，之后才生效。"


class HolidaysUnreadable(DomainError):
    """`lines` are those that cannot be read; none when nothing was written."""

    key = "holidays-unreadable"
    message = "请一行写一段，例如：2027-01-01 至 2027-01-03 放假 元旦。"

    def __init__(self, lines: Sequence[str]) -> None:
        told = "；".join(lines)
        super().__init__(f"这几行看不懂：{told}。{self.message}" if lines else None)
