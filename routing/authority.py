"""管理权限: the level a matter counts as, and the lowest body that may own it."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from routing import texts
from routing.facts import Facts, Subject
from routing.matching import Match
from routing.nodes import CadreNode
from routing.subjects import About
from routing.wording import agree, is_discipline_post, plain

RANK = {"township": 1, "stationed": 2, "office": 2, "county": 3, "city": 4}
FLOOR = {"none": 1, "village": 1, "unknown": 1, "township": 2, "department": 2, "discipline": 3, "county": 4}
_WEIGHT = {
    "none": 0,
    "unknown": 0,
    "village": 1,
    "township": 2,
    "department": 2,
    "discipline": 3,
    "county": 4,
}


class Reading(NamedTuple):
    """The level a matter counts as, the least rank (see RANK) its owner needs, and why it was read so."""

    level: str
    floor: int
    reason: str = ""


def is_above_county(about: About) -> bool:
    """The cadre room, a county room's head, the county's head, anyone of the city: for the city alone."""
    body = about.body
    return body.level == "city" or (body.level == "county" and (about.is_head or body.room == "cadre"))


def is_city_head(about: About) -> bool:
    return about.body.level == "city" and about.is_head


def read(facts: Facts, matches: tuple[Match, ...], abouts: tuple[About, ...]) -> Reading:
    """The level as the reporter says it, raised by whom the fields name, recognised when not known.

    It is never lowered: a matter for a higher body may not be spread below (检举控告工作规则 第15条).
    """
    if facts.subject is None and not facts.text:
        return _as_said(facts.level, facts.purpose)
    level, reason = facts.level, ""
    for other, words in _signs(facts, matches, abouts):
        if _WEIGHT.get(other, 0) > _WEIGHT.get(level, _WEIGHT["county"]):
            level, reason = other, words.format(level=texts.LEVELS[other])
    floor = _as_said(level, facts.purpose).floor
    if abouts and any(is_above_county(about) for about in abouts):
        floor = RANK["city"]
    return Reading(level, floor, reason)


@lru_cache(maxsize=256)
def _as_said(level: str, purpose: str) -> Reading:
    """Of what says no more than that."""
    return Reading(level, max(FLOOR.get(level, 1), FLOOR["discipline"] if purpose == "conduct" else 1))


def _signs(facts: Facts, matches: tuple[Match, ...], abouts: tuple[About, ...]) -> Iterator[tuple[str, str]]:
    """Levels that fields, names and posts point to, each with the sentence that would explain it."""
    subject = facts.subject
    if abouts or (subject is not None and is_discipline_post(f"{subject.unit} {subject.post}")):
        yield ("discipline", texts.COUNTED_DISCIPLINE)
    is_open = facts.level == "unknown"
    cadres = [(match.node, match) for match in matches if isinstance(match.node, CadreNode)]
    # of two levels of the same weight the first counts, in whatever order the rows were read
    for cadre, match in sorted(cadres, key=lambda pair: pair[0].level):
        if not match.is_certain:
            continue
        if is_open:
            yield (cadre.level, texts.RECOGNISED)
        elif subject is not None and match.is_subject and _is_confirmed(subject, cadre):
            yield (cadre.level, texts.RAISED)
    if is_open and (subject is not None or facts.text):
        words = plain(f"{subject.post} {facts.text}" if subject is not None else facts.text)
        for level, posts in texts.LEVEL_POSTS:
            if posts.search(words):
                yield (level, texts.RECOGNISED)


def _is_confirmed(subject: Subject, cadre: CadreNode) -> bool:
    """Whether the fields mean this cadre and no namesake: full name, and the unit or a telling post."""
    name, post = plain(subject.name), plain(subject.post)
    is_named = any(plain(known) in name for known in (cadre.name, *cadre.aliases) if known)
    is_specific = post not in texts.GENERIC_POSTS and agree(given=post, known=cadre.post)
    return is_named and (
        is_specific or post == plain(cadre.post) or agree(given=subject.unit, known=cadre.unit)
    )
