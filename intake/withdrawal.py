"""A reporter takes a report back: a flag that staff see; a clue goes on all the same (domain.md §5)."""

from tortoise.transactions import in_transaction

from models.choices import Status
from models.errors import DomainError
from models.report import Report
from organisation.house import House
from vault.log import record

SETTLED = frozenset({Status.DECLINED, Status.CONCLUDED, Status.FED_BACK, Status.CLOSED})


class WithdrawalNotPossible(DomainError):
    key = "withdrawal-not-possible"
    message = "这件反映已经有了结果，或者已经申请过撤回。"


def may_withdraw(report: Report) -> bool:
    return not report.is_withdrawn and report.status not in SETTLED


async def withdraw(report: Report, *, house: House) -> None:
    """Raises `WithdrawalNotPossible`."""
    async with in_transaction():
        current = await Report.select_for_update().get(id=report.id)
        if not may_withdraw(current):
            raise WithdrawalNotPossible
        await Report.filter(id=report.id).update(is_withdrawn=True)
        await record("report.withdraw", by="reporter", at=house.clock.now(), report_id=report.id)
    report.is_withdrawn = True
