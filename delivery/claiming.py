"""Which notices are taken next: one for each recipient, without reading all that waits."""

from typing import Final

REPLIES: Final = "reply"
REPORTERS: Final = "reporter"
# As many of the oldest notices to reporters as one look considers: those who are being written to already, or have
# several, leave room for others.
WINDOW: Final = 100
# more than all workers ever have in their hands; it keeps a planner with old figures on the index
IN_HANDS: Final = 1_000


def lane_of(*, notice: str, staff_id: int | None, liaison_id: int | None) -> str:
    """What waits for one official is one lane, so that its head is found at once however long it is. Reporters are
    many with little each: they share two, and no row names them beside their report.
    """
    if staff_id is not None:
        return f"staff:{staff_id}"
    if liaison_id is not None:
        return f"liaison:{liaison_id}"
    return REPLIES if notice == "report_reply" else REPORTERS


def _oldest(lane: str, *, most: int, what: str) -> str:
    """Due ones, in the order of the index by lanes."""
    return f"""(SELECT {what} FROM outbox_notice n
      WHERE n.status = 'waiting' AND n.lane = {lane} AND n.created_at <= $1 AND n.next_at <= $1
      ORDER BY n.created_at, n.id LIMIT {most})"""


def _window(lane: str) -> str:
    oldest = _oldest(f"'{lane}'", most=WINDOW, what="n.id, n.report_id, n.notice, n.created_at")
    return f"SELECT reporters.* FROM {oldest} reporters"


# One row per recipient, the earliest, and none while another of theirs is in flight (errcode 43108). The lanes that
# wait are found one after another, each by a step in the index.
# COALESCE keeps a planner with old figures off the index by lanes, which holds the whole backlog, wherever rows are
# found in another way.
LOOK: Final = f"""WITH RECURSIVE lanes AS (
    SELECT MIN(n.lane) AS lane FROM outbox_notice n WHERE n.status = 'waiting'
    UNION ALL
    SELECT (SELECT MIN(n.lane) FROM outbox_notice n WHERE n.status = 'waiting' AND n.lane > lanes.lane)
      FROM lanes WHERE lanes.lane IS NOT NULL
  ), busy AS (
    SELECT CASE WHEN n.lane IN ('{REPLIES}', '{REPORTERS}') THEN COALESCE(r.reporter_index, n.report_id)
        ELSE n.lane END AS recipient
      FROM (SELECT o.lane, o.report_id, o.status FROM outbox_notice o
        WHERE o.lease_until > $1 ORDER BY o.lease_until LIMIT {IN_HANDS}) n
      JOIN report r ON r.id = n.report_id WHERE COALESCE(n.status, '') = 'waiting'
  ), oldest AS ({_window(REPLIES)} UNION ALL {_window(REPORTERS)}
  ), reporters AS (
    SELECT n.id, ROW_NUMBER() OVER (PARTITION BY COALESCE(r.reporter_index, n.report_id)
        ORDER BY n.created_at, n.id) AS place
      FROM oldest n JOIN report r ON r.id = n.report_id
      WHERE COALESCE(r.reporter_index, n.report_id) NOT IN (SELECT recipient FROM busy)
        AND NOT (n.notice = 'report_reply' AND EXISTS (SELECT 1 FROM outbox_notice earlier
          WHERE earlier.report_id = n.report_id AND earlier.notice = n.notice
            AND COALESCE(earlier.status, '') = 'waiting'
            AND (earlier.created_at, earlier.id) < (n.created_at, n.id)))
  ), heads AS (
    SELECT {_oldest("lanes.lane", most=1, what="n.id")} AS id FROM lanes
      WHERE lanes.lane NOT IN ('{REPLIES}', '{REPORTERS}') AND lanes.lane NOT IN (SELECT recipient FROM busy)
    UNION ALL SELECT id FROM reporters WHERE place = 1
  )
  SELECT heads.id FROM heads WHERE heads.id IS NOT NULL"""

# Answers first, what reminds last.
# The condition is looked at again on the locked row: what another worker took meanwhile drops out.
TAKE: Final = """WITH taken AS (
    SELECT n.id FROM outbox_notice n
    WHERE n.id in_list($5) AND COALESCE(n.status, '') = 'waiting' AND n.next_at <= $1
    ORDER BY CASE n.notice WHEN 'report_reply' THEN 0 WHEN 'report_progress' THEN 1 WHEN 'urge' THEN 3 ELSE 2 END,
      n.next_at LIMIT $2 FOR UPDATE SKIP LOCKED
  )
  UPDATE outbox_notice SET lease_by = $3, lease_until = $4, next_at = $4, tries = tries + 1
  WHERE id IN (SELECT id FROM taken)
  RETURNING id, notice, report_id, message_id, staff_id, liaison_id, sealed_payload, tries, created_at"""
