"""What somebody sees, does and never sees, in plain words, drawn from the permissions that the code itself asks.

A role is code: nothing here gives or takes anything. `tests/console/test_roles_in_words.py` holds the words to it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from access.quarters import may_give_quarters
from access.readings import answers_for_county
from access.viewer import Viewer
from casework.texts import ACTIONS
from casework.transitions import TABLE, part_of
from console.account import texts
from console.callers import Caller
from console.keeping.texts import KINDS
from models.choices import BodyLevel, Role, Room
from organisation.codes.reach import keeps_a_place, may_retire
from organisation.reach import Reach, reach_of

POSTS: Final = (
    (BodyLevel.TOWNSHIP, Room.NONE),
    (BodyLevel.OFFICE, Room.NONE),
    (BodyLevel.STATIONED, Room.NONE),
    *((BodyLevel.COUNTY, room) for room in Room),
    (BodyLevel.CITY, Room.NONE),
)
"""Every kind of body there is."""
SOMEWHERE: Final = "somewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duties:
    """Sentences, the most important first."""

    sees: Sequence[str]
    does: Sequence[str]
    never: Sequence[str]


def somebody(role: Role, *, level: BodyLevel, room: Room = Room.NONE) -> Viewer:
    """An account of this role in a body of this kind, whoever it is."""
    return Viewer(
        staff_id=0,
        name="",
        role=role,
        body_code=SOMEWHERE,
        body_name="",
        body_level=level,
        room=room,
        county_code="" if level is BodyLevel.CITY else SOMEWHERE,
        known_since=0,
        own_bar="",
        body_bar="",
    )


def duties_of(viewer: Viewer) -> Duties:
    reach = reach_of(viewer, region_code=SOMEWHERE)
    held = {key for key, is_held in _permissions(reach).items() if is_held(viewer)}
    is_reader = Caller.READER.value in held
    unseen = [words for key, words in texts.UNSEEN.items() if key not in held]
    always = texts.NEVER_A_READER if is_reader else ()
    return Duties(
        sees=[texts.SEES[key] for key in _keyed(texts.SEES, held, level=viewer.body_level)],
        does=[
            *_deeds(viewer),
            *(texts.DOES[key] for key in _keyed(texts.DOES, held, level=viewer.body_level)),
            *_keeps(reach),
        ],
        never=[*unseen, *always, *texts.NEVER_ANYBODY],
    )


def shared(all_duties: Sequence[Duties]) -> Duties:
    """What holds in every one of them, in the order of the first."""
    first = all_duties[0]

    def of_all(name: str) -> list[str]:
        return [
            words
            for words in getattr(first, name)
            if all(words in getattr(each, name) for each in all_duties)
        ]

    return Duties(sees=of_all("sees"), does=of_all("does"), never=of_all("never"))


def _permissions(reach: Reach | None) -> Mapping[str, Callable[[Viewer], bool]]:
    """By key: those of the doors, and those that are asked behind them."""
    of_doors = {caller.value: caller.admits for caller in Caller if caller not in Caller.of_everybody()}
    is_leader = Caller.LEADER.admits
    return {
        **of_doors,
        "approving": is_leader,
        "readings": lambda viewer: is_leader(viewer) and not answers_for_county(viewer),
        "county-readings": lambda viewer: is_leader(viewer) and answers_for_county(viewer),
        "recusals": lambda _viewer: reach is not None and "recusals" in reach.kinds,
        "give-quarters": may_give_quarters,
        "codes": lambda _viewer: reach is not None and keeps_a_place(reach),
        "retire-codes": lambda _viewer: reach is not None and keeps_a_place(reach) and may_retire(reach),
        "check": lambda _viewer: reach is not None and not reach.body,
        "confirm": lambda _viewer: reach is not None and reach.may_confirm,
    }


def _keyed(words: Mapping[str, str], held: set[str], *, level: str) -> Iterator[str]:
    for key in words:
        permission, _, of_level = key.partition("@")
        if permission in held and of_level in ("", level):
            yield key


def _deeds(viewer: Viewer) -> Iterator[str]:
    for action in texts.DEEDS:
        if part_of(viewer, action=action) in TABLE[action].who:
            yield texts.DEED.format(name=ACTIONS[action], words=texts.DEEDS[action])


def _keeps(reach: Reach | None) -> Iterator[str]:
    if reach is not None:
        scope = texts.SCOPE_COUNTY if reach.county else texts.SCOPE_ALL
        if reach.body:
            scope = texts.SCOPE_TOWNSHIP if reach.township else texts.SCOPE_BODY
        kinds = texts.KINDS_JOIN.join(KINDS[kind] for kind in reach.kinds)
        yield texts.KEEPS.format(scope=scope, kinds=kinds)
