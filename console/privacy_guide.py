"""隐私指引: the county says who operates this and how to reach them; the rest the product tells itself."""

from aiohttp import web

from clients.content_check import ContentDoubtful, ContentNotChecked, ContentRefused
from console import texts
from console.callers import Caller, allowed
from console.content import content_check
from console.drafting import draft_here
from console.forms import Form, read_form, read_query
from console.pages import page
from console.reports import viewer_of
from disclosures.privacy_guide import GuideIncomplete, guide_of, keep_guide
from models.errors import DomainError
from organisation.house import HOUSE

HOME = "/console/privacy-guide"
FIELDS = ("operator", "contact", "more")


@allowed(Caller.COUNTY)
async def show_privacy_guide(request: web.Request) -> web.StreamResponse:
    found = await guide_of([viewer_of(request).county_code])
    stands = {name: getattr(found, name) if found else "" for name in FIELDS}
    return _page(request, form=stands | await draft_here("privacy-guide", request=request))


def _page(request: web.Request, *, form: Form, refused: DomainError | None = None) -> web.Response:
    done = texts.DONE.get(read_query(request).get("done", ""), "")
    values = {"form": form, "refused": refused, "done": done}
    is_doubtful = isinstance(refused, ContentDoubtful)
    status = 422 if refused else 200
    return page(request, "privacy_guide.html", status=status, is_doubtful=is_doubtful, **values)


@allowed(Caller.COUNTY)
async def save_privacy_guide(request: web.Request) -> web.StreamResponse:
    viewer, form = viewer_of(request), await read_form(request)
    try:
        await keep_guide(
            **{name: form.get(name, "") for name in FIELDS},
            county=viewer.county_code,
            by=viewer.actor,
            house=request.config_dict[HOUSE],
            check=content_check(request),
            is_reviewed=form.get("reviewed") == "yes",
        )
    except (GuideIncomplete, ContentRefused, ContentNotChecked) as refused:
        return _page(request, form={name: form.get(name, "") for name in FIELDS}, refused=refused)
    raise web.HTTPSeeOther(f"{HOME}?done=published")
