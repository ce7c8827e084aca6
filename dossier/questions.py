"""What a reporter was asked and has not answered: one question at a time, a record of the case."""

from collections.abc import Sequence
from dataclasses import dataclass

from dossier.records import opened
from models.case_record import CaseRecord
from models.choices import RecordOutcome
from models.report import Report
from vault.keys import DataKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`options` are answers to choose from; another answer is as good."""

    row: CaseRecord
    text: str
    options: Sequence[str]

    @property
    def id(self) -> str:
        return str(self.row.id)


async def question_to(report: Report, *, key: DataKey) -> Question | None:
    """None where nothing waits for the reporter."""
    if report.question_id is None:
        return None
    row = await CaseRecord.get_or_none(id=report.question_id, report_id=report.id, outcome=RecordOutcome.OPEN)
    if row is None:
        return None
    content = opened(row, key=key).content
    return Question(row=row, text=content["text"], options=content.get("options", "").splitlines())
