"""Posters asked for in the console are drawn by a worker, watched, stopped and gone on with."""

from typing import Any

import pytest

from models.area import Area
from models.choices import JobState, Paper, Purpose
from models.event import Event
from models.poster_job import PosterJob
from organisation.codes.errors import ColourWrong, HeaderTooLong, JobNotSo
from organisation.codes.jobs import HELD, ask_for, folder_of, go_on, stop, take, tell
from organisation.codes.style import set_style
from qrcodes.jobs import _Course, draw
from tests.qrcodes.conftest import COUNTY
from tests.qrcodes.test_posters_of_a_place import posters as posters_for

RED = (178, 34, 34)


async def asked(prefecture: Any, **changes: Any) -> PosterJob:
    wanted = {"region": prefecture.township, "area": None, "purpose": Purpose.REPORT, "groups": False}
    at = prefecture.house.clock.now()
    return await ask_for(**(wanted | {"paper": Paper.A5, "by": "staff:3", "at": at} | changes))


async def now_of(job: PosterJob) -> PosterJob:
    return await PosterJob.get(id=job.id)


async def test_a_job_is_drawn_and_told_of(prefecture: Any) -> None:
    house = prefecture.house
    job = await asked(prefecture)
    taken = await take(at=house.clock.now())
    assert taken is not None and taken.id == job.id
    assert await take(at=house.clock.now()) is None
    await draw(taken, house=house)
    done = await now_of(job)
    assert (done.state, done.done, done.total, done.problem) == (JobState.DONE, 3, 3, "")
    assert [file.suffix for file in folder_of(house, job.id).glob("[!.]*")] == [".pdf"]
    told = await Event.filter(action__in=["posters.ask", "entry.print"]).values_list("action", "actor")
    assert set(told) == {("posters.ask", "staff:3"), ("entry.print", "staff:3")}


async def test_a_job_of_a_killed_worker_is_taken_over(prefecture: Any) -> None:
    at = prefecture.house.clock.now()
    job = await asked(prefecture)
    assert await take(at=at) is not None
    assert await take(at=at + HELD / 2) is None
    again = await take(at=at + HELD * 1.1)
    assert again is not None and again.id == job.id


async def test_a_stopped_job_ends_among_the_drawing_and_goes_on(
    prefecture: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, at = prefecture.house, prefecture.house.clock.now()
    job = await asked(prefecture)
    taken = await take(at=at)
    await stop(taken, at=at, by="staff:3")
    assert not await tell(taken, done=1, total=3, at=at)
    with pytest.raises(JobNotSo):
        await stop(taken, at=at, by="staff:3")

    with monkeypatch.context() as patched:
        # the teller has heard of it before the first sheet is drawn
        patched.setattr(_Course, "is_wanted", property(lambda _: False, lambda _, value: None), raising=False)
        await draw(taken, house=house)
    assert (await now_of(job)).state is JobState.STOPPED
    assert not list(folder_of(house, job.id).glob("*.pdf"))
    await go_on(await now_of(job), at=at, by="staff:3")
    await draw(await take(at=at), house=house)
    assert (await now_of(job)).state is JobState.DONE


async def test_what_cannot_be_printed_is_said_in_words(prefecture: Any) -> None:
    await Area.filter(code="mz").update(name="民政𠮷")
    job = await asked(prefecture)
    await draw(await take(at=prefecture.house.clock.now()), house=prefecture.house)
    failed = await now_of(job)
    assert failed.state is JobState.FAILED and "𠮷" in failed.problem
    nothing = await asked(prefecture, purpose=Purpose.SURVEY)
    await draw(await take(at=prefecture.house.clock.now()), house=prefecture.house)
    assert (await now_of(nothing)).state is JobState.FAILED


async def test_a_disk_that_fails_is_said_and_the_job_can_go_on(prefecture: Any) -> None:
    house = prefecture.house
    job = await asked(prefecture)
    folder_of(house, job.id).parent.mkdir(parents=True)
    folder_of(house, job.id).write_text("a file where the folder should be")
    await draw(await take(at=house.clock.now()), house=house)
    assert "磁盘" in (await now_of(job)).problem
    folder_of(house, job.id).unlink()
    await go_on(await now_of(job), at=house.clock.now(), by="staff:3")
    await draw(await take(at=house.clock.now()), house=house)
    assert (await now_of(job)).state is JobState.DONE


async def test_a_county_s_style_is_a_row(prefecture: Any) -> None:
    async def styled(header: str, colour: str) -> None:
        at = prefecture.house.clock.now()
        await set_style(COUNTY, header=header, colour=colour, at=at, by="system")

    (poster, *_) = await posters_for(prefecture, prefecture.village)
    assert (poster.header, poster.colour) == ("", RED)
    await styled("云岭县纪委监委", "#00503c")
    await styled("云岭县纪委监委监制", "#00503C")
    (poster, *_) = await posters_for(prefecture, prefecture.village)
    assert (poster.header, poster.colour) == ("云岭县纪委监委监制", (0, 80, 60))
    for colour in ("#ffff00", "red", "#12345", ""):
        with pytest.raises(ColourWrong):
            await styled("", colour)
    with pytest.raises(HeaderTooLong):
        await styled("长" * 21, "#00503c")
