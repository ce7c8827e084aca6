"""The outbox: notices written with what they tell, taken by one worker at a time, settled once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from clients.database import changed, rows, text_list
from clients.writes import Write
from delivery.claiming import LOOK, TAKE, lane_of
from delivery.outcomes import Failed, Outcome, Sent, TryAgain
from models.choices import DeliveryStatus
from models.fields import from_millis, new_id, to_millis
from models.report import Report
from vault.keys import DataKey

LEASE_SECONDS = 25
QUICK_SECONDS = 10
SLOW_SECONDS = 600
QUICK_UNTIL = timedelta(minutes=10)
GIVE_UP_AFTER = timedelta(days=3)

# column → its type on PostgreSQL
COLUMNS = {
    "id": "text",
    "dedupe_key": "text",
    "notice": "text",
    "report_id": "text",
    "message_id": "text",
    "staff_id": "int",
    "liaison_id": "int",
    "lane": "text",
    "sealed_payload": "bytea",
    "created_at": "bigint",
    "next_at": "bigint",
    "reason": "text",
}
INSERT = f"""INSERT INTO outbox_notice ({", ".join(COLUMNS)}, status, channel, tries, lease_by)
  SELECT given.*, 'waiting', '', 0, '' FROM given_rows WHERE TRUE
  ON CONFLICT (dedupe_key) DO NOTHING"""

# replies keep their order, so a new one must not wait out the long pause of an earlier one (one that is held has
# not been tried: it may still be withdrawn)
HURRY = """UPDATE outbox_notice SET next_at = given.at FROM given_rows
  WHERE outbox_notice.report_id = given.report_id AND notice = 'report_reply' AND status = 'waiting'
    AND lease_by = '' AND next_at > given.at AND tries > 0"""
CANCEL = """UPDATE outbox_notice SET status = 'failed', reason = 'withdrawn', settled_at = $2
  WHERE message_id = $1 AND status = 'waiting' AND tries = 0 AND next_at > $2"""

MINE = "id = $1 AND lease_by = $2 AND tries = $3 AND status = 'waiting'"
FINISH = f"""UPDATE outbox_notice SET status = $4, channel = $5, reason = $6, settled_at = $7, lease_by = '',
    lease_until = NULL WHERE {MINE}"""
POSTPONE = f"""UPDATE outbox_notice SET next_at = $4, reason = $5, lease_by = '', lease_until = NULL
  WHERE {MINE}"""
REWRITE = f"UPDATE outbox_notice SET sealed_payload = $4 WHERE {MINE}"

# it counts from now, so that it is tried for days again; the order of replies counts from now too
REVIVE = """UPDATE outbox_notice SET status = 'waiting', reason = '', channel = '', tries = 0, created_at = $2,
    next_at = $2, settled_at = NULL WHERE id = $1 AND status = 'failed'"""


# what is told of a report in a flood waits with it; it counts from when it may go
QUARANTINED = "quarantined"
HELD = f"report_id in_list($1) AND status = 'waiting' AND reason = '{QUARANTINED}'"
RELEASE = f"UPDATE outbox_notice SET reason = '', created_at = $2, next_at = $2 WHERE {HELD}"
DROP = f"UPDATE outbox_notice SET status = 'failed', reason = 'withdrawn', settled_at = $2 WHERE {HELD}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A notice in one worker's hands until its lease ends; `tries` counts this one."""

    id: str
    notice: str
    report_id: str
    message_id: str | None
    staff_id: int | None
    liaison_id: int | None
    sealed_payload: bytes
    tries: int
    created_at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Neither a staff member nor a liaison is the reporter. `dedupe` (at most 96 characters) names notice,
    occasion and recipient; a second notice of the same name is not written.
    """

    dedupe: str
    staff_id: int | None = None
    liaison_id: int | None = None


def notices(
    recipients: Sequence[Recipient],
    *,
    notice: str,
    report: Report,
    key: DataKey,
    payload: dict[str, str],
    at: datetime,
    message_id: str | None = None,
    leaves_at: datetime | None = None,
    reason: str = "",
) -> list[Write]:
    """One row a recipient, carried at `leaves_at`, else at once; `reason` says why it waits. Write them in the
    transaction of what the notice tells; wake "outbox" after the commit.

    `key` is the report's. `payload` values: place, area, number, status (a key or its label), time (ISO or as it
    is to be read).
    """
    moment = to_millis(at)
    leaves = to_millis(leaves_at or at)
    # what is held for a reason takes its place behind what may go
    counts_from = leaves if reason else moment
    waiting = []
    for recipient in recipients:
        id = new_id()
        sealed = key.seal_json(payload, place=f"outbox:{id}:payload")
        staff_id, liaison_id = recipient.staff_id, recipient.liaison_id
        whom = (staff_id, liaison_id, lane_of(notice=notice, staff_id=staff_id, liaison_id=liaison_id))
        waiting.append(
            (id, recipient.dedupe, notice, report.id, message_id, *whom, sealed, counts_from, leaves, reason)
        )
    written = [Write(sql=INSERT, columns=COLUMNS, values=waiting)]
    if notice == "report_reply":
        hurried = {"report_id": "text", "at": "bigint"}
        written.append(Write(sql=HURRY, columns=hurried, values=[(report.id, moment)]))
    return written


async def cancel(message_id: str, *, at: datetime) -> bool:
    """What is held does not go; False when it is on its way or gone."""
    return bool(await changed(CANCEL, message_id, to_millis(at)))


async def release_held(report_ids: Sequence[str], *, at: datetime) -> None:
    """What waited with reports in quarantine goes now. Wake "outbox" after the commit."""
    await changed(RELEASE, text_list(report_ids), to_millis(at))


async def drop_held(report_ids: Sequence[str], *, at: datetime) -> None:
    """What waited with them is of no use any more."""
    await changed(DROP, text_list(report_ids), to_millis(at))


async def claim(
    *, by: str, limit: int, at: datetime, lease_seconds: int = LEASE_SECONDS
) -> Sequence[Claimed]:
    """Takes up to `limit` due notices, at most one per recipient; `by` (32 characters) is this worker's own."""
    until = at + timedelta(seconds=lease_seconds)
    heads = [row["id"] for row in await rows(LOOK, to_millis(at))]
    if not heads:
        return []
    taken = await rows(TAKE, to_millis(at), limit, by, to_millis(until), text_list(heads))
    return [_claimed(row, by=by) for row in taken]


def _claimed(row: Any, *, by: str) -> Claimed:
    return Claimed(
        id=row["id"],
        notice=row["notice"],
        report_id=row["report_id"],
        message_id=row["message_id"],
        staff_id=row["staff_id"],
        liaison_id=row["liaison_id"],
        sealed_payload=bytes(row["sealed_payload"]),
        tries=row["tries"],
        created_at=from_millis(row["created_at"]),
        by=by,
    )


async def settle(claimed: Claimed, *, outcome: Outcome, at: datetime) -> bool:
    """Keeps the outcome; False when somebody else holds the notice by now, and nothing was changed."""
    mine = (claimed.id, claimed.by, claimed.tries)
    if isinstance(outcome, TryAgain):
        age = at - claimed.created_at
        if age < GIVE_UP_AFTER:
            next_at = outcome.not_before or at + pause(tries=claimed.tries, age=age)
            return bool(await changed(POSTPONE, *mine, to_millis(next_at), outcome.reason))
        outcome = Failed(reason=outcome.reason)
    status = DeliveryStatus.SENT if isinstance(outcome, Sent) else DeliveryStatus.FAILED
    values = (str(status), outcome.channel, outcome.reason, to_millis(at))
    return bool(await changed(FINISH, *mine, *values))


async def rewrite(claimed: Claimed, *, sealed_payload: bytes) -> bool:
    """Remembers how far a delivery has come; False when it is no longer this worker's."""
    return bool(await changed(REWRITE, claimed.id, claimed.by, claimed.tries, sealed_payload))


async def revive(id: str, *, at: datetime) -> bool:
    """False when it has not failed, or no longer. Call inside a transaction; wake "outbox" after the commit."""
    return bool(await changed(REVIVE, id, to_millis(at)))


def pause(*, tries: int, age: timedelta) -> timedelta:
    """2, 4, 8, 10 seconds; after the first ten minutes growing with age to ten minutes.

    10 and not 30 seconds: a slow answer, a worker's nap or a lost lease come on top, and the promise is 30.
    """
    if age < QUICK_UNTIL:
        return timedelta(seconds=min(2 ** min(tries, 10), QUICK_SECONDS))
    return timedelta(seconds=min(max(age.total_seconds() / 20, QUICK_SECONDS), SLOW_SECONDS))
