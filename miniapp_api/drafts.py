"""From the fields of `POST reports` to a draft; what cannot be filled in so is named field by field."""

import re
from datetime import date
from typing import Final

from disclosures.listing import published_on
from intake.draft import Draft, Identity, Location
from miniapp_api import shapes, texts
from miniapp_api.errors import EntryUnknown, FieldsWrong
from miniapp_api.operations import REPORTER
from miniapp_api.sessions import openid_of
from models.api_session import ApiSession
from models.choices import Channel
from models.disclosure import Disclosure
from organisation.house import House
from organisation.resolving import entry_behind
from routing.facts import Subject

_PHONE: Final = re.compile(r"[0-9+\- ]{5,20}")


async def draft_of(body: shapes.ReportBody, *, session: ApiSession, house: House) -> Draft:
    """Raises `FieldsWrong`."""
    entry = await entry_behind(body.entry)
    wrong = _wrong(body, house=house)
    if entry is None:
        wrong.insert(0, ("entry", EntryUnknown.message))
    if body.disclosure and not await _is_published(body.disclosure, house=house):
        wrong.append(("disclosure", texts.DISCLOSURE_UNKNOWN))
    if entry is None or wrong:
        raise FieldsWrong(wrong)
    return Draft(
        entry=entry,
        level=str(body.level),
        text=body.text,
        channel=Channel.MINI if session.role == REPORTER else Channel.WEB,
        person_index=session.person_index,
        openid=openid_of(session, house=house),
        identity=_identity(body.identity),
        subject=subject_of(body.subject),
        kind=str(body.kind) if body.kind else None,
        disclosure=body.disclosure or None,
        appeal_of=body.appeal_of or None,
        occurred_on=body.occurred_on.isoformat() if body.occurred_on else None,
        location=location_of(body.location),
        attachments=tuple(body.attachments),
        avoid=frozenset(body.avoid),
    )


def _wrong(body: shapes.ReportBody, *, house: House) -> list[tuple[str, str]]:
    wrong = []
    if body.identity.mode == "named":
        if not body.identity.name:
            wrong.append(("identity.name", texts.NAME_NEEDED))
        if not body.identity.phone:
            wrong.append(("identity.phone", texts.PHONE_NEEDED))
        elif not _PHONE.fullmatch(body.identity.phone):
            wrong.append(("identity.phone", texts.PHONE_WRONG))
    if body.occurred_on and body.occurred_on > today(house):
        wrong.append(("occurred_on", texts.DATE_IN_FUTURE))
    if body.appeal_of and not (body.appeal_of.isascii() and body.appeal_of.isalnum()):
        wrong.append(("appeal_of", texts.FIELD_WRONG))
    return wrong


def today(house: House) -> date:
    return house.clock.now().astimezone(house.timezone).date()


async def _is_published(code: str, *, house: House) -> bool:
    return "\0" not in code and await Disclosure.filter(published_on(today(house)), code=code).exists()


def _identity(given: shapes.IdentityBody) -> Identity | None:
    """Whatever an anonymous reporter left in the fields is not kept."""
    return Identity(name=given.name, phone=given.phone) if given.mode == "named" else None


def subject_of(given: shapes.SubjectBody | None) -> Subject | None:
    if given is None or not (given.name or given.post or given.unit):
        return None
    return Subject(name=given.name, post=given.post, unit=given.unit)


def location_of(given: shapes.LocationBody | None) -> Location | None:
    if given is None:
        return None
    if given.latitude is None or given.longitude is None:
        return Location(latitude=None, longitude=None, label=given.label) if given.label else None
    return Location(latitude=given.latitude, longitude=given.longitude, label=given.label)
