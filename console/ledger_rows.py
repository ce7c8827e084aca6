"""Rows of the ledger as its page shows them, with what a body above may do with each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from markupsafe import Markup

from access.ledger import LedgerRow
from access.viewer import Viewer
from casework.targets import Options, listed_options
from casework.transitions import is_legal, part_of
from console import clocks, texts
from console.clocks import Mark
from console.passed_on import in_words, mark_of
from console.repeated import Repeated, joined
from models.choices import Status
from organisation.house import House

OFFERED = ("urge", "lift", "assign-down", "cross")
NAMES_NO_BODY = ("urge", "lift")
Referrals = tuple[tuple[str, Mark | None], ...]
WHOLE = Repeated("_ledger_row.html", "whole", own=("number", "moment"))


class Said(NamedTuple):
    """What many rows say alike."""

    status: str
    owner_code: str
    owner_name: str
    area_name: str
    kind: str | None
    age: str
    mark: Mark | None
    is_urged: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """A row on a page of its own: the actions offered, and the bodies each may name.

    `referrals` are in words, each with what is left of its time.
    """

    number: str
    moment: str
    said: Said
    referrals: Referrals
    may: Sequence[str]
    bodies: Mapping[str, Options]


def many_rows(rows: Sequence[LedgerRow], *, by: Viewer, at: datetime, house: House) -> Markup:
    """Put together here: the template would look at each word of each row anew."""
    words = texts.ROW_OFFERS.get(by.body_level, texts.ROW_OFFER)
    offers = {status: words if _legal(status, by=by) else "" for status in {row.status for row in rows}}
    pieces = []
    for row in rows:
        said, moment = _said(row, at=at, house=house)
        offer = offers[row.status] if row.owner_code != by.body_code else ""
        pieces.append(WHOLE(said, _referrals(row, house=house), offer, number=row.number, moment=moment))
    return joined(pieces)


def one_row(row: LedgerRow, *, by: Viewer, at: datetime, house: House) -> One:
    may = _legal(row.status, by=by) if row.owner_code != by.body_code else []
    table = house.organisation.table
    bodies = {
        name: listed_options(row.owner_code, action=name, by=by, table=table)
        for name in may
        if name not in NAMES_NO_BODY
    }
    said, moment = _said(row, at=at, house=house)
    return One(
        number=row.number,
        moment=moment,
        said=said,
        referrals=_referrals(row, house=house),
        may=[name for name in may if name in NAMES_NO_BODY or bodies[name]],
        bodies=bodies,
    )


def _legal(status: str, *, by: Viewer) -> Sequence[str]:
    return [name for name in OFFERED if is_legal(name, status=Status(status), role=part_of(by, action=name))]


def _said(row: LedgerRow, *, at: datetime, house: House) -> tuple[Said, str]:
    """And the moment when it was submitted, which is its own."""
    timezone, calendar = house.timezone, house.organisation.calendar
    # what is in this zone already costs the clocks nothing to bring there
    now, submitted = at.astimezone(timezone), row.submitted_at.astimezone(timezone)
    said = Said(
        row.status,
        row.owner_code,
        row.owner_name,
        row.area_name,
        row.kind,
        clocks.age(submitted, now=now, timezone=timezone),
        clocks.due_mark(row.due_at, status=row.status, now=now, timezone=timezone, calendar=calendar),
        row.urge_due_at is not None,
    )
    return said, clocks.moment(submitted, timezone=timezone)


def _referrals(row: LedgerRow, *, house: House) -> Referrals:
    return tuple((in_words(each, house=house), mark_of(each.due_at, house=house)) for each in row.referrals)
