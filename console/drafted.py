"""Which forms have drafts, what they are called among them, and what of them a page shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from access.drafts import DraftRow
from casework.save_draft import FROM_ABOVE
from console import texts
from console.actions import ACTIONS
from console.forms import Form
from console.offers import Offers
from dossier.drafts import Fields
from models.choices import RecordKind

Kept = Mapping[str, tuple[Fields, datetime]]
WRITTEN: Final = frozenset(
    "text options study reason authorisation office reference title authoriser scope reported_to facts opinion"
    " causes lessons measures questions beneficiaries operator contact more subject_name subject_post subject_unit"
    " name phone".split()
)
"""Fields that somebody writes; a form without any of them has no draft, and one with all of them empty neither."""
CHOSEN_ANEW: Final = ("careful", "hold", "together")
OBJECTS: Final = {
    "note-receipt": "referral",
    "note-result": "referral",
    "type-words": "attachment",
    "refuse-recusal": "request",
}
"""Forms that stand on a page once for each object, and the field that names it."""
# a recusal takes the report away at once, and both are a line
NO_DRAFT: Final = ("recuse", "dismiss-match")
OF_REPORTS: Final[Mapping[str, Sequence[str]]] = {
    name: [field for field in fields if field not in CHOSEN_ANEW]
    for name, (_, fields) in (*ACTIONS.items(), ("publish", (None, ("title", "text"))))
    if name not in NO_DRAFT and WRITTEN & set(fields)
}
PAGES: Final[Mapping[str, tuple[str, Sequence[str]]]] = {
    "enter": (
        "/console/enter",
        "channel partner office reference sent_on due_on region area level text subject_name subject_post"
        " subject_unit name phone avoid_township avoid_liaison".split(),
    ),
    "disclosure": (
        "/console/disclosures/edit",
        "code kind area_code region_code title amount date text beneficiaries active".split(),
    ),
    "survey": ("/console/surveys", ("title", "text", "region", "questions", "once")),
    "privacy-guide": ("/console/privacy-guide", ("operator", "contact", "more")),
    "template": ("/console/templates", ("title", "area", "text", "is_active")),
}
"""Forms about no report: their page, and their fields."""
DOCUMENTS: Final = (RecordKind.AUTHORISATION, RecordKind.BRIEFING, RecordKind.ANALYSIS)


def form_key(name: str, form: Form) -> str:
    """What a form is called among drafts: its action, and the object where there are several of one kind."""
    of = form.get(OBJECTS.get(name, ""), "")
    return f"{name}:{of[:64]}" if of else name


def shown_of(kept: Kept, *, key: str, form: Form) -> dict[str, Any]:
    """For a template: what stands in each field of each form; a form just refused (`key`) as it was sent."""
    typed = {(of, name): value for of, (fields, _) in kept.items() for name, value in fields.items()}
    typed |= {(key, name): value for name, value in form.items()}
    return {"typed": typed, "drafts": {of: at for of, (_, at) in kept.items()}, "drafted": OF_REPORTS}


def unplaced(kept: Kept, *, key: str, form: Form, offered: Offers) -> Sequence[tuple[str, str]]:
    """Names and words of forms that the page has no more: somebody else was quicker."""
    written = {of: fields for of, (fields, _) in kept.items()} | ({key: form} if key else {})
    placed = {*offered.may, *(() if offered.missing_documents is None else map(str, DOCUMENTS))}
    return [
        (texts.DRAFTS[action_of(of)], words)
        for of, fields in written.items()
        if action_of(of) not in placed and (words := words_in(action_of(of), fields=fields))
    ]


def page_of(draft: DraftRow) -> str:
    """Where its form is."""
    action, _, of = draft.form.partition(":")
    if not draft.number:
        path, _ = PAGES.get(action, ("/console/reports", ()))
        return f"{path}?{urlencode({'code': of})}" if of else path
    is_row = action in FROM_ABOVE and not draft.region_name
    return f"/console/ledger?number={draft.number}" if is_row else f"/console/reports/{draft.number}"


def action_of(key: str) -> str:
    return key.partition(":")[0]


def words_in(action: str, *, fields: Fields) -> str:
    """What somebody wrote, line by line; empty where such a form has no drafts."""
    return "\n".join(
        filter(None, (fields.get(name, "") for name in OF_REPORTS.get(action, ()) if name in WRITTEN))
    )
