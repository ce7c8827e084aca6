"""Who is out, before any rule runs: recused, matched, asked to be avoided, or ruled out later."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from routing import texts
from routing.facts import Facts
from routing.matching import Match, is_cleared
from routing.nodes import CadreNode, RecusalNode
from routing.places import Place
from routing.subjects import About
from routing.table import RoutingTable
from routing.wording import plain

Cause = Literal["recusal", "match"]
Bar = tuple[str, str, Cause]
"""Person key or "body:<code>", reason in words, cause."""


@dataclass(frozen=True, slots=True)
class Conflicts:
    """Who may have nothing to do with a matter.

    `people` maps person keys, `bodies` body codes, each to the reason in words. `causes` maps person keys and
    "body:<code>" to "recusal" (stands) or "match" (an unmatched handler may dismiss it); both: "recusal".
    """

    people: Mapping[str, str]
    bodies: Mapping[str, str]
    causes: Mapping[str, Cause]

    def why_out(self, body_code: str, table: RoutingTable) -> str | None:
        """Why a body may not own the matter: itself out, or no handler or no leader free of conflict."""
        if body_code in self.bodies:
            return self.bodies[body_code]
        body = table.bodies.get(body_code)
        if body is None or not body.is_ready:
            return texts.VACANT if is_vacant(body_code, table) else texts.INACTIVE
        if not self.people:
            return None
        staff = table.staff_of(body_code)
        free = {p.role for p in staff if p.is_active and p.key not in self.people}
        return None if {"handler", "leader"} <= free else texts.NO_LEADER_OR_HANDLER

    def touches(self, body_code: str, table: RoutingTable) -> bool:
        """Whether the body or anyone in it is in conflict, however many others are free."""
        return body_code in self.bodies or any(p.key in self.people for p in table.staff_of(body_code))


NOBODY = Conflicts(people={}, bodies={}, causes={})


def is_vacant(body_code: str, table: RoutingTable) -> bool:
    """Whether an active body lacks a handler or a leader quite apart from any conflict."""
    body = table.bodies.get(body_code)
    return body is not None and body.is_active and not body.is_ready


def find_conflicts(
    facts: Facts, table: RoutingTable, place: Place, matches: tuple[Match, ...], abouts: tuple[About, ...]
) -> Conflicts:
    """Everyone out. What is given first gives the reason: asked for and declared, registered, matched."""
    sources: list[Iterable[Bar]] = []
    if facts.ruled_out_bodies or facts.ruled_out_people or facts.appeal_of or facts.avoid:
        sources.append(_given(facts, place))
    if table.recusals_from and (matches or _may_be_touched(facts, table, place, abouts)):
        sources.append(_registered(facts, table, place, matches, abouts))
    if matches or abouts:
        sources.append(_reported(facts, table, abouts))
        sources.append(
            (m.who, m.reason, "match") for m in matches if not isinstance(m.node, CadreNode | RecusalNode)
        )
    return _gathered(sources) if sources else NOBODY


def _gathered(sources: Iterable[Iterable[Bar]]) -> Conflicts:
    people: dict[str, str] = {}
    bodies: dict[str, str] = {}
    causes: dict[str, Cause] = {}
    for who, reason, cause in chain.from_iterable(sources):
        if who in causes:
            continue
        causes[who] = cause
        if who.startswith("body:"):
            bodies[who.removeprefix("body:")] = reason
        else:
            people[who] = reason
    return Conflicts(people, bodies, causes) if causes else NOBODY


def _given(facts: Facts, place: Place) -> Iterator[Bar]:
    for code, reason in facts.ruled_out_bodies.items():
        yield (f"body:{code}", reason, "recusal")
    for who, reason in facts.ruled_out_people.items():
        yield (who, reason, "recusal")
    if facts.appeal_of:
        yield (f"body:{facts.appeal_of}", texts.DECIDED_BEFORE, "recusal")
    if "township" in facts.avoid and place.township_body:
        yield (f"body:{place.township_body}", texts.AVOID_TOWNSHIP, "recusal")


def _registered(
    facts: Facts, table: RoutingTable, place: Place, matches: tuple[Match, ...], abouts: tuple[About, ...]
) -> Iterator[Bar]:
    """Recusals from what the matter touches stand; those from somebody who only may be meant can be dismissed."""
    guessed: list[RecusalNode] = []
    for match in matches:
        found = _from_match(match, table)
        if not match.is_certain:
            guessed.extend(found)
            continue
        for recusal in found:
            yield (recusal.who, _words(recusal), "recusal")
    for key in _touched(facts, table, place, abouts):
        for recusal in table.recusals_from.get(key, ()):
            yield (recusal.who, _words(recusal), "recusal")
    for recusal in guessed:
        if not is_cleared(facts, recusal.who, texts.MATCH_RECUSED):
            yield (recusal.who, texts.MATCH_RECUSED, "match")


def _from_match(match: Match, table: RoutingTable) -> Iterator[RecusalNode]:
    """The recusal that names whom the report mentions, or those from a cadre it means."""
    if isinstance(match.node, RecusalNode):
        yield match.node
    elif isinstance(match.node, CadreNode):
        for name in (match.node.name, *match.node.aliases):
            yield from table.recusals_from.get(("person", plain(name)), ())


def _may_be_touched(facts: Facts, table: RoutingTable, place: Place, abouts: tuple[About, ...]) -> bool:
    """Whether `_touched` finds anything: nothing, for most matters."""
    return (
        facts.level == "discipline"
        or facts.purpose == "conduct"
        or bool(facts.appeal_of or abouts)
        or table.is_recused(facts.region_code, place)
    )


def _touched(
    facts: Facts, table: RoutingTable, place: Place, abouts: tuple[About, ...]
) -> Iterator[tuple[str, str]]:
    """Keys of `recusals_from`: the regions the place lies in and the bodies meant."""
    for code in table.around(facts.region_code, place):
        if code in table.recused_regions:
            yield ("region", code)
    if facts.appeal_of:
        yield ("body", facts.appeal_of)
    for about in abouts:
        yield ("body", about.body.code)
    if not abouts and (facts.level == "discipline" or facts.purpose == "conduct"):
        yield ("body", place.township_body)


def _words(recusal: RecusalNode) -> str:
    return texts.RECUSED.format(reason=recusal.reason) if recusal.reason else texts.RECUSED_PLAIN


def _reported(facts: Facts, table: RoutingTable, abouts: tuple[About, ...]) -> Iterator[Bar]:
    for about in abouts:
        code = about.body.code
        body = f"body:{code}"
        if about.is_head and not is_cleared(facts, body, texts.REPORTED_BODY):
            yield (body, texts.REPORTED_BODY, "match")
        elif about.body.room == "cadre" and not is_cleared(facts, body, texts.REPORTED_CADRE_ROOM):
            yield (body, texts.REPORTED_CADRE_ROOM, "match")
        if about.staff is not None:
            yield (about.staff.key, texts.REPORTED_PERSON, "match")
        elif about.is_head:
            for person in table.staff_of(code):
                if person.role == "leader" and not is_cleared(facts, person.key, texts.MATCH_HEAD):
                    yield (person.key, texts.MATCH_HEAD, "match")
