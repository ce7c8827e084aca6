"""Whether every grid × area × level × any single recusal leads to a free body with a leader and a handler.

Asked of `decide` itself, once for each set of cases that it cannot tell apart: a decision without words depends
on the competent bodies of the place, on the registered recusals from the regions it lies in, on who is named for
the area, on the level, and of those recused only on people of the bodies looked at. Whom the deciding body's
people are not touches nothing, so only these are recused one by one, and their body as a whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from routing.authority import FLOOR
from routing.decide import decide, explain_recused
from routing.facts import Facts
from routing.linter import texts
from routing.linter.findings import Finding, found
from routing.table import RoutingTable
from routing.texts import LEVELS

SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Way:
    """One set of cases, by its first: where it leads, and what a single recusal there would do.

    `fails` is "no_way" when nobody can have it as things stand, "one_deep" when one person's recusal leaves
    nobody, "body_deep" when only that of the whole body does; empty when all is well.
    """

    region_code: str
    area_code: str
    level: str
    body: str
    fails: str = ""


def ways(table: RoutingTable) -> Iterator[Way]:
    for region in _unlike_places(table):
        for area in _unlike_areas(table, region):
            for level in FLOOR:
                yield _way(Facts(region_code=region, area_code=area, level=level), table)


def way_findings(table: RoutingTable) -> Iterator[Finding]:
    """Places that lead nowhere, and bodies on whose people everything hangs; each once."""
    failed = [way for way in ways(table) if way.fails]
    nowhere = (way for way in failed if way.fails == "no_way")
    yield found("error", "no_way", ((way.region_code, _about(way, table)) for way in nowhere))
    for kind in ("one_deep", "body_deep"):
        yield found("error", kind, _by_body([way for way in failed if way.fails == kind], table))


def leads_somewhere(facts: Facts, table: RoutingTable) -> str:
    """The code of a free body that is ready to act, or empty."""
    decision = decide(facts, table)
    if decision.body is None or decision.failed_rule is not None:
        return ""
    out = explain_recused(facts, table).why_out(decision.body, table)
    return decision.body if out is None else ""


def _way(facts: Facts, table: RoutingTable) -> Way:
    body = leads_somewhere(facts, table)
    way = Way(facts.region_code, facts.area_code, facts.level, body)
    if not body:
        return replace(way, fails="no_way")
    for person in table.staff_of(body):
        if not leads_somewhere(replace(facts, ruled_out_people={person.key: SINGLE}), table):
            return replace(way, fails="one_deep")
    # above the city is nobody of ours: its recusal as a whole goes outside by the rule itself
    is_city = table.bodies[body].level == "city"
    if not is_city and not leads_somewhere(replace(facts, ruled_out_bodies={body: SINGLE}), table):
        return replace(way, fails="body_deep")
    return way


def _unlike_places(table: RoutingTable) -> Iterator[str]:
    """A region for each township and each set of registered recusals from regions within it."""
    recused = {value for kind, value in table.recusals_from if kind == "region"}
    seen: set[tuple[str, ...]] = set()
    for code, node in sorted(table.tree.nodes.items()):
        if node.level not in ("township", "village", "group"):
            continue
        upward = table.tree.upward(code)
        township = table.tree.above(code, "township") or code
        kind = (township, *(above for above in upward if above in recused))
        if kind not in seen:
            seen.add(kind)
            yield code


def _unlike_areas(table: RoutingTable, region: str) -> Iterator[str]:
    county = table.place(region).county
    seen: set[tuple[str, ...]] = set()
    for area in sorted(table.areas):
        named = tuple(table.specialists.get((county, area, level), "") for level in FLOOR)
        if named not in seen:
            seen.add(named)
            yield area


def _about(way: Way, table: RoutingTable) -> str:
    place = "".join(table.names_of(way.region_code)[-2:])
    area = table.areas.get(way.area_code, way.area_code)
    return texts.ABOUT.format(place=place, area=area, level=LEVELS[way.level])


def _by_body(failed: Iterable[Way], table: RoutingTable) -> Iterator[tuple[str, str]]:
    levels: dict[str, list[str]] = {}
    for way in failed:
        of_body = levels.setdefault(way.body, [])
        if LEVELS[way.level] not in of_body:
            of_body.append(LEVELS[way.level])
    for body, named in sorted(levels.items()):
        words = texts.IN_BODY.format(body=table.bodies[body].name, levels="、".join(named))
        yield body, words
