"""What a liaison may read: tasks of their own, for as long as they are not kept away from the report behind them."""

from collections.abc import Sequence

from access.bars import bar_index
from clients.database import rows
from models.errors import DomainError
from models.liaison import Liaison
from models.liaison_task import LiaisonTask
from vault.vault import Vault

OWN = """FROM liaison_task t WHERE t.liaison_id = $1 AND NOT EXISTS (SELECT 1 FROM report_bar bar
    WHERE bar.report_id = t.report_id AND bar.lifted_at IS NULL AND bar.who_index = $2)"""
LONGEST_ID = 22


class TaskNotFound(DomainError):
    """Somebody else's, kept from this liaison since, or never there: all look the same."""

    key = "task-not-found"
    message = "没有找到这个任务。"


async def tasks_of(liaison: Liaison, *, vault: Vault, limit: int, after: str = "") -> Sequence[LiaisonTask]:
    """The newest first, each with its report; `after` is the id of the last one already shown."""
    values = [liaison.id, bar_index(f"liaison:{liaison.id}", vault=vault)]
    sql = f"SELECT t.id {OWN}"
    if after:
        last = await LiaisonTask.get_or_none(id=after[:LONGEST_ID], liaison_id=liaison.id)
        if last is None:
            return []
        sql += " AND (t.asked_at < $3 OR (t.asked_at = $3 AND t.id < $4))"
        asked_at = LiaisonTask._meta.fields_map["asked_at"].to_db_value(last.asked_at, last)
        values += [asked_at, last.id]
    found = await rows(f"{sql} ORDER BY t.asked_at DESC, t.id DESC LIMIT {limit}", *values)
    kept = {
        task.id: task
        for task in await LiaisonTask.filter(id__in=[row["id"] for row in found]).select_related(
            "report", "answer"
        )
    }
    return [kept[row["id"]] for row in found]


async def own_task(task_id: str, *, liaison: Liaison, vault: Vault) -> LiaisonTask:
    """Raises `TaskNotFound`."""
    if len(task_id) > LONGEST_ID:
        raise TaskNotFound
    values = (liaison.id, bar_index(f"liaison:{liaison.id}", vault=vault), task_id)
    if not await rows(f"SELECT t.id {OWN} AND t.id = $3", *values):
        raise TaskNotFound
    return await LiaisonTask.get(id=task_id).select_related("report", "answer")
