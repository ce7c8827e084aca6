"""Whether it is solved, as the reporter says."""

from access.reports import ReportNotFound
from casework.errors import RatingNotPossible
from casework.rate import rate
from miniapp_api import shapes
from miniapp_api.errors import TooMany
from miniapp_api.limits import spend
from miniapp_api.operations import SIGNED_IN, Call, operation
from miniapp_api.reports import own_of
from miniapp_api.views import opened


@operation(
    "POST",
    "/reports/{number}/rating",
    who=SIGNED_IN,
    body=shapes.RatingBody,
    answer=shapes.OpenedReport,
    status=201,
    creates=True,
    wakes="outbox",
    refuses=(ReportNotFound, RatingNotPossible, TooMany),
)
async def rate_report(call: Call) -> shapes.OpenedReport:
    body, report = call.read(shapes.RatingBody), await own_of(call)
    await spend(call.session, house=call.house)
    await rate(report, result=body.result, text=body.text, house=call.house)
    return await opened(report, house=call.house)
