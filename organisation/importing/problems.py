"""What is wrong with a file, said so that the person who made it finds the cell."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.errors import DomainError
from organisation.importing import texts


@dataclass(frozen=True, slots=True, order=True)
class ImportProblem:
    """One bad cell, row or file. `row` counts from 1, the header's; None when the whole file is meant.

    `value` never holds a password, a one-time-code secret or a bind code.
    """

    file: str
    row: int | None
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        return texts.problem_line(
            file=self.file, row=self.row, column=self.column, value=self.value, expected=self.expected
        )


class ImportRefused(DomainError):
    """Nothing was applied; `problems` holds every bad row of every file.

    `waiting` counts the rows that cannot be judged before a file they refer to can be read.
    """

    key = "import-refused"

    def __init__(self, problems: Iterable[ImportProblem], *, waiting: int = 0) -> None:
        self.problems = tuple(problems)
        super().__init__(texts.refused((str(problem) for problem in self.problems), waiting=waiting))
