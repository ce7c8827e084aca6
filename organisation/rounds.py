"""巡查: a liaison walks along the posters of a village; each one seen is noted with place and moment."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from models.choices import EntryStatus, SightingKind
from models.entry_code import EntryCode
from models.liaison import Liaison
from models.poster_round import PosterRound
from models.poster_sighting import PosterSighting
from organisation.entry_codes import find_in
from organisation.house import House
from vault.log import record

LASTS: Final = timedelta(hours=12)
MOST_SEEN: Final = 200
LONGEST_TEXT: Final = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What one photo showed; `entry` is None for a code that is not ours. `is_elsewhere`: of another village.

    Of several of ours the one that needs somebody's hand, and how many `others` were noted.
    """

    kind: SightingKind
    entry: EntryCode | None
    is_elsewhere: bool
    others: int


async def begin_round(liaison: Liaison, *, at: datetime, house: House) -> str:
    """The token of a link, readable only here."""
    token = secrets.token_urlsafe(24)
    async with in_transaction():
        made = await PosterRound.create(
            liaison_id=liaison.id,
            token_index=house.vault.index("round", token),
            begun_at=at,
            expires_at=at + LASTS,
        )
        await record("round.begin", by=f"liaison:{liaison.id}", at=at, object_id=made.id)
    return token


async def round_of(token: str, *, house: House) -> PosterRound | None:
    """None when it is over, was never begun, or the liaison is none any more."""
    found = await PosterRound.get_or_none(token_index=house.vault.index("round", token)).select_related(
        "liaison"
    )
    if found is None or found.expires_at <= house.clock.now() or not found.liaison.is_active:
        return None
    return found


async def note_seen(round: PosterRound, texts: Sequence[str], *, house: House) -> Seen | None:
    """`texts` are what the squares of a photo hold. None when there were none, or the round has noted enough.

    One of them that is not ours makes all of it foreign: a poster carries its code twice, and one of the two may
    have been pasted over.
    """
    if not texts or await PosterSighting.filter(round_id=round.id).count() >= MOST_SEEN:
        return None
    known = await _known_among(texts, public_url=house.public_url)
    foreign = next((text for text in texts if text not in known), None)
    if foreign is not None:
        await _keep(round, kind=SightingKind.FOREIGN, entry=None, text=foreign, house=house)
        return Seen(kind=SightingKind.FOREIGN, entry=None, is_elsewhere=False, others=0)
    entries = {entry.code: entry for entry in known.values()}
    for entry in entries.values():
        await _keep(round, kind=_kind_of(entry), entry=entry, text="", house=house)
    path_of, village = house.organisation.table.path, round.liaison.village_id
    seen = [
        Seen(
            kind=_kind_of(entry),
            entry=entry,
            is_elsewhere=village not in path_of(entry.region_id),
            others=len(entries) - 1,
        )
        for entry in entries.values()
    ]
    return max(seen, key=lambda one: (one.kind is SightingKind.OLD, one.is_elsewhere))


async def _keep(
    round: PosterRound, *, kind: SightingKind, entry: EntryCode | None, text: str, house: House
) -> None:
    at = house.clock.now()
    async with in_transaction():
        made = await PosterSighting.create(
            round_id=round.id,
            kind=kind,
            village_id=round.liaison.village_id,
            entry_id=entry.code if entry else None,
            text=text[:LONGEST_TEXT],
            seen_at=at,
        )
        await record("poster.see", by=f"liaison:{round.liaison_id}", at=at, object_id=made.id)


async def _known_among(texts: Sequence[str], *, public_url: str) -> Mapping[str, EntryCode]:
    """By a link to our own address, or by what WeChat drew: our letters under another address are a trap."""
    ours = f"{public_url}/s/".lower()
    codes = {text: code for text in texts if text.lower().startswith(ours) and (code := find_in(text))}
    links = list(texts)
    found = await EntryCode.filter(
        Q(code__in=list(codes.values())) | Q(account_url__in=links) | Q(wechat_url__in=links)
    ).select_related("area")
    by_code = {entry.code: entry for entry in found}
    by_link = {link: entry for entry in found for link in (entry.account_url, entry.wechat_url) if link}
    known = {text: by_code.get(codes.get(text, "")) or by_link.get(text) for text in texts}
    return {text: entry for text, entry in known.items() if entry is not None}


def _kind_of(entry: EntryCode) -> SightingKind:
    is_good = entry.status is EntryStatus.ACTIVE and not entry.replaced_by_id
    return SightingKind.GOOD if is_good else SightingKind.OLD
