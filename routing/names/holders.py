"""Who of a place holds a post that somebody mentions: village first, then township, then the discipline bodies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from routing import texts as routing_texts
from routing.names import texts
from routing.names.index import Person
from routing.names.titles import Title
from routing.nodes import BodyNode, CadreNode
from routing.places import Place
from routing.scopes import Scope
from routing.table import RoutingTable
from routing.wording import plain, plain_unit


@dataclass(frozen=True, slots=True)
class Here:
    """The place of one report, and how its reporter says how high the person stands."""

    place: Place
    village: str
    level: str
    scope: Scope
    table: RoutingTable


def holders(title: Title, here: Here, *, everyone: bool = False) -> list[Person]:
    """Who may be meant by a post with a surname, or by a post alone where the place has one holder.

    `everyone` leaves the surname aside: for names that are misspelled beside a post.
    """
    surname = "" if everyone else title.surname
    groups = _groups(title, here, is_alone=not (surname or everyone))
    for group in groups:
        found = [node for node in group if node.name.startswith(surname)] if surname else list(group)
        if found:
            return _exact_first(found, title)
    return []


def _exact_first(found: list[Person], title: Title) -> list[Person]:
    """王镇长 is the head where one is called so, else perhaps the deputy."""
    cadres = [node for node in found if isinstance(node, CadreNode)]
    exact = [node for node in cadres if ("副" in node.post) == title.is_deputy]
    return [node for node in found if not isinstance(node, CadreNode) or node in exact or not exact]


def _groups(title: Title, here: Here, *, is_alone: bool) -> Iterator[Iterable[Person]]:
    """Groups of holders, nearest first; the first with somebody in it is meant."""
    unit = title.unit
    if is_elsewhere(title.around, here) or (is_alone and not _is_told_by_its_unit(title)):
        return
    if texts.DISCIPLINE.search(unit):
        yield _staff(title, here, is_alone=is_alone)
        return
    if title.kind == "supervisor" or texts.SUPERVISION.search(unit):
        yield _liaisons(title, here) if not is_alone else ()
        return
    if title.kind == "bureau":
        yield _of_departments(title, here, is_alone=is_alone)
        return
    if texts.OTHER_UNITS.search(unit) or title.kind not in texts.POSTS:
        return
    yield from _of_place(title, here, is_alone=is_alone)


def _is_told_by_its_unit(title: Title) -> bool:
    """村支书, 镇的书记: a post alone says nothing unless its unit stands right before it, or is in its name."""
    is_in_name = title.word in texts.VILLAGE_TITLES or title.kind in ("mayor", "county")
    return is_in_name or texts.RIGHT_BESIDE.search(title.unit) is not None


def _of_place(title: Title, here: Here, *, is_alone: bool) -> Iterator[Iterable[Person]]:
    unit, kind = title.unit, title.kind
    is_village = bool(texts.VILLAGE.search(unit)) or title.word in texts.VILLAGE_TITLES
    is_township = bool(texts.TOWNSHIP.search(unit)) and not is_village
    if kind == "county" or (texts.COUNTY.search(unit) and not (is_village or is_township)):
        yield _with_post(here.scope.cadres_of(here.place.county), title, ("county",))
        return
    if is_alone and not (is_village or is_township or kind == "mayor"):
        return
    village = _with_post(here.scope.cadres_of(here.village), title, ("village",))
    township = _with_post(here.scope.cadres_of(here.place.township), title, ("township",))
    if is_village:
        yield village
    elif is_township or kind == "mayor":
        yield township
    else:
        first, second = (
            (township, village) if here.level in ("township", "discipline") else (village, township)
        )
        yield first
        if kind == "director":
            yield _liaisons(title, here)
        yield second
        if kind == "secretary":
            yield _leaders(here.table, here.place.township_body)


def is_elsewhere(unit: str, here: Here) -> bool:
    """Whether the words before a name or post speak of another place."""
    if texts.ELSEWHERE.search(unit):
        return True
    return any(stem in unit for stem, code in here.scope.villages if code != here.village)


def is_said_elsewhere(text: str, after: int, here: Here) -> bool:
    """狄书记是桂花墩的: the place comes after the post."""
    found = texts.SAID_ELSEWHERE.match(text, after)
    return found is not None and is_elsewhere(found["place"], here)


def _with_post(cadres: Iterable[CadreNode], title: Title, levels: tuple[str, ...]) -> list[Person]:
    words = texts.POSTS[title.kind]
    return [
        cadre
        for cadre in cadres
        if cadre.level in levels
        and any(word in cadre.post for word in words)
        and (not title.is_deputy or "副" in cadre.post)
    ]


def _of_departments(title: Title, here: Here, *, is_alone: bool) -> list[Person]:
    named = texts.BUREAU.search(title.unit + title.word)
    stem = named[1] if named and len(title.unit) > 1 else ""
    if is_alone and not stem:
        return []
    cadres = _with_post(here.scope.cadres_of(here.place.county), title, ("department",))
    return [node for node in cadres if isinstance(node, CadreNode) and stem in node.unit]


def _liaisons(title: Title, here: Here) -> list[Person]:
    found: list[Person] = []
    for liaison in here.scope.liaisons_of(here.village):
        if any(word in title.word + title.kind for word in texts.LIAISON_TITLES.get(liaison.role, ())):
            found.append(liaison)
    return found


def _staff(title: Title, here: Here, *, is_alone: bool) -> list[Person]:
    body = body_meant(title.unit, here)
    people = here.table.staff_of(body.code) if body else ()
    leaders = [person for person in people if person.role == "leader"]
    if is_alone:
        return list(leaders) if title.kind in texts.HEADS and not title.is_deputy else []
    if title.kind in texts.HEADS and not title.is_deputy:
        named = [person for person in leaders if person.name.startswith(title.surname)]
        return list(named if named and title.surname else people)
    return list(people)


def _leaders(table: RoutingTable, body_code: str) -> list[Person]:
    return [person for person in table.staff_of(body_code) if person.role == "leader"]


def body_meant(unit: str, here: Here) -> BodyNode | None:
    """The body of ours that some words mean, from the place of the report; a township's own by default."""
    named = plain_unit(unit)
    whole = next((body for name, body in here.scope.bodies if name in named), None)
    for stem, body in here.scope.bodies_by_stem:
        if stem in named and body.level in ("township", "county", "office", "stationed"):
            whole = whole or body
    if whole is not None and (whole.level != "county" or whole.room):
        return whole
    room = next((room for room, word in texts.ROOMS if word in unit), "")
    if room:
        return next((b for _, b in here.scope.bodies if b.room == room), None)
    if texts.STATIONED.search(unit):
        return _stationed(unit, here)
    ordinal = texts.ORDINAL.search(unit)
    if ordinal:
        return next(
            (b for _, b in here.scope.bodies if b.level == "office" and f"第{ordinal[1]}" in b.name), None
        )
    if texts.OF_CITY.search(unit) and not _is_county_level_city(here):
        return here.table.bodies.get(here.place.city_body)
    is_county = whole is not None or texts.OF_COUNTY.search(unit) or texts.OF_CITY.search(unit)
    code = here.place.head if is_county else here.place.township_body
    return here.table.bodies.get(code)


def _is_county_level_city(here: Here) -> bool:
    county = here.table.tree.nodes.get(here.place.county)
    return county is not None and county.name.endswith(routing_texts.COUNTY_LEVEL_CITY)


def _stationed(unit: str, here: Here) -> BodyNode | None:
    departments = [unit[at : at + 2] for at in range(len(unit) - 1)]
    for _, body in here.scope.bodies:
        if body.level == "stationed":
            own = plain(body.name).rpartition("驻")[2]
            if any(own.startswith(department) for department in departments):
                return body
    return None
