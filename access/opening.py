"""What a session's token opens, asked in one statement: a report, if it is its holder's, and what was said about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, NamedTuple

from access.own import LONGEST_NUMBER
from clients.database import rows
from clients.finding import Columns
from models.api_session import ApiSession
from models.message import Message
from models.report import Report

# what a reporter is shown of it, and what says what they may do
SHOWN: Final = """
    id number data_key status area_id region_id is_withdrawn rating question_id submitted_at owned_at rated_at
""".split()
# whose report it is, as `access.own` says it: a receipt opens its one report, whoever holds it
MINE: Final = (
    "CASE WHEN s.report_id IS NULL THEN r.reporter_index = s.person_index ELSE r.id = s.report_id END"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """`report` is None when it is somebody else's or there is none, and has no more than `SHOWN`.

    `said` is in the order said, `files` are ids by message.
    """

    session: ApiSession
    report: Report | None = None
    said: Sequence[Message] = ()
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)


class _Statement(NamedTuple):
    sql: str
    session: Columns[ApiSession]
    report: Columns[Report]
    message: Columns[Message]


async def open_own(*, token_index: str, number: str) -> Opened | None:
    """None without such a session; whether it is over is for its door to see."""
    asked = _statement()
    # what is longer than the column cannot be there
    found = await rows(asked.sql, token_index, number if len(number) <= LONGEST_NUMBER else "")
    if not found:
        return None
    session = asked.session.read(found[0])
    if found[0][asked.session.end] is None:
        return Opened(session=session)
    said, files = _said(found, asked.message)
    return Opened(session=session, report=asked.report.read(found[0]), said=said, files=files)


def _said(found: Sequence[Any], message: Columns[Message]) -> tuple[list[Message], dict[str, list[str]]]:
    """A row for each file of a message, one for a message without."""
    said: list[Message] = []
    files: dict[str, list[str]] = {}
    for row in found:
        if row["said_id"] is None:
            break
        if row["said_id"] not in files:
            said.append(message.read(row))
        of = files.setdefault(row["said_id"], [])
        if row["file_id"] is not None:
            of.append(row["file_id"])
    return said, files


@cache
def _statement() -> _Statement:
    session = Columns(ApiSession, alias="s")
    report = Columns(Report, alias="r", start=session.end, only=SHOWN)
    message = Columns(Message, alias="m", start=report.end)
    sql = f"""SELECT {session.sql}, {report.sql}, {message.sql}, m.id AS said_id, f.id AS file_id
      FROM api_session s LEFT JOIN report r ON r.number = $2 AND {MINE}
        LEFT JOIN message m ON m.report_id = r.id LEFT JOIN attachment f ON f.message_id = m.id
      WHERE s.token_index = $1 ORDER BY m.said_at, m.id, f.created_at, f.id"""
    return _Statement(sql, session, report, message)
