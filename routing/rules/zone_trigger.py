"""One of the four triggers, set by a person: the zone's office, outside any zone a person."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome
from routing.rules.triage import triage


def zone_trigger(case: Case) -> Outcome | None:
    trigger = case.facts.zone_trigger
    if not trigger:
        return None
    if not case.has_zone_office:
        return triage(case, reason=texts.TRIAGE_NO_ZONE)
    reason = texts.ZONE_TRIGGER.format(trigger=texts.TRIGGERS.get(trigger, trigger))
    return Outcome("zone_trigger", case.place.upward, reason)
