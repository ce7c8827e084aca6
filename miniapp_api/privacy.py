"""The privacy guide: what the product keeps, why and how long, and what the county adds."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from disclosures.privacy_guide import guide_of
from intake.attachments import KEEP_UNFILED
from miniapp_api import texts
from miniapp_api.operations import ANONYMOUS, EVERYBODY, REPORTER, Call, operation
from miniapp_api.sessions import LONGEST
from miniapp_api.shapes import Body
from retention.rules import rules_in_force
from retention.terms import reports_in_words

HOLDS = {"web": LONGEST[ANONYMOUS].days, "mini": LONGEST[REPORTER].days, "unfiled": KEEP_UNFILED.days}


class PrivacyQuery(Body):
    region: Annotated[str, StringConstraints(max_length=32)] = ""


class PrivacySection(BaseModel):
    title: str
    lines: list[str]


class Privacy(BaseModel):
    """`operator`, `contact` and `more` are the county's; empty where it has written nothing, or is not known."""

    operator: str
    contact: str
    more: str
    sections: list[PrivacySection]


@operation("GET", "/privacy-guide", who=EVERYBODY, query=PrivacyQuery, answer=Privacy)
async def show_privacy(call: Call) -> Privacy:
    path = call.house.organisation.table.path(call.asked(PrivacyQuery).region)
    own = await guide_of(path) if path else None
    holds = HOLDS | {"reports": reports_in_words(await rules_in_force())}
    return Privacy(
        operator=own.operator if own else "",
        contact=own.contact if own else "",
        more=own.more if own else "",
        sections=[
            PrivacySection(title=title, lines=[line.format(**holds) for line in lines])
            for title, lines in texts.PRIVACY
        ],
    )
