"""The one SQL predicate of who sees which report (domain.md "Who sees what").

Written over a table alias `r`. Parameters: `$1` and `$2` are the bar indexes of the person and of the body, `$3`
the version the account is known since, `$4` whether the role reads reports, `$5` the body's code. Every list,
count, search, page and live update uses it, so a row that is hidden is never loaded. An operator and a city
approver read nothing.
"""

from typing import Any

from access.viewer import Viewer

READERS = ("handler", "leader")
PARAMETERS = 5

UNBARRED = """NOT EXISTS (SELECT 1 FROM report_bar bar WHERE bar.report_id = r.id AND bar.lifted_at IS NULL
    AND bar.who_index IN ($1, $2))"""

# a report matched before the account was last changed waits for the matcher to clear the pair
VISIBLE = f"""$4 AND r.owner_id = $5 AND r.matched_version >= $3 AND {UNBARRED}"""


def viewer_values(viewer: Viewer) -> list[Any]:
    return [viewer.own_bar, viewer.body_bar, viewer.known_since, viewer.role in READERS, viewer.body_code]
