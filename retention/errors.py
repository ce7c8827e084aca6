"""Why something of retention is refused."""

from models.errors import DomainError
from retention import texts


class PlanNotFound(DomainError):
    """Absent, of another body, or of nothing this viewer sees: all look the same."""

    key = "plan-not-found"
    message = texts.PLAN_GONE


class NothingDue(DomainError):
    key = "nothing-due"
    message = texts.NOTHING_DUE


class NotTheirs(DomainError):
    """Confirming is for another leader than whoever proposed."""

    key = "not-theirs"

    def __init__(self, message: str) -> None:
        super().__init__(message)


class RuleWrong(DomainError):
    key = "rule-wrong"

    def __init__(self, message: str) -> None:
        super().__init__(message)
