"""What liaisons were asked about a report and what they answered: for staff who opened it, and for the liaison."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.fields import new_id
from models.liaison_task import LiaisonTask
from models.report import Report
from vault.keys import DataKey


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    liaison: str
    text: str
    at: datetime
    answered_at: datetime | None


async def keep_task(
    report: Report, *, key: DataKey, liaison_id: int, text: str, by_id: int, at: datetime
) -> LiaisonTask:
    task_id = new_id()
    return await LiaisonTask.create(
        id=task_id,
        report_id=report.id,
        liaison_id=liaison_id,
        asked_by_id=by_id,
        sealed_text=key.seal_text(text, place=f"liaison_task:{task_id}:text"),
        asked_at=at,
    )


def task_text(task: LiaisonTask, *, key: DataKey) -> str:
    return key.open_text(bytes(task.sealed_text), place=f"liaison_task:{task.id}:text")


def asked_in(tasks: Iterable[LiaisonTask], *, key: DataKey) -> Sequence[Asked]:
    """`tasks` each with its liaison."""
    return [
        Asked(
            liaison=task.liaison.name,
            text=task_text(task, key=key),
            at=task.asked_at,
            answered_at=task.answered_at,
        )
        for task in tasks
    ]
