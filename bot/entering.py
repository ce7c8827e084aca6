"""A code scanned or typed: says in words where one is and about what."""

from collections.abc import Collection
from datetime import datetime, time
from itertools import islice
from time import monotonic
from typing import Final

from bot import texts
from bot.effects import Enter, EnterAt, Telephone
from bot.hearing.ear import Ears
from bot.talks import Talk
from models.choices import EntryStatus, Purpose
from models.entry_code import EntryCode
from organisation.chat_binding import liaison_in
from organisation.house import House
from organisation.live import LiveOrganisation
from organisation.places import PlaceInWords, place_in_words
from organisation.resolving import MOST_REPLACED

FRESH_SECONDS: Final = 0.5
MOST_AGAIN: Final = 200
OPENS, CLOSES = time(8), time(18)


class Entries:
    """Entry codes lately scanned, read together; a code retired elsewhere is known as such within half a second.

    Whoever reads them hears the villages of the organisation as it is now (`ears`).
    """

    def __init__(self, organisation: LiveOrganisation) -> None:
        self.ears = Ears()
        self._organisation = organisation
        self._read: dict[str, EntryCode] = {}
        self._since = 0.0
        self._table = organisation.table
        self._places: dict[tuple[str, Purpose], PlaceInWords | None] = {}

    async def read(self, codes: Collection[str]) -> None:
        await self.ears.follow(self._organisation.table, words=self._organisation.sayings)
        now = monotonic()
        if now - self._since > FRESH_SECONDS:
            # those of the last moment together: who scans next hardly ever has to wait for theirs
            codes = {*codes, *islice(self._read, MOST_AGAIN)}
            self._read, self._places, self._since = {}, {}, now
        missing = [code for code in codes if code not in self._read]
        if missing:
            found = await EntryCode.filter(code__in=missing)
            self._read |= {entry.code: entry for entry in found}

    async def get(self, code: str) -> EntryCode | None:
        if code not in self._read or monotonic() - self._since > FRESH_SECONDS:
            await self.read([code])
        return self._read.get(code)

    def place_of(self, entry: EntryCode) -> PlaceInWords | None:
        table, asked = self._organisation.table, (entry.region_id, entry.purpose)
        if table is not self._table:
            self._table, self._places = table, {}
        if asked not in self._places:
            place = place_in_words(table, region_code=entry.region_id, purpose=entry.purpose)
            self._places[asked] = place
        return self._places[asked]


async def enter(effect: Enter, *, talk: Talk, entries: Entries, house: House) -> str:
    talk.is_following = True
    entry = await entries.get(effect.code)
    for _ in range(MOST_REPLACED):
        if entry is None or entry.status is EntryStatus.ACTIVE or not entry.replaced_by_id:
            break
        entry = await entries.get(entry.replaced_by_id)
    if entry is None:
        return texts.CODE_UNKNOWN
    if entry.status is not EntryStatus.ACTIVE:
        return texts.CODE_RETIRED
    place = entries.place_of(entry)
    if place is None:
        return texts.CODE_RETIRED
    talk.state = talk.state._replace(stage="saying", entry=entry.code, offered=(), region="", places=())
    # what is found elsewhere is nobody's finding, and not to be signed for them
    talk.state = talk.state._replace(is_finding=False)
    if talk.state.is_calling:
        return offer_a_person(place, talk=talk, house=house)
    here = texts.HERE.format(
        place="".join(place.names[1:]),
        area=house.organisation.table.areas.get(entry.area_id, ""),
        about=texts.ABOUT_PURPOSE[str(entry.purpose)],
    )
    if not talk.state.pieces:
        return here
    talk.state = talk.state._replace(offered=(texts.SUBMIT,))
    return here + texts.KEPT_SO_FAR.format(count=talk.state.pieces) + "\n" + texts.choices([texts.SUBMIT])


async def enter_at(
    effect: EnterAt, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """The code on that village's wall, as if it had been scanned."""
    active = EntryCode.filter(
        region_id=effect.region, area_id=effect.area, purpose=Purpose.REPORT, status=EntryStatus.ACTIVE
    )
    entry = await active.order_by("code").first()
    if entry is None:
        place = "".join(house.organisation.table.names_of(effect.region)[-2:])
        return texts.NO_CODE_THERE.format(place=place)
    was_finding = talk.state.is_finding
    answer = await enter(Enter(code=entry.code), talk=talk, entries=entries, house=house)
    if was_finding:
        liaison = await liaison_in(openid, house=house)
        is_theirs = liaison is not None and liaison.village_id == effect.region
        talk.state = talk.state._replace(is_finding=is_theirs)
    return answer


async def telephone(
    effect: Telephone, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House
) -> str:
    """Asks where one is first; what comes then is heard as always, and `enter` comes back here."""
    entry = await entries.get(effect.entry) if effect.entry else None
    place = entries.place_of(entry) if entry else None
    return offer_a_person(place, talk=talk, house=house) if place else texts.PERSON_ANYWHERE


def offer_a_person(place: PlaceInWords, *, talk: Talk, house: House) -> str:
    talk.state = talk.state._replace(stage="calling", offered=texts.CONSULTS, is_calling=False)
    words = texts.PERSON_TEXT if place.telephone else texts.PERSON_NO_TELEPHONE
    return words.format(
        owner=place.telephone_owner,
        telephone=place.telephone,
        hours=place.hours or texts.USUAL_HOURS,
        now="" if is_open(house.clock.now(), house=house) else texts.CLOSED_NOW,
        choices=texts.choices(list(texts.CONSULTS)),
    )


def is_open(at: datetime, *, house: House) -> bool:
    """Roughly: a body's own hours are words."""
    local = at.astimezone(house.timezone)
    return house.organisation.calendar.is_working_day(local.date()) and OPENS <= local.time() < CLOSES
