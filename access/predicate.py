"""The one SQL predicate of who sees which report (domain.md "Who sees what").

Written over a table alias `r`. Parameters: `$1` and `$2` are the bar indexes of the person and of the body, `$3`
the version the account is known since, `$4` whether the role reads reports, `$5` the body's code. Every list,
count, search, page and live update uses it, so a row that is hidden is never loaded. An operator and a city
approver read nothing.

One report may wait for the approval of a leader elsewhere, where its own body has no leader free: that leader may
open it while it waits (`readable`), and finds it in a list of its own.
"""

from typing import Any

from access.viewer import Viewer

READERS = ("handler", "leader")
PARAMETERS = 5

UNBARRED = """NOT EXISTS (SELECT 1 FROM report_bar bar WHERE bar.report_id = r.id AND bar.lifted_at IS NULL
    AND bar.who_index IN ($1, $2))"""

# a report matched before the account was last changed waits for the matcher to clear the pair
VISIBLE = f"""$4 AND r.owner_id = $5 AND r.matched_version >= $3 AND {UNBARRED}"""

APPROVING = f"""$4 AND r.approver_id = $5 AND r.matched_version >= $3 AND {UNBARRED}"""


# what came in a flood and was touched by nobody yet: in a place of its own, for those who would see it in the inbox
ASIDE = "(r.quarantined_until > 0 AND r.status = 'received')"
IN_PLACE = "(r.quarantined_until IS NULL OR r.status <> 'received')"


def readable(viewer: Viewer) -> str:
    """Over one report named otherwise: the two halves of it do not share an index."""
    return f"(({VISIBLE}) OR ({APPROVING}))" if viewer.role == "leader" else VISIBLE


def viewer_values(viewer: Viewer) -> list[Any]:
    return [viewer.own_bar, viewer.body_bar, viewer.known_since, viewer.role in READERS, viewer.body_code]
