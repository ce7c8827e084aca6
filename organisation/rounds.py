"""巡查: a liaison walks along the posters of a village; each one seen is noted with place and moment."""

import secrets
from collections.abc import Sequence
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
    """What one photo showed; `entry` is None for a code that is not ours. `is_elsewhere`: of another village."""

    kind: SightingKind
    entry: EntryCode | None
    is_elsewhere: bool


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
    """`texts` are what the squares of a photo hold. None when there were none, or the round has noted enough."""
    if not texts or await PosterSighting.filter(round_id=round.id).count() >= MOST_SEEN:
        return None
    entry = await _entry_among(texts, public_url=house.public_url)
    kind = _kind_of(entry)
    village, at = round.liaison.village_id, house.clock.now()
    async with in_transaction():
        seen = await PosterSighting.create(
            round_id=round.id,
            kind=kind,
            village_id=village,
            entry_id=entry.code if entry else None,
            text="" if entry else texts[0][:LONGEST_TEXT],
            seen_at=at,
        )
        await record("poster.see", by=f"liaison:{round.liaison_id}", at=at, object_id=seen.id)
    path = house.organisation.table.path(entry.region_id) if entry else ()
    return Seen(kind=kind, entry=entry, is_elsewhere=entry is not None and village not in path)


async def _entry_among(texts: Sequence[str], *, public_url: str) -> EntryCode | None:
    """By a link to our own address, or by what WeChat drew: our letters under another address are a trap."""
    ours = f"{public_url}/s/".lower()
    codes = [code for text in texts if text.lower().startswith(ours) and (code := find_in(text))]
    links = list(texts)
    found = EntryCode.filter(Q(code__in=codes) | Q(account_url__in=links) | Q(wechat_url__in=links))
    return await found.select_related("area").first()


def _kind_of(entry: EntryCode | None) -> SightingKind:
    if entry is None:
        return SightingKind.FOREIGN
    is_good = entry.status is EntryStatus.ACTIVE and not entry.replaced_by_id
    return SightingKind.GOOD if is_good else SightingKind.OLD
