"""Every address of the console. Paths are relative to `/console`."""

from aiohttp import web

from console.account.page import end_sessions, renew_codes, show_account
from console.account.roles import show_roles
from console.acting import act
from console.alive import show_alive
from console.attachments import play_voice, show_attachment
from console.case_file.handing_over import print_case
from console.codes.acting import issue_codes, replace_code, retire_code
from console.codes.places import show_codes
from console.codes.printing import ask_for_posters, move_job, save_style, show_jobs, show_printed
from console.disclosures import look_first, publish_rows, show_disclosure, show_disclosures
from console.documents import show_document
from console.drafting import drop, keep_draft
from console.entering import enter_paper, show_entering
from console.files import show_file
from console.filters.acting import change_filters
from console.identity import show_identity
from console.keeping.check import show_check
from console.keeping.holidays import save_year, show_year
from console.keeping.home import settle_account, show_organisation
from console.keeping.rows import (
    give_secret,
    save_row,
    show_changes,
    show_row,
    show_rows,
    undo_change,
)
from console.leading import do_hand_on, show_hand_on, show_readings
from console.ledger import show_ledger
from console.ledger_export import export_ledger
from console.limits import show_limits
from console.log_state import show_log_state
from console.login import show_sign_in, sign_in, sign_out
from console.privacy_guide import save_privacy_guide, show_privacy_guide
from console.pulse import pulse_of_list, pulse_of_report
from console.quarantine import decline_chosen, restore_chosen, show_quarantine
from console.quarters import export_quarter, mark_given, show_quarter
from console.rectifications import publish, take_down
from console.replay import show_replay
from console.reply_templates import keep_template, show_templates
from console.reports import go_home, show_report, show_reports
from console.retention import propose_plan, settle_plan, show_retention
from console.surveys import save_survey, show_results, show_surveys, stop_survey
from console.undelivered import send_undelivered, show_undelivered
from console.what_if import ask_what_if, show_what_if
from console.writing import keep_reply, preview_reply

CODE = "{code:[0-9A-Za-z]{1,16}}"
JOB = "{job:[0-9]{1,9}}"
NUMBER = "{number:[0-9A-Za-z]{1,16}}"
KIND = "{kind:[a-z_]{1,24}}"
KEY = "{key:[^/]{1,64}}"
ID = "{id:[0-9A-Za-z_-]{1,22}}"


FOR_THE_PUBLIC = [
    web.get("/disclosures", show_disclosures),
    web.get("/disclosures/edit", show_disclosure),
    web.post("/disclosures/look", look_first),
    web.post("/disclosures/publish", publish_rows),
    web.get("/privacy-guide", show_privacy_guide),
    web.post("/privacy-guide", save_privacy_guide),
    web.post("/rectifications/{code:[0-9A-Z]{1,32}}/take-down", take_down),
    web.get("/surveys", show_surveys),
    web.post("/surveys", save_survey),
    web.get("/surveys/{code:[0-9A-Z]{1,32}}", show_results),
    web.post("/surveys/{code:[0-9A-Z]{1,32}}/end", stop_survey),
]
"""What is published, and what the public is asked."""
WRITING = [
    web.post(f"/reports/{NUMBER}/draft", keep_reply),
    web.post(f"/reports/{NUMBER}/draft/{{action:[a-z-]{{1,24}}}}", keep_draft),
    web.post("/drafts", drop),
    web.post("/drafts/{form:[a-z-]{1,24}}", keep_draft),
    web.post(f"/reports/{NUMBER}/preview", preview_reply),
    web.post(f"/reports/{NUMBER}/publish", publish),
    web.get("/templates", show_templates),
    web.get("/enter", show_entering),
    web.post("/enter", enter_paper),
    web.post("/templates", keep_template),
    web.post(f"/reports/{NUMBER}/see-identity", show_identity),
    web.post(f"/reports/{NUMBER}/print", print_case),
    web.post("/ledger/export", export_ledger),
]

LEADING = [
    web.get("/hand-on", show_hand_on),
    web.post("/hand-on", do_hand_on),
    web.get("/readings", show_readings),
]

AWAY = [
    web.get("/retention", show_retention),
    web.post("/retention", propose_plan),
    web.post(f"/retention/{ID}/{{what:confirm|withdraw}}", settle_plan),
]
"""What ends: reports whose time is over."""

OWN = [
    web.get("/sessions", show_account),
    web.post("/sessions", end_sessions),
    web.post("/recovery-codes", renew_codes),
    web.get("/roles", show_roles),
    web.post("/filters", change_filters),
]
"""What is one's own: the account, and what one has saved."""


def add_routes(app: web.Application) -> None:
    # before the address of any action: the first that fits answers
    for routes in (WRITING, FOR_THE_PUBLIC, AWAY, OWN, LEADING):
        app.add_routes(routes)
    app.add_routes(
        [
            web.get("", go_home),
            web.get("/", go_home),
            web.get("/login", show_sign_in),
            web.post("/login", sign_in),
            web.post("/logout", sign_out),
            web.get("/reports", show_reports),
            web.get("/pulse", pulse_of_list),
            web.get(f"/pulse/{NUMBER}", pulse_of_report),
            web.get(f"/reports/{NUMBER}", show_report),
            web.post(f"/reports/{NUMBER}/{{action:[a-z-]{{1,24}}}}", act),
            web.get(f"/reports/{NUMBER}/decisions/{ID}", show_replay),
            web.get(f"/reports/{NUMBER}/documents/{ID}", show_document),
            web.get(f"/attachments/{ID}", show_attachment),
            web.get(f"/attachments/{ID}/sound", play_voice),
            web.get("/ledger", show_ledger),
            web.get("/quarters", show_quarter),
            web.post("/quarters/give", mark_given),
            web.post("/quarters/export", export_quarter),
            web.get("/alive", show_alive),
            web.get("/check", show_check),
            web.get("/log", show_log_state),
            web.get("/limits", show_limits),
            web.get("/undelivered", show_undelivered),
            web.post(f"/undelivered/{ID}", send_undelivered),
            web.get("/quarantine", show_quarantine),
            web.post("/quarantine/restore", restore_chosen),
            web.post("/quarantine/decline", decline_chosen),
            web.get("/what-if", show_what_if),
            web.post("/what-if", ask_what_if),
            web.get("/static/{name:[a-z.]{1,24}}", show_file),
        ]
    )
    _add_organisation(app)
    _add_codes(app)


def _add_organisation(app: web.Application) -> None:
    app.add_routes(
        [
            web.get("/organisation", show_organisation),
            web.get("/organisation/changes", show_changes),
            web.post("/organisation/changes/{id:[0-9]{1,18}}/undo", undo_change),
            web.post("/organisation/waiting/{username:[^/]{1,64}}/{what:confirm|refuse}", settle_account),
            web.get("/organisation/holidays/year", show_year),
            web.post("/organisation/holidays/year", save_year),
            web.get(f"/organisation/{KIND}", show_rows),
            web.get(f"/organisation/{KIND}/new", show_row),
            web.post(f"/organisation/{KIND}/new", save_row),
            web.get(f"/organisation/{KIND}/row/{KEY}", show_row),
            web.post(f"/organisation/{KIND}/row/{KEY}", save_row),
            web.post(f"/organisation/{KIND}/row/{KEY}/{{what:bind-code|password}}", give_secret),
        ]
    )


def _add_codes(app: web.Application) -> None:
    app.add_routes(
        [
            web.get("/codes", show_codes),
            web.post("/codes/issue", issue_codes),
            web.post("/codes/style", save_style),
            web.get("/codes/posters", show_jobs),
            web.post("/codes/posters", ask_for_posters),
            web.post(f"/codes/posters/{JOB}/{{what:stop|go-on}}", move_job),
            web.get(f"/codes/posters/{JOB}/{{name:[^/]{{1,128}}}}", show_printed),
            web.post(f"/codes/{CODE}/replace", replace_code),
            web.post(f"/codes/{CODE}/retire", retire_code),
        ]
    )
