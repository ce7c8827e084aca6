"""The kinds of rows an organisation is made of, as they are listed, searched and shown for changing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tortoise.expressions import Q
from tortoise.models import Model

from models.body import Body
from models.cadre import Cadre
from models.figures import CountyFigures
from models.holiday import Holiday
from models.liaison import Liaison
from models.recusal import Recusal
from models.saying import Saying
from models.specialist import Specialist
from models.staff import Staff
from models.zone import Zone, ZoneMember
from organisation.importing import tables
from organisation.importing.records import Record
from organisation.importing.tables import Table
from organisation.importing.writing import ATTRIBUTES
from organisation.reach import Reach

PAGE: Final = 50
Values = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """`regions` are ways from a row to the region it belongs to, `bodies` to the body; `searched` are attributes.

    `fixed` are columns that stay as they are once the row stands: what tells it apart, and `held` besides.
    """

    table: Table
    model: type[Model]
    regions: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    searched: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    values: Callable[[Any], Values] = field(default=lambda row: {})

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def fixed(self) -> tuple[str, ...]:
        return (*self.table.key, *self.held)


def plain_values(table: Table) -> Callable[[Any], Values]:
    """Columns of the import file with the row's values as the file would have them."""

    def read(row: Any) -> Values:
        found: Values = {}
        for column in table.columns:
            if column.kind.is_secret:
                continue
            value = getattr(row, ATTRIBUTES.get(column.name, column.name))
            found[column.name] = _written(value)
        return found

    return read


def recusal_values(row: Any) -> Values:
    who = row.staff.username if row.staff else row.liaison.phone if row.liaison else row.body_id
    return {
        "who": who,
        "from_kind": str(row.from_kind),
        "from": row.from_value,
        "reason": row.reason,
        "active": _written(row.is_active),
    }


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _plain(table: Table, model: type[Model], **more: Any) -> Kind:
    return Kind(table=table, model=model, values=plain_values(table), **more)


KINDS: Final[Mapping[str, Kind]] = {
    kind.name: kind
    for kind in (
        _plain(
            tables.STAFF,
            Staff,
            bodies=("body",),
            searched=("name", "username", "phone", "body__name"),
            joined=("body",),
        ),
        _plain(
            tables.LIAISONS,
            Liaison,
            regions=("village",),
            searched=("name", "phone", "village__name"),
            joined=("village",),
        ),
        Kind(
            table=tables.RECUSALS,
            model=Recusal,
            bodies=("body", "staff__body"),
            regions=("liaison__village",),
            searched=("from_value", "staff__name", "liaison__name"),
            joined=("staff", "liaison", "body"),
            values=recusal_values,
        ),
        _plain(
            tables.BODIES,
            Body,
            regions=("region",),
            searched=("name", "code", "phone"),
            joined=("region",),
            held=("level", "room", "region_code"),
        ),
        _plain(
            tables.ZONES,
            Zone,
            regions=("county",),
            searched=("name", "commander"),
            joined=("county", "office_body"),
        ),
        _plain(
            tables.ZONE_MEMBERS,
            ZoneMember,
            regions=("zone__county",),
            searched=("zone__name", "body__name"),
            joined=("zone", "body"),
        ),
        _plain(
            tables.SPECIALISTS,
            Specialist,
            regions=("county",),
            searched=("area__name", "body__name"),
            joined=("county", "area", "body"),
        ),
        _plain(tables.HOLIDAYS, Holiday, searched=("day", "name")),
        _plain(tables.SAYINGS, Saying, searched=("word",)),
        _plain(
            tables.FIGURES,
            CountyFigures,
            regions=("county",),
            searched=("county__name",),
            joined=("county",),
        ),
        _plain(
            tables.CADRES, Cadre, regions=("region",), searched=("name", "unit", "post"), joined=("region",)
        ),
    )
}


def within(kind: Kind, reach: Reach) -> Q:
    """The rows of a kind that somebody's reach covers."""
    if reach.body:
        return _own(kind, reach)
    if not reach.county:
        return Q()
    ways = [*kind.regions, *(f"{body}__region" for body in kind.bodies)]
    if not ways:
        # of the whole country, and kept by the city
        return Q(pk__in=[])
    deep = [
        f"{way}{up}"
        for way in ways
        for up in ("", "__parent", "__parent__parent", "__parent__parent__parent")
    ]
    return Q(*(Q(**{f"{way}__code": reach.county}) for way in deep), join_type=Q.OR)


def _own(kind: Kind, reach: Reach) -> Q:
    ways = [Q(**{f"{body}__code": reach.body}) for body in kind.bodies]
    if reach.township:
        ways += [Q(**{f"{way}__parent__code": reach.township}) for way in kind.regions]
    return Q(*ways, join_type=Q.OR) if ways else Q(pk__in=[])


async def rows_of(kind: Kind, reach: Reach, *, q: str = "", after: str = "") -> Sequence[Any]:
    """One more than a page, by primary key; `after` is that of the last row already shown."""
    found = kind.model.filter(within(kind, reach))
    if q:
        found = found.filter(Q(*(Q(**{f"{name}__icontains": q}) for name in kind.searched), join_type=Q.OR))
    if after:
        found = found.filter(**{f"{kind.model._meta.pk_attr}__gt": _key(kind, after)})
    return await found.order_by(kind.model._meta.pk_attr).limit(PAGE + 1).select_related(*kind.joined)


async def row_of(kind: Kind, reach: Reach, *, key: str) -> Any | None:
    """None when there is none, or none within reach: both look the same."""
    try:
        wanted = _key(kind, key)
    except ValueError:
        return None
    return await kind.model.filter(within(kind, reach), pk=wanted).select_related(*kind.joined).first()


async def row_with_key(kind: Kind, record: Record, *, among: Q) -> Any | None:
    """The row that an import file's row means; None also where what tells it apart cannot be read."""
    if record.bad.intersection(kind.table.key):
        return None
    if kind.model is not Recusal:
        wanted = {ATTRIBUTES.get(column, column): record.text(column) for column in kind.table.key}
        return await kind.model.filter(among, **wanted).select_related(*kind.joined).first()
    found = Recusal.filter(among, from_kind=record.text("from_kind"), from_value=record.text("from"))
    rows = await found.select_related(*kind.joined)
    return next((row for row in rows if kind.values(row)["who"] == record.text("who")), None)


def _key(kind: Kind, key: str) -> str | int:
    is_number = kind.model._meta.pk.field_type is int
    return int(key) if is_number else key
