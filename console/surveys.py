"""问卷: a county makes one, reads the answers as charts, and ends it."""

from aiohttp import web

from clients.content_check import ContentDoubtful, ContentNotChecked, ContentRefused
from console.callers import Caller, allowed
from console.content import content_check
from console.drafting import draft_here
from console.forms import read_form
from console.pages import page
from console.reports import viewer_of
from models.errors import DomainError
from organisation.house import HOUSE
from surveys.errors import QuestionsWrong, SurveyIncomplete
from surveys.keeping import end_survey, make_survey, survey_of, surveys_of
from surveys.results import results_of
from vault.log import record


@allowed(Caller.COUNTY)
async def show_surveys(request: web.Request) -> web.StreamResponse:
    return await _list(request, form=await draft_here("survey", request=request))


async def _list(
    request: web.Request, *, form: dict[str, str], refused: DomainError | None = None
) -> web.StreamResponse:
    house = request.config_dict[HOUSE]
    found = await surveys_of(viewer_of(request).county_code)
    places = {one.code: "".join(house.organisation.table.names_of(one.region_id)[1:]) for one in found}
    status = 422 if refused else 200
    values = {"surveys": found, "places": places, "form": form, "refused": refused}
    is_doubtful = isinstance(refused, ContentDoubtful)
    return page(request, "surveys.html", status=status, is_doubtful=is_doubtful, **values)


@allowed(Caller.COUNTY)
async def save_survey(request: web.Request) -> web.StreamResponse:
    viewer, house, form = viewer_of(request), request.config_dict[HOUSE], await read_form(request)
    try:
        made = await make_survey(
            title=form.get("title", ""),
            text=form.get("text", ""),
            region=form.get("region", "").strip() or viewer.county_code,
            written=form.get("questions", ""),
            is_once=form.get("once") == "yes",
            county=viewer.county_code,
            by=viewer.actor,
            house=house,
            check=content_check(request),
            is_reviewed=form.get("reviewed") == "yes",
        )
    except (QuestionsWrong, SurveyIncomplete, ContentRefused, ContentNotChecked) as refused:
        return await _list(request, form=form, refused=refused)
    raise web.HTTPSeeOther(f"/console/surveys/{made.code}")


@allowed(Caller.COUNTY)
async def show_results(request: web.Request) -> web.StreamResponse:
    """Raises `SurveyUnknown`."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    survey = await survey_of(request.match_info["code"], within=viewer.county_code, house=house)
    results = await results_of(survey, house=house)
    await record("survey.read", by=viewer.actor, at=house.clock.now(), object_id=survey.code)
    return page(request, "survey.html", survey=survey, results=results)


@allowed(Caller.COUNTY)
async def stop_survey(request: web.Request) -> web.StreamResponse:
    """Raises `SurveyUnknown`."""
    viewer, house = viewer_of(request), request.config_dict[HOUSE]
    code = request.match_info["code"]
    await end_survey(code, within=viewer.county_code, by=viewer.actor, house=house)
    raise web.HTTPSeeOther(f"/console/surveys/{code}")
