"""Where saved filters are kept: sealed, each its owner's alone.

They hold what somebody would type again, and no row: opened, they are asked anew of what whoever opens them may see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import orjson
from tortoise.transactions import in_transaction

from access.viewer import Viewer
from casework.errors import FieldWrong
from clients.database import rows
from clients.finding import Wanted, find_together
from console.filters import texts
from console.ledger_asking import NAMES as OF_THE_LEDGER
from models.choices import Status
from models.errors import DomainError
from models.fields import new_id
from models.saved_filter import SavedFilter
from organisation.house import House
from vault.log import record

REPORTS: Final = "reports"
LEDGER: Final = "ledger"
LISTS: Final[Mapping[str, Sequence[str]]] = {REPORTS: ("q", "status", "owner"), LEDGER: OF_THE_LEDGER}
"""Each list's fields."""
MOST: Final = 12
"""Of one person in one list."""
NAME_LIMIT: Final = 20
VALUE_LIMIT: Final = 64
USED_EVERY: Final = timedelta(days=1)


class FilterGone(DomainError):
    """Somebody else's and absent look the same."""

    key = "filter-gone"
    message = "没有这个存下的筛选，可能已经删掉。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """`asked` holds the fields that ask for something."""

    id: str
    name: str
    asked: Mapping[str, str]


def asked_of(form: Mapping[str, str], *, of_list: str) -> dict[str, str]:
    """What is worth saving of it: a status that there is not asks for nothing."""
    given = {name: form.get(name, "").strip()[:VALUE_LIMIT] for name in LISTS[of_list]}
    is_status = given["status"] in Status.__members__.values()
    return {name: value for name, value in given.items() if value and (name != "status" or is_status)}


async def filters_of(viewer: Viewer, *, of_list: str, house: House) -> list[Kept]:
    """By name."""
    # with every page of the list: the ORM would make its statement anew each time
    (found,) = await find_together(Wanted(SavedFilter, "staff_id", viewer.staff_id))
    opened = [_opened(row, house=house) for row in found if row.of_list == of_list]
    return sorted(opened, key=lambda one: one.name)


async def open_filter(
    filter_id: str, *, of_list: str, by: Viewer, house: House, is_used: bool = True
) -> Kept:
    """`is_used`: by a person, not by a page that renews itself. Raises `FilterGone`."""
    row = await _own(filter_id, of_list=of_list, by=by)
    at = house.clock.now()
    if is_used and at - row.used_at > USED_EVERY:
        await SavedFilter.filter(id=row.id).update(used_at=at)
    return _opened(row, house=house)


async def keep_filter(name: str, *, of_list: str, asked: Mapping[str, str], by: Viewer, house: House) -> str:
    """Its id. Raises `FieldWrong`."""
    if not asked:
        raise FieldWrong("name", texts.NOTHING_ASKED)
    at, made = house.clock.now(), new_id()
    async with in_transaction():
        others = await _locked(of_list=of_list, by=by, house=house)
        if len(others) >= MOST:
            raise FieldWrong("name", texts.TOO_MANY.format(most=MOST))
        one = Kept(id=made, name=_named(name, others=others), asked=asked)
        await SavedFilter.create(
            id=made, staff_id=by.staff_id, of_list=of_list, sealed_body=_sealed(one, house=house), used_at=at
        )
        await record("filter.save", by=by.actor, at=at, object_id=made)
    return made


async def rename_filter(filter_id: str, name: str, *, of_list: str, by: Viewer, house: House) -> None:
    """Raises `FilterGone`, `FieldWrong`."""
    async with in_transaction():
        others = await _locked(of_list=of_list, by=by, house=house)
        row = await _own(filter_id, of_list=of_list, by=by)
        named = _named(name, others=[one for one in others if one.id != row.id])
        one = Kept(id=row.id, name=named, asked=_opened(row, house=house).asked)
        await SavedFilter.filter(id=row.id).update(sealed_body=_sealed(one, house=house))
        await record("filter.rename", by=by.actor, at=house.clock.now(), object_id=row.id)


async def remove_filter(filter_id: str, *, of_list: str, by: Viewer, house: House) -> None:
    """Raises `FilterGone`."""
    async with in_transaction():
        row = await _own(filter_id, of_list=of_list, by=by)
        await row.delete()
        await record("filter.remove", by=by.actor, at=house.clock.now(), object_id=row.id)


async def _own(filter_id: str, *, of_list: str, by: Viewer) -> SavedFilter:
    row = await SavedFilter.get_or_none(id=filter_id, staff_id=by.staff_id, of_list=of_list)
    if row is None:
        raise FilterGone
    return row


async def _locked(*, of_list: str, by: Viewer, house: House) -> list[Kept]:
    # one after the other, or two at once would pass the bound and take one name twice
    await rows("SELECT id FROM staff WHERE id = $1 FOR UPDATE", by.staff_id)
    return await filters_of(by, of_list=of_list, house=house)


def _named(name: str, *, others: Sequence[Kept]) -> str:
    named = " ".join(name.split())
    if not named:
        raise FieldWrong("name", texts.NAME_MISSING)
    if len(named) > NAME_LIMIT:
        raise FieldWrong("name", texts.NAME_LONG.format(limit=NAME_LIMIT))
    if any(one.name == named for one in others):
        raise FieldWrong("name", texts.NAME_TAKEN.format(name=named))
    return named


def _place(filter_id: str) -> str:
    return f"saved_filter:{filter_id}:body"


def _sealed(one: Kept, *, house: House) -> bytes:
    body = orjson.dumps({"name": one.name, "asked": dict(one.asked)}).decode()
    return house.vault.seal(body, place=_place(one.id))


def _opened(row: SavedFilter, *, house: House) -> Kept:
    body = orjson.loads(house.vault.open(row.sealed_body, place=_place(row.id)))
    return Kept(id=row.id, name=body["name"], asked=body["asked"])
