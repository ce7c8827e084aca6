"""Why an action is refused."""

from casework import texts
from models.errors import DomainError


class TransitionNotAllowed(DomainError):
    """The state of the report, or a guard, is against it."""

    key = "transition-not-allowed"
    message = texts.NOT_NOW


class FieldWrong(DomainError):
    """A field of the action is missing or cannot be used; `field` is its name in the contract."""

    key = "field-wrong"

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


class RatingNotPossible(DomainError):
    key = "rating-not-possible"
    message = texts.NOT_TO_RATE


class TooManySaved(DomainError):
    """Drafts, far faster than anybody writes."""

    key = "too-many-saved"
    message = texts.TOO_MANY_SAVED
