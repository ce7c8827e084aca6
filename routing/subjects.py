"""Who of the discipline bodies a structured subject is: the staff member, the body, and whether its head."""

from collections.abc import Iterator
from dataclasses import dataclass

from routing import texts
from routing.facts import Facts, Subject
from routing.matching import Match
from routing.nodes import BodyNode, StaffNode
from routing.places import Place
from routing.table import RoutingTable
from routing.wording import agree, is_discipline_post, plain, plain_unit

_OPEN_LEVELS = frozenset(("discipline", "unknown", "township"))
"""Levels at which a bare 书记, 主任 or 组长 beside a staff member's name may mean that staff member."""


@dataclass(frozen=True, slots=True)
class About:
    """A body of ours the matter is about; `staff` is None when only unit or post point to it."""

    body: BodyNode
    is_head: bool
    staff: StaffNode | None


def about_discipline(
    facts: Facts, table: RoutingTable, place: Place, matches: tuple[Match, ...]
) -> tuple[About, ...]:
    """Bodies and staff of ours the subject's fields mean; empty when it is about nobody of ours."""
    subject = facts.subject
    if subject is None:
        return ()
    named = tuple(_by_name(facts, subject, table, matches))
    body = body_of_unit(subject.unit, place, table) or _body_of_post(subject, table, place)
    if body is None:
        return named
    own = tuple(about for about in named if about.body.code == body.code)
    if own:
        return own
    meant = About(body, _names_head(subject), None)
    near = tuple(about for about in named if agree(given=subject.unit, known=about.body.name))
    return (*near, meant) if meant.is_head or not near else near


def _by_name(
    facts: Facts, subject: Subject, table: RoutingTable, matches: tuple[Match, ...]
) -> Iterator[About]:
    name = plain(subject.name)
    for match in matches:
        if isinstance(match.node, StaffNode) and match.is_subject:
            body = table.bodies.get(match.node.body_code)
            is_named = plain(match.node.name) in name or _is_by_name(match)
            if body is not None and is_named and _fits(facts, subject, match.node, body):
                yield About(body, match.node.role == "leader", match.node)


def _is_by_name(match: Match) -> bool:
    """Whether surname or sound of the subject's fields led there, not a post alone."""
    return not match.is_certain and not match.reason.startswith(texts.MATCH_HOLDER.partition("{")[0])


def _fits(facts: Facts, subject: Subject, person: StaffNode, body: BodyNode) -> bool:
    """Whether post or unit confirm a name; a matter about discipline staff needs no more than the name."""
    if facts.level == "discipline" or facts.purpose == "conduct":
        return not subject.unit or is_discipline_post(subject.unit + subject.post) or _covers(subject, body)
    if subject.unit:
        return is_discipline_post(subject.unit + subject.post) or _covers(subject, body)
    is_head_post = person.role == "leader" and texts.HEAD_POST.search(plain(subject.post)) is not None
    return is_discipline_post(subject.post) or (is_head_post and facts.level in _OPEN_LEVELS)


def _covers(subject: Subject, body: BodyNode) -> bool:
    """Whether the unit holds the whole name of the body: 清河镇 alone does not mean 清河镇纪委."""
    return plain_unit(body.name) in plain_unit(subject.unit)


def body_of_unit(unit: str, place: Place, table: RoutingTable) -> BodyNode | None:
    """The body a unit names: its exact name, else the longest name in it, else the one that ends so."""
    wanted = plain_unit(unit)
    if not wanted:
        return None
    bodies = table.scope(place).bodies
    exact = next((body for name, body in bodies if name == wanted), None)
    inside = next((body for name, body in bodies if name in wanted), None)
    ending = [body for name, body in bodies if name.endswith(wanted)] if is_discipline_post(unit) else []
    return exact or inside or (ending[0] if len(ending) == 1 else None)


def _body_of_post(subject: Subject, table: RoutingTable, place: Place) -> BodyNode | None:
    """The body whose head a post names outright (县纪委书记), the place telling which.

    In a county that is itself called a 市 (县级市), 市纪委书记 is taken as the county's.
    """
    post = plain_unit(subject.unit) + plain_unit(subject.post)
    county = table.tree.nodes.get(place.county)
    codes = {"city": place.city_body, "county": place.head, "township": place.township_body}
    if county is not None and county.name.endswith(texts.COUNTY_LEVEL_CITY):
        codes["city"] = place.head
    level = next((level for words, level in texts.HEAD_POSTS_BY_PLACE if words.search(post)), "")
    return table.bodies.get(codes.get(level, ""))


def _names_head(subject: Subject) -> bool:
    """A head's post, or a unit reported as a whole."""
    post = plain(subject.post)
    return texts.HEAD_POST.search(post) is not None or not (post or plain(subject.name))
