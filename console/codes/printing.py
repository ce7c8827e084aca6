"""Posters asked for in the console: watched while they are drawn, stopped, gone on with, and downloaded."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from aiohttp import web

from console.callers import Caller, allowed
from console.codes.ordering import entry_to_print_again, wanted_of
from console.codes.places import keeper_of
from console.forms import Form, read_form, read_query
from console.keeping.rows import Desk
from console.pages import page
from models.choices import JobState, Paper, Purpose
from models.poster_job import PosterJob
from organisation.codes.errors import JobUnknown, PlaceUnknown
from organisation.codes.jobs import ask_for, folder_of, go_on, job_of, stop
from organisation.codes.reach import require_place
from organisation.codes.style import set_style, styles
from organisation.entry_codes import grouped

JOBS = "/console/codes/posters"
SHOWN = 50
MOVING = (JobState.WAITING, JobState.RUNNING)


@allowed(Caller.KEEPER)
async def show_jobs(request: web.Request) -> web.StreamResponse:
    desk, top = await keeper_of(request)
    table = desk.house.organisation.table
    query = read_query(request)
    entry = await entry_to_print_again(query["code"], desk) if query.get("code") else None
    region = entry.region_id if entry else query.get("region", "") or top
    require_place(desk.reach, region, table=table)
    jobs = [job for job in await PosterJob.all().order_by("-id").limit(SHOWN) if _is_within(job, top, desk)]
    files = await asyncio.to_thread(lambda: {job.id: _files(folder_of(desk.house, job.id)) for job in jobs})
    return page(
        request,
        "posters.html",
        region=region,
        name="".join(table.names_of(region)[1:]) or table.tree.nodes[region].name,
        areas=list(table.areas.items()),
        papers=[(each.value, each.label) for each in Paper],
        jobs=[
            (job, "".join(table.names_of(job.region_id)[1:]), files[job.id], _letters(job.entry_id))
            for job in jobs
        ],
        entry=entry,
        letters=_letters(entry.code) if entry else "",
        purposes=[(each.value, each.label) for each in Purpose],
        style=(await styles()).get(region),
        is_moving=any(job.state in MOVING for job in jobs),
        county=region if table.tree.nodes[region].level == "county" and not desk.reach.body else "",
    )


@allowed(Caller.KEEPER)
async def ask_for_posters(request: web.Request) -> web.StreamResponse:
    desk, _ = await keeper_of(request)
    form = await read_form(request)
    if form.get("paper") not in set(Paper):
        raise web.HTTPUnprocessableEntity
    which = await wanted_of(form, desk)
    at, by = desk.house.clock.now(), desk.viewer.actor
    job = await ask_for(**which, paper=Paper(form["paper"]), at=at, by=by)
    raise _back(job.region_id)


def _letters(code: str | None) -> str:
    return grouped(code) if code else ""


@allowed(Caller.KEEPER)
async def move_job(request: web.Request) -> web.StreamResponse:
    desk, top = await keeper_of(request)
    job = await _job(request, desk, top)
    move = stop if request.match_info["what"] == "stop" else go_on
    await move(job, at=desk.house.clock.now(), by=desk.viewer.actor)
    raise _back(top)


@allowed(Caller.KEEPER)
async def show_printed(request: web.Request) -> web.StreamResponse:
    desk, top = await keeper_of(request)
    folder = folder_of(desk.house, (await _job(request, desk, top)).id)
    name = request.match_info["name"]
    if name not in await asyncio.to_thread(_files, folder):
        raise JobUnknown
    return web.FileResponse(
        folder / name, headers={"Content-Disposition": f'attachment; filename="{_plain(name)}"'}
    )


@allowed(Caller.KEEPER)
async def save_style(request: web.Request) -> web.StreamResponse:
    desk, _ = await keeper_of(request)
    form: Form = await read_form(request)
    county, table = form.get("region", ""), desk.house.organisation.table
    require_place(desk.reach, county, table=table)
    if desk.reach.body or table.tree.nodes[county].level != "county":
        raise PlaceUnknown
    header, colour, at = form.get("header", ""), form.get("colour", ""), desk.house.clock.now()
    await set_style(county, header=header, colour=colour, at=at, by=desk.viewer.actor)
    raise _back(county)


async def _job(request: web.Request, desk: Desk, top: str) -> PosterJob:
    """Raises `JobUnknown`: out of reach and not there look the same."""
    job = await job_of(int(request.match_info["job"]))
    if not _is_within(job, top, desk):
        raise JobUnknown
    return job


def _is_within(job: PosterJob, top: str, desk: Desk) -> bool:
    return top in desk.house.organisation.table.path(job.region_id)


def _files(folder: Path) -> Sequence[str]:
    return sorted(file.name for file in folder.glob("*.pdf")) if folder.is_dir() else ()


def _plain(name: str) -> str:
    """A header holds no Chinese; the code of the township tells the files apart."""
    return "".join(character for character in name if character.isascii())


def _back(region: str) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"{JOBS}?{urlencode({'region': region})}")
