"""Who may be meant: names, posts and units of a report against staff, liaisons, cadres and bodies of the place.

Widen in `routing.names`. Only the very name or a registered post is certain; whatever else is recognised hides,
and never raises the level of a matter.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from routing import texts
from routing.facts import Facts, Subject
from routing.names.holders import Here
from routing.names.index import Node
from routing.names.spelling import plain, read
from routing.names.spotting import Spotted, Spotting
from routing.nodes import BodyNode, CadreNode, RecusalNode
from routing.table import RoutingTable


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who may be meant. `who` is a person key, "body:<code>", or "cadre:<name>" for one without account.

    `is_subject` tells the reporter's own fields from the words of the report; `is_certain` the very name or
    registered post from a guess. A `RecusalNode` stands for whoever must keep away from the one it names.
    """

    who: str
    reason: str
    is_subject: bool
    node: Node
    is_certain: bool = True


def match_people(facts: Facts, table: RoutingTable) -> tuple[Match, ...]:
    """Everyone who may be meant, each once, the reporter's own fields before the words."""
    if facts.subject is None and not facts.text:
        return ()
    here = _here(facts, table)
    found: dict[Node | tuple[str, bool], Match] = {}
    for match in (*_by_subject(facts, here), *_by_words(facts, here)):
        if not is_cleared(facts, match.who, match.reason):
            # cadres of one name are several people: they differ in level, and the highest must count
            key = (
                match.node
                if isinstance(match.node, CadreNode)
                else (match.who, isinstance(match.node, RecusalNode))
            )
            known = found.get(key)
            if known is None or (match.is_certain and not known.is_certain):
                found[key] = match if known is None else replace(match, is_subject=known.is_subject)
    return tuple(found.values())


def is_cleared(facts: Facts, who: str, reason: str) -> bool:
    """Whether a person has dismissed this match, or a stronger one: a guess dismissed leaves the name itself."""
    dismissed = facts.cleared.get(who)
    return dismissed is not None and (reason not in texts.CERTAIN or dismissed in texts.CERTAIN)


def _here(facts: Facts, table: RoutingTable) -> Here:
    place = table.place(facts.region_code)
    village = table.tree.above(facts.region_code, "village") or ""
    return Here(place, village, facts.level, table.scope(place), table)


def _by_words(facts: Facts, here: Here) -> Iterator[Match]:
    if facts.text:
        spotting = Spotting(read(facts.text), here)
        for spotted in chain(spotting.names(), spotting.posts(), spotting.bodies()):
            yield _match(spotted, is_subject=False)


def _by_subject(facts: Facts, here: Here) -> Iterator[Match]:
    subject = facts.subject
    if subject is None:
        return
    fields = Spotting(read("\n".join((subject.name, subject.post, subject.unit))), here)
    phrase = Spotting(read(_one_phrase(subject)), here)
    for spotted in chain(fields.names(), phrase.posts()):
        yield _match(spotted, is_subject=True)


def _one_phrase(subject: Subject) -> str:
    """Unit, name and post as one would say them: 清河镇纪委王书记."""
    name, post = plain(subject.name), plain(subject.post)
    return plain(subject.unit) + (name.removesuffix(post) if post else name) + post


def _match(spotted: Spotted, *, is_subject: bool) -> Match:
    node, reason = spotted.node, spotted.reason
    if is_subject:
        reason = texts.IN_FIELDS.get(reason, reason)
    return Match(_key(node), reason, is_subject, node, spotted.is_certain)


def _key(node: Node) -> str:
    if isinstance(node, CadreNode):
        return f"cadre:{node.name}"
    if isinstance(node, BodyNode):
        return f"body:{node.code}"
    return node.who if isinstance(node, RecusalNode) else node.key
