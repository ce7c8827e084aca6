"""印制任务: asked for, stopped and gone on with by a person; taken and ended by a worker."""

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tortoise.transactions import in_transaction

from clients.database import changed
from models.choices import JobState, Paper, Purpose
from models.fields import to_millis
from models.poster_job import PosterJob
from organisation.codes.errors import JobNotSo, JobUnknown
from organisation.house import House
from vault.log import record

HELD: Final = timedelta(seconds=60)
TAKE = """UPDATE poster_job SET state = 'running', taken_until = $2
  WHERE id = $1 AND (state = 'waiting' OR (state = 'running' AND taken_until < $3))"""
TELL = "UPDATE poster_job SET done = $2, total = $3, taken_until = $4 WHERE id = $1 AND state = 'running'"
END = "UPDATE poster_job SET state = $2, problem = $3, taken_until = NULL WHERE id = $1 AND state = 'running'"


async def ask_for(
    *,
    region: str,
    area: str | None,
    purpose: Purpose,
    groups: bool,
    paper: Paper,
    entry: str | None = None,
    at: datetime,
    by: str,
) -> PosterJob:
    """With `entry` only that code's, which is of this region, area and purpose."""
    async with in_transaction():
        job = await PosterJob.create(
            region_id=region,
            area_id=area,
            purpose=purpose,
            groups=groups,
            paper=paper,
            entry_id=entry,
            asked_by=by,
            asked_at=at,
        )
        await record(
            "posters.ask", by=by, at=at, object_id=str(job.id), data={"region": region, "code": entry}
        )
    return job


def folder_of(house: House, number: int) -> Path:
    """Where its sheets are; posters hang in public, so nothing is sealed."""
    return house.media.folder / "posters" / str(number)


async def job_of(number: int) -> PosterJob:
    """Raises `JobUnknown`."""
    job = await PosterJob.get_or_none(id=number)
    if job is None:
        raise JobUnknown
    return job


async def stop(job: PosterJob, *, at: datetime, by: str) -> None:
    """Raises `JobNotSo`. What is whole already stays."""
    await _move(job, JobState.STOPPED, among=(JobState.WAITING, JobState.RUNNING), at=at, by=by)


async def go_on(job: PosterJob, *, at: datetime, by: str) -> None:
    """Raises `JobNotSo`. Begins where it was stopped."""
    await _move(job, JobState.WAITING, among=(JobState.STOPPED, JobState.FAILED), at=at, by=by)


async def _move(job: PosterJob, to: JobState, *, among: Collection[JobState], at: datetime, by: str) -> None:
    async with in_transaction():
        job = await PosterJob.select_for_update().get(id=job.id)
        if job.state not in among:
            raise JobNotSo
        job.state, job.problem = to, ""
        await job.save(update_fields=["state", "problem"])
        await record(f"posters.{to.value}", by=by, at=at, object_id=str(job.id))


async def take(*, at: datetime) -> PosterJob | None:
    """The oldest that nobody is at; several workers never take the same."""
    for job in await PosterJob.filter(state__in=[JobState.WAITING, JobState.RUNNING]).order_by("id"):
        if await changed(TAKE, job.id, to_millis(at + HELD), to_millis(at)):
            return await PosterJob.get(id=job.id)
    return None


async def tell(job: PosterJob, *, done: int, total: int, at: datetime) -> bool:
    """How far it is; answers whether it is still wanted."""
    return bool(await changed(TELL, job.id, done, total, to_millis(at + HELD)))


async def end(job: PosterJob, state: JobState, *, problem: str = "") -> None:
    await changed(END, job.id, state.value, problem[:255])
