"""The rows of a report, sealed from the first: itself, its words, the decision and those it is hidden from."""

from datetime import datetime
from typing import Any

from intake.draft import Draft
from models.choices import BarCause, Speaker, Status
from models.decision import RoutingDecision
from models.fields import new_id
from models.message import Message
from models.report import Report
from models.report_bar import ReportBar
from organisation.house import House
from organisation.working_days import add_working_days
from routing.conflicts import Conflicts
from routing.decision import Decision
from vault.keys import DataKey

DAYS_TO_ACCEPT = 5


async def keep_report(
    draft: Draft, *, number: str, receipt: str, owner: str, version: int, at: datetime, house: House
) -> tuple[Report, DataKey]:
    """`version` is the organisation version the draft was matched against."""
    report_id = new_id()
    key, wrapped = house.vault.new_key(place=f"report:{report_id}:key")
    report = Report(
        id=report_id,
        number=number,
        receipt_index=house.vault.index("receipt", receipt),
        data_key=wrapped,
        owner_id=owner,
        status=Status.RECEIVED,
        level=draft.level,
        purpose=draft.entry.purpose,
        channel=draft.channel,
        entry_id=draft.entry.code,
        area_id=draft.entry.area_id,
        region_id=draft.entry.region_id,
        is_named=draft.identity is not None,
        reporter_index=draft.person_index,
        matched_version=version,
        submitted_at=at,
        owned_at=at,
        due_at=add_working_days(at, days=DAYS_TO_ACCEPT, timezone=house.timezone),
        **sealed_columns(draft, report_id=report_id, key=key),
        **indexes(draft, house=house),
    )
    await report.save(force_create=True)
    return report, key


def sealed_columns(draft: Draft, *, report_id: str, key: DataKey) -> dict[str, bytes | None]:
    def seal(column: str, value: Any) -> bytes:
        return key.seal_json(value, place=f"report:{report_id}:{column}")

    identity, subject, location = draft.identity, draft.subject, draft.location
    return {
        "sealed_reporter": seal("reporter", {"openid": draft.openid, "conversation": draft.conversation_id}),
        "sealed_identity": seal("identity", {"name": identity.name, "phone": identity.phone})
        if identity
        else None,
        "sealed_subject": (
            seal("subject", {"name": subject.name, "post": subject.post, "unit": subject.unit})
            if subject
            else None
        ),
        "sealed_details": seal(
            "details",
            {
                "occurred_on": draft.occurred_on,
                "location": (
                    {"latitude": location.latitude, "longitude": location.longitude, "label": location.label}
                    if location
                    else None
                ),
                "disclosure": draft.disclosure,
                "appeal_of": draft.appeal_of,
                "avoid": sorted(draft.avoid),
                "kind": draft.kind,
            },
        ),
    }


def indexes(draft: Draft, *, house: House) -> dict[str, str | None]:
    def index(kind: str, value: str) -> str | None:
        return house.vault.index(kind, value.strip()) if value.strip() else None

    identity, subject = draft.identity, draft.subject
    return {
        "name_index": index("name", identity.name) if identity else None,
        "phone_index": index("phone", identity.phone) if identity else None,
        "subject_name_index": index("name", subject.name) if subject else None,
        "subject_post_index": index("post", subject.post) if subject else None,
    }


async def keep_message(
    report: Report, *, key: DataKey, text: str, at: datetime, speaker: Speaker = Speaker.ME
) -> Message:
    message_id = new_id()
    return await Message.create(
        id=message_id,
        report_id=report.id,
        speaker=speaker,
        sealed_text=key.seal_text(text, place=f"message:{message_id}:text"),
        said_at=at,
    )


async def keep_decision(
    report: Report, *, key: DataKey, decision: Decision, conflicts: Conflicts, cause: str, at: datetime
) -> None:
    """Stores why, and bars everybody in conflict, whether or not the matter would have come near them."""
    decision_id = new_id()
    reasons = {
        "reasons": list(decision.reasons),
        "ruled_out": [{"who": out.who, "name": out.name, "reason": out.reason} for out in decision.ruled_out],
    }
    await RoutingDecision.create(
        id=decision_id,
        report_id=report.id,
        body_id=decision.body,
        rule=decision.rule,
        cause=cause,
        sealed_reasons=key.seal_json(reasons, place=f"routing_decision:{decision_id}:reasons"),
        table_version=decision.table_version,
        decided_at=at,
    )
    await ReportBar.bulk_create(bars_of(report, key=key, conflicts=conflicts, at=at))


def bars_of(report: Report, *, key: DataKey, conflicts: Conflicts, at: datetime) -> list[ReportBar]:
    people = [
        _bar(report, who=who, reason=why, conflicts=conflicts, key=key, at=at)
        for who, why in conflicts.people.items()
    ]
    bodies = [
        _bar(report, who=f"body:{code}", reason=why, conflicts=conflicts, key=key, at=at)
        for code, why in conflicts.bodies.items()
    ]
    return people + bodies


def _bar(
    report: Report, *, who: str, reason: str, conflicts: Conflicts, key: DataKey, at: datetime
) -> ReportBar:
    bar_id = new_id()
    kind, _, value = who.partition(":")
    return ReportBar(
        id=bar_id,
        report_id=report.id,
        staff_id=int(value) if kind == "staff" else None,
        liaison_id=int(value) if kind == "liaison" else None,
        body_id=value if kind == "body" else None,
        cause=BarCause(conflicts.causes.get(who, "recusal")),
        sealed_reason=key.seal_text(reason, place=f"report_bar:{bar_id}:reason"),
        since_at=at,
    )
