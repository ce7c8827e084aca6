"""Everybody a piece of writing may mean, each with the reason in words.

A full name, as it stands, is certain. What sounds like one, hides a character, or is a surname beside a post is a
guess, and the further it is from the name, the more must stand beside it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from routing import texts
from routing.names import texts as words
from routing.names.context import Context
from routing.names.holders import Here, body_meant, holders, is_elsewhere, is_said_elsewhere
from routing.names.index import Entry, Found, Node, likeness
from routing.names.sounds import Token, sounds_of, tokens_of
from routing.names.spelling import Written
from routing.names.titles import Title, names_beside, titles_in, unit_before
from routing.nodes import CadreNode, LiaisonNode, RecusalNode, StaffNode

_ALIKE_BESIDE_A_POST = 4.5
_REACH = 10
_NEEDED = {"typed": 0, "sound": 1, "near": 2, "masked": 0}
_REASONS = {
    "typed": texts.MATCH_TYPED,
    "sound": texts.MATCH_SOUND,
    "near": texts.MATCH_NEAR,
    "masked": texts.MATCH_MASK,
}


@dataclass(frozen=True, slots=True)
class Spotted:
    """Somebody who may be meant; only a name or registered post as it stands is certain."""

    node: Node
    reason: str
    is_certain: bool = False


class Spotting:
    """One piece of writing, looked at from one place."""

    def __init__(self, written: Written, here: Here) -> None:
        self._written, self._here = written, here
        self._context = Context(written)
        self._exact = [found for found in here.scope.names.find(written.text) if self._is_one(found)]

    def names(self) -> Iterator[Spotted]:
        """Names, aliases, registered posts and units as they stand; then what only resembles a name."""
        for found in self._exact:
            yield self._as_it_stands(found)
        index, text = self._here.scope.names, self._written.text
        for found in index.find_masked(text):
            if self._may_be(found):
                yield self._guess(found)
        for found in index.find_sounding(tokens_of(self._written)):
            if self._may_be(found):
                yield self._guess(found)

    def posts(self) -> Iterator[Spotted]:
        """Surname and post, a post that one person holds, and a name misspelled beside a post."""
        here, text = self._here, self._written.text
        told: set[int] = set()
        for title in titles_in(self._context):
            if is_said_elsewhere(text, title.end, here):
                continue
            said = text[title.start : title.end]
            yield from self._misspelled(title)
            if self._is_taken(title):
                continue
            if not title.surname and title.before in told:
                continue
            reason = texts.MATCH_TITLE if title.surname else texts.MATCH_HOLDER
            for node in holders(title, here):
                told.add(title.before)
                yield Spotted(node, reason.format(said=said))

    def bodies(self) -> Iterator[Spotted]:
        """A body of ours that is itself accused."""
        text = self._written.text
        for found in words.BODY.finditer(text):
            if words.ACCUSED.match(text, found.end()):
                said = unit_before(text, found.start()) + found.group()
                body = body_meant(said, self._here)
                if body is not None:
                    yield Spotted(body, texts.MATCH_BODY.format(said=said))

    def _is_one(self, found: Found) -> bool:
        entry, context = found.entry, self._context
        if not is_near(entry, self._here):
            return False
        if entry.kind in ("post", "unit"):
            return True
        if entry.kind == "name":
            return context.is_name(found.start, found.end)
        unit = self._written.text[max(0, found.start - _REACH) : found.start]
        is_other = is_elsewhere(unit, self._here) or is_said_elsewhere(
            self._written.text, found.end, self._here
        )
        return not is_other and context.is_alias(found.start, found.end)

    def _as_it_stands(self, found: Found) -> Spotted:
        if self._context.is_relative(found.end):
            return Spotted(found.entry.node, texts.MATCH_RELATIVE, is_certain=True)
        reason = {"post": texts.MATCH_POST, "alias": texts.MATCH_ALIAS}.get(
            found.entry.kind, texts.MATCH_WORDS
        )
        return Spotted(found.entry.node, reason, is_certain=True)

    def _guess(self, found: Found) -> Spotted:
        said = self._written.text[found.start : found.end]
        return Spotted(found.entry.node, _REASONS[found.how].format(said=said))

    def _may_be(self, found: Found) -> bool:
        """Whether what resembles a name stands where a person would be named."""
        entry, text, context = found.entry, self._written.text, self._context
        if not is_near(entry, self._here, for_guess=True) or self._is_known(found):
            return False
        given = text[found.start + 1 : found.end]
        needs = _NEEDED[found.how]
        if found.how in ("sound", "near"):
            if words.TITLE.match(given):
                return False
            if len(entry.word) == 2:
                return context.is_beside_a_title(found.start, found.end)
            shared = sum(
                one == other for one, other in zip(text[found.start : found.end], entry.word, strict=True)
            )
            needs += (text[found.start] != entry.word[0]) + (shared < len(entry.word) - 1)
        return context.sounds_like_a_name(found.start, found.end, needs=needs)

    def _is_known(self, found: Found) -> bool:
        """A namesake by sound whose own name stands there needs no guess."""
        return any(e.start <= found.start < e.end for e in self._told_by_name())

    def _told_by_name(self) -> Iterator[Found]:
        """Names that say who is meant, so that nobody is guessed beside them.

        Not those known from a recusal alone: one registered more must never let anybody see who could not.
        """
        return (
            e for e in self._exact if e.entry.kind == "name" and not isinstance(e.entry.node, RecusalNode)
        )

    def _is_taken(self, title: Title) -> bool:
        """王平书记 is no 平书记, and 镇纪委书记李建国 says who it is."""
        for found in self._told_by_name():
            if title.surname and found.start <= title.start < found.end:
                return True
            if not title.surname and title.before <= found.end and found.start <= title.after:
                return True
        return False

    def _misspelled(self, title: Title) -> Iterator[Spotted]:
        windows = list(names_beside(title, self._written.text))
        if not windows:
            return
        people = [n for n in holders(title, self._here, everyone=True) if len(n.name) == 3]
        for start, end in windows if people else ():
            said = self._written.text[start:end]
            given = [Token(start, end, char, sounds_of(char)) for char in said]
            for node in people:
                if said != node.name and likeness(given, node.name) >= _ALIKE_BESIDE_A_POST:
                    yield Spotted(node, texts.MATCH_NEAR.format(said=said))


def is_near(entry: Entry, here: Here, *, for_guess: bool = False) -> bool:
    """Staff of county and city; liaisons and lower cadres of the township; higher cadres anywhere.

    An alias, or a post in the village, belongs to its own village; a guess to bodies that may get the matter.
    """
    node, table = entry.node, here.table
    if isinstance(node, RecusalNode):
        return True
    if isinstance(node, StaffNode):
        body = table.bodies.get(node.body_code) if for_guess else None
        return body is None or body.level != "township" or body.code == here.place.township_body
    if not isinstance(node, LiaisonNode | CadreNode):
        return False
    region = node.village_code if isinstance(node, LiaisonNode) else node.region_code
    if entry.kind != "name" and isinstance(node, CadreNode) and node.level == "village":
        return not here.village or region == here.village
    township = table.township_of(region)
    return township is None or not here.place.township or township == here.place.township
