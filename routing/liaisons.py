"""Liaisons as columns, in the order of their villages: made into nodes only where one is looked at."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping

from routing.columns import Words
from routing.nodes import LiaisonNode

_ROLES = ("chief", "deputy", "monitor")
_HEADS = frozenset(_ROLES[:2])
_MONITOR = _ROLES.index("monitor") * 2
_WHOLE_VILLAGE = -1


class Liaisons(Mapping[str, LiaisonNode]):
    """By key, in the order of ids. `heads_of` and `by_home` find those of a place."""

    __slots__ = ("_by_id", "_groups", "_ids", "_kept", "_names", "_phones", "_roles", "_villages")

    def __init__(self, liaisons: Iterable[LiaisonNode]) -> None:
        rows: list[LiaisonNode] = []
        self._kept: dict[str, LiaisonNode] = {}
        for liaison in liaisons:
            if _is_plain(liaison):
                rows.append(liaison)
            else:
                self._kept[liaison.key] = liaison
        rows.sort(key=lambda row: (row.village_code, row.id))
        self._ids = array("q", (row.id for row in rows))
        self._villages = array("q", (int(row.village_code) for row in rows))
        self._groups = array("h", (int(row.group_code[12:] or _WHOLE_VILLAGE) for row in rows))
        self._roles = array("b", (_ROLES.index(row.role) * 2 + row.is_bound for row in rows))
        self._names = Words(row.name for row in rows)
        self._phones = Words(row.phone for row in rows)
        self._by_id = array("I", sorted(range(len(rows)), key=self._ids.__getitem__))

    def __len__(self) -> int:
        return len(self._ids) + len(self._kept)

    def __iter__(self) -> Iterator[str]:
        yield from (f"liaison:{self._ids[row]}" for row in self._by_id)
        yield from self._kept

    def __getitem__(self, key: str) -> LiaisonNode:
        kept = self._kept.get(key)
        if kept is not None:
            return kept
        number = key.removeprefix("liaison:")
        if number.isascii() and number.isdigit():
            found = bisect_left(self._by_id, int(number), key=self._ids.__getitem__)
            if found < len(self._by_id) and self._ids[self._by_id[found]] == int(number):
                return self._node(self._by_id[found])
        raise KeyError(key)

    def heads_of(self, village: str) -> list[LiaisonNode]:
        """Chiefs of one village, then its deputies, each in the order of ids."""
        heads = [self._node(row) for row in self._rows_of(village) if self._roles[row] < _MONITOR]
        if self._kept:
            heads += [
                one for one in self._kept.values() if one.village_code == village and one.role in _HEADS
            ]
        return sorted(heads, key=lambda one: (one.role, one.id))

    def by_home(self, home: Callable[[str], str]) -> dict[str, list[range]]:
        """Rows (see `at`) whose villages have one home, the neighbours among them in one range."""
        found: dict[str, list[range]] = {}
        start, count = 0, len(self._villages)
        while start < count:
            end = bisect_right(self._villages, self._villages[start], lo=start)
            ranges = found.setdefault(home(f"{self._villages[start]:012}"), [])
            if ranges and ranges[-1].stop == start:
                ranges[-1] = range(ranges[-1].start, end)
            else:
                ranges.append(range(start, end))
            start = end
        return found

    def at(self, rows: Iterable[range]) -> Iterator[LiaisonNode]:
        return (self._node(row) for inside in rows for row in inside)

    @property
    def kept(self) -> Iterable[LiaisonNode]:
        """Those who fit no column."""
        return self._kept.values()

    def _rows_of(self, village: str) -> range:
        if not (village.isascii() and village.isdigit()):
            return range(0)
        number = int(village)
        start = bisect_left(self._villages, number)
        return range(start, bisect_right(self._villages, number, lo=start))

    def _node(self, row: int) -> LiaisonNode:
        village, group = f"{self._villages[row]:012}", self._groups[row]
        return LiaisonNode(
            key=f"liaison:{self._ids[row]}",
            id=self._ids[row],
            name=self._names[row],
            phone=self._phones[row],
            village_code=village,
            group_code="" if group == _WHOLE_VILLAGE else f"{village}{group:03}",
            role=_ROLES[self._roles[row] // 2],
            is_bound=bool(self._roles[row] % 2),
        )


def _is_plain(liaison: LiaisonNode) -> bool:
    """Whether columns hold all there is to know: codes of the usual digits, a usual role, the key of the id."""
    village, group = liaison.village_code, liaison.group_code
    return (
        len(village) == 12
        and village.isascii()
        and village.isdigit()
        and liaison.role in _ROLES
        and liaison.key == f"liaison:{liaison.id}"
        and (
            not group
            or (len(group) == 15 and group.startswith(village) and group[12:].isdigit() and group.isascii())
        )
    )
