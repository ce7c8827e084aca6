"""Who may be meant: names and posts of a report against staff, liaisons and cadres of the place.

Widen by adding a finder to `match_people`; each finder yields matches and knows nothing of the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from routing import texts
from routing.facts import Facts, Subject
from routing.names import Entry, Node
from routing.nodes import CadreNode, LiaisonNode, RecusalNode, StaffNode
from routing.places import Place
from routing.table import RoutingTable
from routing.wording import agree, is_discipline_post, plain


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody who may be meant. `who` is a person key, or "cadre:<name>" for one who has no account.

    `is_subject` tells the reporter's own fields from the words of the report.
    """

    who: str
    reason: str
    is_subject: bool
    node: Node


def match_people(facts: Facts, table: RoutingTable) -> tuple[Match, ...]:
    """Everyone who may be meant, each once, the reporter's own fields before the words."""
    if facts.subject is None and not facts.text:
        return ()
    place = table.place(facts.region_code)
    found: dict[str, Match] = {}
    for match in (*_by_subject(facts, table, place), *_by_words(facts, table, place)):
        if match.who not in facts.cleared:
            found.setdefault(match.who, match)
    return tuple(found.values())


def mentioned_recusals(facts: Facts, table: RoutingTable) -> tuple[RecusalNode, ...]:
    """Recusals from a person, or from a body, that the fields or words name."""
    if facts.subject is None and not facts.text:
        return ()
    names = table.scope(table.place(facts.region_code)).names
    found = names.find(all_words(facts))
    return tuple(entry.node for entry in found if isinstance(entry.node, RecusalNode))


def all_words(facts: Facts) -> str:
    """Fields and words in plain spelling, a line each, so that no name is read across two of them."""
    subject = facts.subject or Subject()
    return "\n".join((plain(subject.name), plain(subject.post), plain(subject.unit), plain(facts.text)))


def _by_words(facts: Facts, table: RoutingTable, place: Place) -> Iterator[Match]:
    for entry in table.scope(place).names.find(plain(facts.text)):
        if _is_near(entry.node, table, place):
            reason = texts.MATCH_POST if entry.is_post else texts.MATCH_WORDS
            yield Match(_key(entry.node), reason, False, entry.node)


def _by_subject(facts: Facts, table: RoutingTable, place: Place) -> Iterator[Match]:
    subject = facts.subject
    if subject is None:
        return
    fields = "\n".join((plain(subject.name), plain(subject.post), plain(subject.unit)))
    for entry in table.scope(place).names.find(fields):
        if _is_near(entry.node, table, place):
            yield Match(_key(entry.node), _field_reason(entry), True, entry.node)
    surname = surname_of(subject)
    if surname and plain(subject.post):
        yield from _by_surname(surname, subject, table, place)


def _field_reason(entry: Entry) -> str:
    return texts.MATCH_POST if entry.is_post else texts.MATCH_SUBJECT


def surname_of(subject: Subject) -> str:
    """The surname where only that was given (王, 王某, 王主任), else empty."""
    stem = plain(subject.name).removesuffix(plain(subject.post))
    for somebody in texts.SOMEBODY:
        stem = stem.removesuffix(somebody)
    head = texts.HEAD_POST.search(stem)
    stem = stem[: head.start()] if head else stem
    return stem if len(stem) == 1 or stem in texts.COMPOUND_SURNAMES else ""


def _by_surname(surname: str, subject: Subject, table: RoutingTable, place: Place) -> Iterator[Match]:
    """姓+职务: cadres by post, liaisons by a supervision post, staff by their body's name."""
    reason = texts.MATCH_SURNAME
    for cadre in table.scope(place).cadres:
        if cadre.name.startswith(surname) and agree(given=subject.post, known=cadre.post):
            yield Match(_key(cadre), reason, True, cadre)
    if texts.SUPERVISION_POSTS.search(plain(subject.post)):
        for liaison in table.scope(place).liaisons:
            if liaison.name.startswith(surname) and _is_near(liaison, table, place):
                yield Match(liaison.key, reason, True, liaison)
    for _, body in table.scope(place).bodies:
        own_post = body.code == place.township_body and is_discipline_post(subject.post)
        if own_post or agree(given=subject.unit, known=body.name):
            for person in table.staff_of(body.code):
                if person.name.startswith(surname):
                    yield Match(person.key, reason, True, person)


def _is_near(node: Node, table: RoutingTable, place: Place) -> bool:
    """Staff of county and city; liaisons and lower cadres of the township; higher cadres anywhere."""
    if isinstance(node, RecusalNode):
        return False
    if isinstance(node, StaffNode):
        return True
    region = node.village_code if isinstance(node, LiaisonNode) else node.region_code
    township = table.township_of(region)
    return township is None or not place.township or township == place.township


def _key(node: Node) -> str:
    if isinstance(node, CadreNode):
        return f"cadre:{node.name}"
    return node.who if isinstance(node, RecusalNode) else node.key
