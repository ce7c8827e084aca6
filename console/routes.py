"""Every address of the console. Paths are relative to `/console`."""

from aiohttp import web

from console.attachments import show_attachment
from console.files import show_file
from console.ledger import show_ledger
from console.login import show_sign_in, sign_in, sign_out
from console.reports import act, go_home, show_report, show_reports

NUMBER = "{number:[0-9A-Za-z]{1,16}}"
ID = "{id:[0-9A-Za-z_-]{1,22}}"


def add_routes(app: web.Application) -> None:
    app.add_routes(
        [
            web.get("", go_home),
            web.get("/", go_home),
            web.get("/login", show_sign_in),
            web.post("/login", sign_in),
            web.post("/logout", sign_out),
            web.get("/reports", show_reports),
            web.get(f"/reports/{NUMBER}", show_report),
            web.post(f"/reports/{NUMBER}/{{action:[a-z-]{{1,24}}}}", act),
            web.get(f"/attachments/{ID}", show_attachment),
            web.get("/ledger", show_ledger),
            web.get("/static/{name:[a-z.]{1,24}}", show_file),
        ]
    )
