"""Roles in words: one's own, those of any kind of body, and those to choose from where an account is made."""

from collections.abc import Sequence

from aiohttp import web

from console.account import texts
from console.account.duties import POSTS, Duties, duties_of, shared, somebody
from console.callers import Caller, allowed
from console.forms import read_query
from console.pages import page
from console.reports import viewer_of
from models.choices import BodyLevel, Role, Room

Options = Sequence[tuple[str, str]]


@allowed(Caller.SIGNED_IN)
async def show_roles(request: web.Request) -> web.StreamResponse:
    """One's own; another one of `?role=&body=`, for whoever gives roles or wants to know who may do what."""
    viewer, query = viewer_of(request), read_query(request)
    bodies = {f"{level}.{room}": (level, room) for level, room in POSTS}
    role, body = query.get("role", ""), query.get("body", "")
    is_other = role in list(Role) and body in bodies
    if is_other:
        level, room = bodies[body]
        shown, title = (
            somebody(Role(role), level=level, room=room),
            title_of(Role(role), level=level, room=room),
        )
    else:
        role, body = viewer.role, f"{viewer.body_level}.{viewer.room}"
        shown, title = viewer, ""
    return page(
        request,
        "roles.html",
        title=title,
        duties=duties_of(shown),
        roles=[(str(each), each.label) for each in Role],
        bodies=[(key, body_in_words(level, room)) for key, (level, room) in bodies.items()],
        role=role,
        body=body,
    )


def beside_choice(roles: Sequence[str], *, level: str = "", room: str = "") -> list[tuple[str, Duties]]:
    """Each role's label, and what holds for it in the body of this kind, or in every kind where none is known."""
    posts = [(BodyLevel(level), Room(room))] if level else POSTS
    return [
        (
            Role(role).label,
            shared([duties_of(somebody(Role(role), level=each, room=room)) for each, room in posts]),
        )
        for role in roles
    ]


def title_of(role: Role, *, level: BodyLevel, room: Room) -> str:
    return texts.POST.format(body=body_in_words(level, room), role=role.label)


def body_in_words(level: BodyLevel, room: Room) -> str:
    return texts.ROOM.format(body=level.label, room="" if room is Room.NONE else room.label)
