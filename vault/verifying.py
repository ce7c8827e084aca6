"""Whether the log is as it was sealed: what was deleted, changed, put in, moved or cut off is named."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from clients.database import rows
from models.fields import to_millis
from models.log_anchor import LogAnchor
from models.log_check import LogCheck
from vault.chain import START, Chain, Link, Said
from vault.sealing import COLUMNS

PAGE: Final = 2_000
MOST_NAMED: Final = 100
NEAR: Final = 500
GRACE_MILLIS: Final = 3_600_000
SEALED = f"""SELECT {COLUMNS}, chain_place, chain_hash FROM event
  WHERE chain_place > $1 ORDER BY chain_place LIMIT {PAGE}"""
AROUND = "SELECT chain_place, chain_hash FROM event WHERE chain_place BETWEEN $1 AND $2"
WAITING = "SELECT count(*) AS many, min(at) AS since FROM event WHERE chain_place IS NULL"


class Harm(StrEnum):
    DELETED = "deleted"
    CHANGED = "changed"
    INSERTED = "inserted"
    MOVED = "moved"
    CUT_OFF = "cut-off"
    ANCHOR = "anchor"
    BACKDATED = "backdated"
    PRINTED = "printed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """`place` in the chain, `event` its id where there is one, `day` the anchor's."""

    harm: Harm
    place: int
    event: int | None = None
    day: str = ""


@dataclass(slots=True, kw_only=True)
class Verdict:
    """`waiting` events are not sealed yet, the oldest since `waiting_since` (milliseconds)."""

    sealed: int = 0
    anchors: int = 0
    waiting: int = 0
    waiting_since: int | None = None
    found: list[Found] = field(default_factory=list)

    def add(self, harm: Harm, *, place: int, event: int | None = None, day: str = "") -> None:
        if len(self.found) < MOST_NAMED:
            self.found.append(Found(harm=harm, place=place, event=event, day=day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    place: int
    id: int
    at: int
    is_own: bool
    link: Link


async def verify_log(chain: Chain, *, printed: Sequence[tuple[str, str]] = ()) -> Verdict:
    """Reads the whole log once. `printed`: day and link of anchors kept on paper."""
    verdict = Verdict()
    anchors = await LogAnchor.all().order_by("day")
    _check_anchors(anchors, chain=chain, printed=printed, verdict=verdict)
    walk = Walk(chain, anchors, verdict)
    async for event in _events(chain):
        walk.step(event)
    for anchor in anchors:
        if anchor.place > walk.place:
            verdict.add(Harm.CUT_OFF, place=walk.place + 1, day=anchor.day)
    for event in walk.doubtful:
        verdict.add(await _harm(event, chain=chain), place=event.place, event=event.id)
    waiting = (await rows(WAITING))[0]
    verdict.waiting, verdict.waiting_since = waiting["many"], waiting["since"]
    return verdict


async def check_log(chain: Chain, *, at: datetime, printed: Sequence[tuple[str, str]] = ()) -> Verdict:
    """As `verify_log`; what it found is kept for the page that shows the state of the log."""
    verdict = await verify_log(chain, printed=printed)
    found = [[str(one.harm), one.place, one.event, one.day] for one in verdict.found]
    await LogCheck.create(checked_at=at, found=found)
    return verdict


class Walk:
    """From link to link; what does not follow from the one before is set aside to be named."""

    def __init__(self, chain: Chain, anchors: Sequence[LogAnchor], verdict: Verdict) -> None:
        self._chain, self._verdict = chain, verdict
        self._anchors = {anchor.place: anchor for anchor in anchors}
        self._after, self._bound = START, 0
        self.place = 0
        self.doubtful: list[Sealed] = []

    def step(self, event: Sealed) -> None:
        for missing in range(self.place + 1, min(event.place, self.place + MOST_NAMED)):
            self._verdict.add(Harm.DELETED, place=missing)
        is_joined = (
            event.place > self.place + 1
            or self._chain.chained(event.link.own, after=self._after) == event.link.chained
        )
        if not (event.is_own and is_joined) and len(self.doubtful) < MOST_NAMED:
            self.doubtful.append(event)
        if event.at < self._bound:
            self._verdict.add(Harm.BACKDATED, place=event.place, event=event.id)
        anchor = self._anchors.get(event.place)
        if anchor is not None:
            # what is sealed after an anchor happened after it, but for transactions under way
            self._bound = to_millis(anchor.made_at) - GRACE_MILLIS
            if event.link.chained.hex() != anchor.link:
                self._verdict.add(Harm.ANCHOR, place=event.place, event=event.id, day=anchor.day)
        self._after, self.place = event.link.chained, event.place
        self._verdict.sealed += 1


async def _events(chain: Chain) -> AsyncIterator[Sealed]:
    last = 0
    while page := await rows(SEALED, last):
        for row in page:
            yield _sealed(row, chain=chain)
        last = page[-1]["chain_place"]


def _sealed(row: Any, *, chain: Chain) -> Sealed:
    link = Link.read(bytes(row["chain_hash"] or b""))
    is_own = chain.own(Said.of(row)) == link.own
    return Sealed(place=row["chain_place"], id=row["id"], at=row["at"], is_own=is_own, link=link)


def _check_anchors(
    anchors: Sequence[LogAnchor], *, chain: Chain, printed: Sequence[tuple[str, str]], verdict: Verdict
) -> None:
    after = ""
    for anchor in anchors:
        seal = chain.anchor(day=anchor.day, place=anchor.place, link=anchor.link, after=after)
        if seal != anchor.seal:
            verdict.add(Harm.ANCHOR, place=anchor.place, day=anchor.day)
        after = anchor.seal
    verdict.anchors = len(anchors)
    kept = {anchor.day: anchor.link for anchor in anchors}
    for day, link in printed:
        if kept.get(day) != link:
            verdict.add(Harm.PRINTED, place=0, day=day)


async def _harm(event: Sealed, *, chain: Chain) -> Harm:
    """Not itself: changed, or put in if its neighbours fit without it. Itself, but behind another than the one it
    was sealed behind: moved; behind none of those near: what stood there is gone."""
    found = await rows(AROUND, event.place - NEAR, event.place + NEAR)
    near = {row["chain_place"]: Link.read(bytes(row["chain_hash"] or b"")) for row in found}
    if event.place <= NEAR:
        near[0] = Link(START, START)
    before, after = near.get(event.place - 1), near.get(event.place + 1)
    if not event.is_own:
        is_extra = before and after and chain.chained(after.own, after=before.chained) == after.chained
        return Harm.INSERTED if is_extra else Harm.CHANGED
    ends = [link.chained for link in near.values()]
    is_near = any(chain.chained(event.link.own, after=end) == event.link.chained for end in ends)
    return Harm.MOVED if is_near else Harm.DELETED
