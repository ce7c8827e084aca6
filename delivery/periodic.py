"""Timed work that one process does for all: whoever moves the row on has won the tick."""

from datetime import datetime, timedelta

from clients.database import changed
from models.fields import to_millis
from models.periodic_task import PeriodicTask

KNOW = "INSERT INTO periodic_task (name, next_at) VALUES ($1, 0) ON CONFLICT (name) DO NOTHING"
WIN = "UPDATE periodic_task SET next_at = $2 WHERE name = $1 AND next_at <= $3"


async def tick(name: str, *, every_seconds: float, at: datetime) -> bool:
    """Whether the caller is to do the work now; the very first call wins at once.

    Ticks that nobody asked for, while every process was down, are not made up for.
    """
    task = await PeriodicTask.get_or_none(name=name)
    if task is None:
        await changed(KNOW, name)
    elif task.next_at > at:
        return False
    next_at = at + timedelta(seconds=every_seconds)
    return bool(await changed(WIN, name, to_millis(next_at), to_millis(at)))
