"""A code scanned or typed: says in words where one is and about what."""

from dataclasses import replace
from datetime import datetime

from bot import texts
from bot.effects import Enter, Telephone
from bot.ledger import Talk
from models.choices import EntryStatus
from models.entry_code import EntryCode
from organisation.house import House
from organisation.places import place_in_words


async def enter(effect: Enter, *, talk: Talk, openid: str, at: datetime, house: House) -> str:
    talk.is_following = True
    entry = await EntryCode.get_or_none(code=effect.code)
    if entry is not None and entry.status is not EntryStatus.ACTIVE and entry.replaced_by_id:
        entry = await EntryCode.get_or_none(code=entry.replaced_by_id)
    if entry is None:
        return texts.CODE_UNKNOWN
    if entry.status is not EntryStatus.ACTIVE:
        return texts.CODE_RETIRED
    table = house.organisation.table
    place = place_in_words(table, region_code=entry.region_id, purpose=entry.purpose)
    if place is None:
        return texts.CODE_RETIRED
    talk.state = replace(talk.state, stage="saying", entry=entry.code, offered=())
    here = texts.HERE.format(
        place="".join(place.names[1:]),
        area=table.areas.get(entry.area_id, ""),
        about=texts.ABOUT_PURPOSE[str(entry.purpose)],
    )
    if not talk.state.pieces:
        return here
    talk.state = replace(talk.state, offered=(texts.SUBMIT,))
    return here + texts.KEPT_SO_FAR.format(count=talk.state.pieces) + "\n" + texts.choices([texts.SUBMIT])


async def telephone(effect: Telephone, *, talk: Talk, openid: str, at: datetime, house: House) -> str:
    entry = await EntryCode.get_or_none(code=effect.entry) if effect.entry else None
    if entry is None:
        return texts.PERSON_ANYWHERE
    place = place_in_words(house.organisation.table, region_code=entry.region_id, purpose=entry.purpose)
    if place is None or not place.telephone:
        return texts.PERSON_ANYWHERE
    return texts.PERSON_TEXT.format(owner=place.telephone_owner, telephone=place.telephone)
