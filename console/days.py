"""Days as a form's date field gives them, and where they begin."""

from datetime import date, datetime, time

from organisation.house import House


def day_of(given: str) -> date | None:
    """None for what is no day."""
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        return None


def beginning_of(day: date, *, house: House) -> datetime:
    return datetime.combine(day, time(), house.timezone)
