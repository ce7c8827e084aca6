"""Which ledger rows somebody wants to see, narrowed further by SQL over `r`; never widened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.due import RUNNING
from models.fields import to_millis


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFilter:
    """Empty fields ask for nothing; `since` and `until` are instants, the second not included."""

    status: str = ""
    kind: str = ""
    area: str = ""
    owner: str = ""
    is_overdue: bool = False
    since: datetime | None = None
    until: datetime | None = None

    @property
    def keys(self) -> dict[str, str]:
        """What was asked, for the log."""
        asked = {
            "status": self.status,
            "kind": self.kind,
            "area": self.area,
            "owner": self.owner,
            "overdue": "yes" if self.is_overdue else "",
            "since": self.since.isoformat() if self.since else "",
            "until": self.until.isoformat() if self.until else "",
        }
        return {name: value for name, value in asked.items() if value}


ALL = LedgerFilter()


def narrowed(wanted: LedgerFilter, *, values: list[Any], at: datetime) -> str:
    """Conditions to put behind others, each with its AND; their parameters are appended to `values`."""

    def parameter(value: Any) -> str:
        values.append(value)
        return f"${len(values)}"

    columns = {
        "r.status": wanted.status,
        "r.kind": wanted.kind,
        "r.area_id": wanted.area,
        "r.owner_id": wanted.owner,
    }
    said = [f"{column} = {parameter(value)}" for column, value in columns.items() if value]
    if wanted.is_overdue:
        said.append(f"{RUNNING} AND r.due_at < {parameter(to_millis(at))}")
    if wanted.since is not None:
        said.append(f"r.submitted_at >= {parameter(to_millis(wanted.since))}")
    if wanted.until is not None:
        said.append(f"r.submitted_at < {parameter(to_millis(wanted.until))}")
    return "".join(f" AND {one}" for one in said)
