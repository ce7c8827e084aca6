"""What a list shows of its viewer's saved filters: links on top, the one that is open, and the forms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from access.viewer import Viewer
from casework.errors import FieldWrong
from console.doorway import BY_ITSELF
from console.filters import texts
from console.filters.kept import NAME_LIMIT, Kept, asked_of, filters_of, open_filter
from console.forms import Form
from organisation.house import HOUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """`new` are the fields of what the list is narrowed by and nothing saved holds; `open_id` is empty where none is
    open. `wrong` and `typed` belong to the form of `wrong_id`, an empty id being that of a new one."""

    of_list: str
    kept: Sequence[Kept]
    open_id: str
    new: Mapping[str, str]
    done: str
    wrong: str
    wrong_id: str
    typed: str
    limit: int = NAME_LIMIT


async def narrowed_by(request: web.Request, query: Form, *, of_list: str, by: Viewer) -> Form:
    """The query with the fields of the saved filter that it names. Raises `FilterGone`."""
    if not query.get("saved"):
        return query
    is_used = BY_ITSELF not in request.headers
    house = request.config_dict[HOUSE]
    one = await open_filter(query["saved"], of_list=of_list, by=by, house=house, is_used=is_used)
    return {**query, **one.asked}


async def shelf_of(
    request: web.Request,
    query: Form,
    *,
    of_list: str,
    by: Viewer,
    refused: FieldWrong | None = None,
    form: Form | None = None,
) -> Shelf:
    """`query` as `narrowed_by` gave it."""
    kept = await filters_of(by, of_list=of_list, house=request.config_dict[HOUSE])
    asked = asked_of(query, of_list=of_list)
    form = form or {}
    return Shelf(
        of_list=of_list,
        kept=kept,
        open_id=next((one.id for one in kept if one.asked == asked), ""),
        new={} if any(one.asked == asked for one in kept) else asked,
        done=texts.DONE.get(query.get("filter", ""), ""),
        wrong=refused.message if refused else "",
        wrong_id=form.get("id", ""),
        typed=form.get("name", ""),
    )
