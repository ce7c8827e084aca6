"""What the form of entering says of an authority that sent a matter here (移送)."""

from collections.abc import Mapping
from datetime import date, datetime

from console import texts
from console.days import beginning_of, day_of
from console.forms import Form
from intake.paper import Sender
from models.terms import Partner
from organisation.clocks import MONTHS_TO_RESULT, end_of, months_after
from organisation.house import House

FIELDS = ("partner", "office", "reference", "sent_on", "due_on")
LONGEST_DAYS = 366
LONGEST_WORDS = 200


def sender_wrong(form: Form, *, at: datetime, house: House) -> Mapping[str, str]:
    """By field, in words; empty when all is well."""
    today = at.astimezone(house.timezone).date()
    sent_on, due_on = day_of(form.get("sent_on", "")), day_of(form.get("due_on", ""))
    is_well = {
        "partner": form.get("partner", "") in Partner.__members__.values(),
        "office": 0 < len(form.get("office", "").strip()) <= LONGEST_WORDS,
        "sent_on": sent_on is not None and sent_on <= today,
        "due_on": not form.get("due_on", "").strip() or _is_soon(due_on, today=today),
    }
    return {name: texts.ENTER_WRONG[name] for name, well in is_well.items() if not well}


def _is_soon(day: date | None, *, today: date) -> bool:
    return day is not None and 0 <= (day - today).days <= LONGEST_DAYS


def sender_of(form: Form, *, at: datetime, house: House) -> Sender:
    """Of a form that `sender_wrong` has nothing to say against; without a day the result is due in three months."""
    sent_on, due_on = day_of(form["sent_on"]), day_of(form.get("due_on", ""))
    today = at.astimezone(house.timezone).date()
    return Sender(
        partner=Partner(form["partner"]),
        office=form["office"].strip(),
        reference=form.get("reference", "").strip()[:LONGEST_WORDS],
        sent_at=beginning_of(sent_on or today, house=house),
        result_due_at=end_of(due_on or months_after(today, months=MONTHS_TO_RESULT), timezone=house.timezone),
    )
