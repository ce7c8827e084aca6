"""The rules in their order: the first that settles a matter wins. Recusal comes before them."""

from collections.abc import Callable

from routing.case import Case
from routing.decision import Outcome
from routing.rules.above_county import above_county
from routing.rules.appeal import appeal
from routing.rules.county import county
from routing.rules.department import department
from routing.rules.directed import directed
from routing.rules.discipline import discipline
from routing.rules.outside import outside
from routing.rules.specialist import specialist
from routing.rules.township import township
from routing.rules.village import village
from routing.rules.wordless import wordless
from routing.rules.zone_trigger import zone_trigger

Rule = Callable[[Case], Outcome | None]

RULES: tuple[Rule, ...] = (
    outside,
    above_county,
    county,
    discipline,
    appeal,
    directed,
    zone_trigger,
    department,
    township,
    wordless,
    specialist,
    village,
)
