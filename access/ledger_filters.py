"""Which ledger rows somebody wants to see, narrowed further by SQL over `r`; never widened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from access.due import RUNNING
from access.referrals import STATES
from models.fields import to_millis
from models.terms import ReferralState


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFilter:
    """Empty fields ask for nothing; `since` and `until` are instants, the second not included."""

    status: str = ""
    kind: str = ""
    area: str = ""
    owner: str = ""
    is_overdue: bool = False
    way: str = ""
    partner: str = ""
    referral: str = ""
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
            "way": self.way,
            "partner": self.partner,
            "referral": self.referral,
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
    referred = {"f.way": wanted.way, "f.partner": wanted.partner}
    passed = [f"{column} = {parameter(value)}" for column, value in referred.items() if value]
    if wanted.referral:
        state = STATES[ReferralState(wanted.referral)]
        passed.append(state.format(now=parameter(to_millis(at))) if "{now}" in state else state)
    if passed:
        said.append(f"EXISTS (SELECT 1 FROM referral f WHERE f.report_id = r.id AND {' AND '.join(passed)})")
    if wanted.since is not None:
        said.append(f"r.submitted_at >= {parameter(to_millis(wanted.since))}")
    if wanted.until is not None:
        said.append(f"r.submitted_at < {parameter(to_millis(wanted.until))}")
    return "".join(f" AND {one}" for one in said)
