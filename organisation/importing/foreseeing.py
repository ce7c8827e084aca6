"""The organisation as it will stand once the files are in: what rows may refer to."""

from organisation.importing import tables
from organisation.importing.checking_sayings import pair_of
from organisation.importing.records import Batch
from organisation.importing.stored import Office, Place, Stored


def foreseen(stored: Stored, *, batch: Batch) -> Stored:
    """`stored` with the rows of `batch` laid over it; bad rows too, so that one slip is one problem."""
    after = stored.copy()
    after.areas |= {record.text("code") for record in batch.records(tables.AREAS)}
    for record in batch.records(tables.REGIONS):
        after.regions[record.text("code")] = Place(
            level=record.text("level"), parent=record.text("parent_code")
        )
    for record in batch.records(tables.BODIES):
        after.bodies[record.text("code")] = Office(
            level=record.text("level"), region=record.text("region_code")
        )
    for record in batch.records(tables.ZONES):
        after.zones[record.text("code")] = record.text("county_code")
    after.liaisons |= {record.text("phone") for record in batch.records(tables.LIAISONS)}
    for record in batch.records(tables.SAYINGS):
        if not record.bad:
            pair = pair_of(record)
            counts = record.is_active
            after.sayings[pair] = after.sayings.get(pair, True) if counts is None else counts
    _foresee_members(after, batch=batch)
    _foresee_phones(after, batch=batch)
    return after


def _foresee_members(after: Stored, *, batch: Batch) -> None:
    """Those who leave a zone first, so that a move between zones is one import."""
    for record in batch.records(tables.ZONE_MEMBERS):
        if record.is_active is False and after.zone_of.get(record.text("body_code")) == record.text(
            "zone_code"
        ):
            del after.zone_of[record.text("body_code")]


def _foresee_phones(after: Stored, *, batch: Batch) -> None:
    for record in batch.records(tables.STAFF):
        if "phone" in record.values:
            after.phone_of[record.text("username")] = record.text("phone")
        else:
            after.phone_of.setdefault(record.text("username"), "")
