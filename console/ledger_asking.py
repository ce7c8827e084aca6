"""What a ledger page was asked for, read from its form; what cannot be read asks for nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from access.ledger_filters import LedgerFilter
from access.viewer import Viewer
from console import texts
from console.days import beginning_of, day_of
from console.forms import Form
from models.choices import Choice, Kind, Status
from models.terms import Partner, ReferralState, ReferralWay
from organisation.house import House
from routing.table import RoutingTable

NAMES = ("status", "kind", "area", "owner", "overdue", "way", "partner", "referral", "since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The filter, and what its form shows: values as typed, and the choices of each."""

    wanted: LedgerFilter
    typed: Mapping[str, str]
    areas: Sequence[tuple[str, str]]
    owners: Sequence[tuple[str, str]]


def asking_of(form: Form, *, viewer: Viewer, house: House) -> Asking:
    table = house.organisation.table
    typed = {name: form.get(name, "") for name in NAMES}
    owners = owners_of(viewer, table=table)
    by_name = {name: code for code, name in owners}
    since, until = day_of(typed["since"]), day_of(typed["until"])
    wanted = LedgerFilter(
        status=_one_of(Status, typed["status"]),
        kind=_one_of(Kind, typed["kind"]),
        area=typed["area"] if typed["area"] in table.areas else "",
        owner=by_name.get(typed["owner"], typed["owner"]),
        is_overdue=typed["overdue"] == "yes",
        way=_one_of(ReferralWay, typed["way"]),
        partner=_one_of(Partner, typed["partner"]),
        referral=_one_of(ReferralState, typed["referral"]),
        since=beginning_of(since, house=house) if since else None,
        until=beginning_of(until + timedelta(days=1), house=house) if until and until < date.max else None,
    )
    return Asking(wanted=wanted, typed=typed, areas=sorted(table.areas.items()), owners=owners)


def owners_of(viewer: Viewer, *, table: RoutingTable) -> list[tuple[str, str]]:
    """Bodies of the county, whatever they own: the list tells nothing of rows."""
    bodies = table.bodies_by_county.get(viewer.county_code, ()) if viewer.county_code else ()
    return [(body.code, body.name) for body in bodies if body.level != "city"]


def in_words(asking: Asking) -> str:
    """The filter as the head of an exported sheet says it."""
    said = [f"{texts.LEDGER_ASKED[name]}{value}" for name, value in asking.typed.items() if value]
    return texts.LEDGER_FILTERS.format(words=texts.LEDGER_JOIN.join(said)) if said else texts.LEDGER_ALL


def _one_of(choices: type[Choice], given: str) -> str:
    return given if given in choices.__members__.values() else ""
