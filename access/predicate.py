"""The one SQL predicate of who sees which report (domain.md "Who sees what").

Written over a table alias `r`; parameters `$1` staff id, `$2` body code, `$3` version the account is known
since, `$4` whether the role reads reports. Every list, count, search, page and live update uses it, so a row
that is hidden is never loaded. An operator and a city approver read nothing.
"""

from typing import Any

from access.viewer import Viewer

READERS = ("handler", "leader")
PARAMETERS = 4

UNBARRED = """NOT EXISTS (SELECT 1 FROM report_bar bar WHERE bar.report_id = r.id AND bar.lifted_at IS NULL
    AND (bar.staff_id = $1 OR bar.body_id = $2))"""

# a report matched before the account was last changed waits for the matcher to clear the pair
VISIBLE = f"""$4 AND r.owner_id = $2 AND r.matched_version >= $3 AND {UNBARRED}"""


def viewer_values(viewer: Viewer) -> list[Any]:
    return [viewer.staff_id, viewer.body_code, viewer.known_since, viewer.role in READERS]
