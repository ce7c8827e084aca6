"""Voice or photos alone, about nobody in particular: a person of the letters room listens first."""

from routing import texts
from routing.case import Case
from routing.decision import Outcome


def wordless(case: Case) -> Outcome | None:
    if case.reading.level != "unknown" or case.facts.has_words:
        return None
    return Outcome("wordless", (case.place.letters, case.place.city_body), texts.WORDLESS)
