"""The row of a report, sealed from the first."""

from datetime import datetime
from typing import Any

from intake.draft import Draft
from intake.floods import aside_until
from intake.looking import Moment
from models.choices import Kind, Status
from models.fields import new_id
from models.report import Report
from organisation.clocks import clocks_of
from organisation.house import House
from routing.decision import Decision
from vault.keys import DataKey

DAYS_TO_ANSWER = 1


def report_of(
    draft: Draft, *, decision: Decision, moment: Moment, number: str, receipt: str, at: datetime, house: House
) -> tuple[Report, DataKey]:
    """The row, not stored yet."""
    report_id = new_id()
    key, wrapped = house.vault.new_key(place=f"report:{report_id}:key")
    is_consult = draft.kind == Kind.CONSULT
    clocks = clocks_of(draft.entry.region_id, house=house)
    due_at = clocks.in_working_days(DAYS_TO_ANSWER, at) if is_consult else clocks.to_accept_by(at)
    report = Report.construct(
        id=report_id,
        number=number,
        receipt_index=house.vault.index("receipt", receipt),
        data_key=wrapped,
        owner_id=decision.body,
        status=Status.RECEIVED,
        kind=Kind.CONSULT if is_consult else None,
        level=draft.level,
        purpose=draft.entry.purpose,
        channel=draft.channel,
        entry_id=draft.entry.code,
        area_id=draft.entry.area_id,
        region_id=draft.entry.region_id,
        is_named=draft.identity is not None,
        reporter_index=draft.person_index,
        matched_version=decision.table_version,
        submitted_at=at,
        owned_at=at,
        due_at=due_at,
        quarantined_until=aside_until(at, house=house) if moment.is_flood else None,
        **sealed_columns(draft, report_id=report_id, key=key),
        **indexes(draft, house=house),
    )
    return report, key


def sealed_columns(draft: Draft, *, report_id: str, key: DataKey) -> dict[str, Any]:
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
                "has_words": draft.has_words,
            },
        ),
    }


def indexes(draft: Draft, *, house: House) -> dict[str, Any]:
    def index(kind: str, value: str) -> str | None:
        return house.vault.index(kind, value.strip()) if value.strip() else None

    identity, subject = draft.identity, draft.subject
    return {
        "name_index": index("name", identity.name) if identity else None,
        "phone_index": index("phone", identity.phone) if identity else None,
        "subject_name_index": index("name", subject.name) if subject else None,
        "subject_post_index": index("post", subject.post) if subject else None,
    }
