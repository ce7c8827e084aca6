"""限量: what this place sets aside, refuses or plans for, as it was set on the machine; nothing of what came."""

from typing import Any, Final

from aiohttp import web

from console import texts
from console.callers import Caller, allowed
from console.pages import page
from delivery.quotas import QUOTAS
from intake.unfiled import MEGABYTE, MOST_BYTES, MOST_BYTES_A_SOURCE, MOST_FILES
from models.choices import Channel
from models.quota_spent import QuotaSpent
from organisation.floods import SCOPES
from organisation.house import HOUSE

UPLOADS: Final = {
    "bytes": MOST_BYTES // MEGABYTE,
    "files": MOST_FILES,
    "source": MOST_BYTES_A_SOURCE // MEGABYTE,
}


@allowed(Caller.WATCHER)
async def show_limits(request: web.Request) -> web.StreamResponse:
    """Limits and no counts: how much is going on tells of reports that the reader may not know of."""
    house = request.config_dict[HOUSE]
    floods: list[tuple[str, list[tuple[int, int]]]] = [
        (Channel(door).label, [limits[scope] for scope in SCOPES]) for door, limits in house.floods.items()
    ]
    shown: dict[str, Any] = {
        "scopes": [texts.FLOOD_SCOPES[scope] for scope in SCOPES],
        "floods": floods,
        "quotas": [(texts.QUOTA_NAMES[api], most) for api, most in (await _quotas()).items()],
        "uploads": UPLOADS,
    }
    return page(request, "limits.html", **shown)


async def _quotas() -> dict[str, int]:
    """As they were when they were last counted; before that as they are by default."""
    counted = await QuotaSpent.all().order_by("ends_at").values_list("api", "most")
    return {**QUOTAS, **dict(counted)}
