"""Draws the posters that were asked for in the console, one job at a time in each process."""

import asyncio
import contextlib
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from models.choices import JobState
from models.errors import DomainError
from models.poster_job import PosterJob
from organisation.codes.jobs import end, folder_of, take, tell
from organisation.house import House
from qrcodes import texts
from qrcodes.errors import AlreadyPrinting
from qrcodes.posters import Wanted, print_posters
from qrcodes.reprinting import entries_of, reprint

LOOK_SECONDS: Final = 2.0
TELL_SECONDS: Final = 1.0
# They can be drawn again from the codes at any time.
KEPT: Final = timedelta(days=30)


class _Unwanted(Exception):
    """Somebody stopped the job; raised among the drawing."""


async def run_jobs(*, house: House) -> None:
    """Until cancelled; a job of a killed process is gone on with a minute later."""
    while True:
        job = await take(at=house.clock.now())
        if job is None:
            await _forget_old(house)
            await asyncio.sleep(LOOK_SECONDS)
        else:
            await draw(job, house=house)


async def draw(job: PosterJob, *, house: House) -> None:
    course = _Course()
    telling = asyncio.create_task(course.tell(job, house=house))
    wanted = Wanted(
        public_url=house.public_url,
        area=job.area_id,
        purpose=job.purpose.value,
        groups=job.groups,
        size=job.paper.value,
    )
    folder, at = folder_of(house, job.id), house.clock.now()
    try:
        if job.entry_id:
            await _draw_one(job.entry_id, course, how=wanted, folder=folder, at=at, by=job.asked_by)
        else:
            await print_posters(
                wanted, region=job.region_id, out=folder, progress=course.hear, at=at, by=job.asked_by
            )
        await tell(job, done=course.done, total=course.total, at=house.clock.now())
        await end(job, JobState.DONE)
    except (_Unwanted, AlreadyPrinting):
        # stopped; or gone on with elsewhere before the old drawing noticed, and taken again in a minute
        pass
    except DomainError as error:
        await end(job, JobState.FAILED, problem=error.message)
    except OSError as error:
        await end(job, JobState.FAILED, problem=texts.DISK.get(error.errno or 0, texts.DISK_OTHERWISE))
    finally:
        course.is_wanted = False
        telling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await telling


async def _draw_one(
    code: str, course: "_Course", *, how: Wanted, folder: Path, at: datetime, by: str
) -> None:
    out = folder / f"{code}-{how.size}.pdf"
    course.hear(0, 1)
    await reprint(await entries_of([code]), how=how, out=out, at=at, by=by)
    course.hear(1, 1)


class _Course:
    """Between the thread that draws and the loop that tells."""

    def __init__(self) -> None:
        self.done = self.total = 0
        self.is_wanted = True

    def hear(self, done: int, total: int) -> None:
        if not self.is_wanted:
            raise _Unwanted
        self.done, self.total = done, total

    async def tell(self, job: PosterJob, *, house: House) -> None:
        while self.is_wanted:
            await asyncio.sleep(TELL_SECONDS)
            self.is_wanted = await tell(job, done=self.done, total=self.total, at=house.clock.now())


async def _forget_old(house: House) -> None:
    over = await PosterJob.filter(asked_at__lt=house.clock.now() - KEPT)
    for job in over:
        await asyncio.to_thread(shutil.rmtree, folder_of(house, job.id), ignore_errors=True)
        await job.delete()
