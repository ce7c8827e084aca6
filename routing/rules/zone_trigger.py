"""One of the four triggers, set by a person: the zone's office."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome


def zone_trigger(case: Case) -> Outcome | None:
    trigger = case.facts.zone_trigger
    if not trigger:
        return None
    reason = texts.ZONE_TRIGGER.format(trigger=texts.TRIGGERS.get(trigger, trigger))
    return Outcome("zone_trigger", case.place.upward, reason)
