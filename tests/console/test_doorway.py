"""What holds for every page: callers are declared, headers are strict, forms come from our own pages."""

import pytest
from aiohttp import web

from console.app import make_console
from console.callers import Caller, caller_of
from models.message import Message
from models.report import Report

# a value for every part of an address; one that is missing fails the test
EXAMPLES = {
    "form": "survey",
    "number": "ABCDEFGH23",
    "action": "accept",
    "id": "1",
    "kind": "staff",
    "key": "1",
    "username": "somebody",
    "what": "confirm",
    "code": "ABCDEFGHJKMN",
    "job": "1",
}


async def test_every_route_declares_who_may_call(office):
    routes = list(make_console(office).router.routes())
    assert len(routes) > 8
    for route in routes:
        assert isinstance(caller_of(route.handler), Caller), f"{route.method} {route.resource}"


async def test_every_change_is_a_post_and_every_post_needs_the_token(office, browser):
    await browser.sign_in("t-east-a")
    for route in make_console(office).router.routes():
        if route.method == "POST":
            path = "/console" + route.resource.canonical.format(**EXAMPLES)
            path = path.replace("/row/1/confirm", "/row/1/password").replace(
                "/posters/1/confirm", "/posters/1/stop"
            )
            assert (await browser.post(path, csrf_token="0" * 64)).status == 403, path
            assert (await browser.client.post(path, data={}, allow_redirects=False)).status == 403, path


async def test_a_route_that_declares_nobody_is_not_there(office, aiohttp_client):
    async def forgotten(request: web.Request) -> web.Response:
        return web.Response(text="secret")

    console = make_console(office)
    console.router.add_get("/forgotten", forgotten)
    app = web.Application()
    app.add_subapp("/console", console)
    client = await aiohttp_client(app)
    answer = await client.get("/console/forgotten")
    assert answer.status == 404 and "secret" not in await answer.text()


@pytest.mark.parametrize(
    "path", ["/console", "/console/", "/console/reports", "/console/reports/ABCDEFGH23", "/console/ledger",
             "/console/attachments/abc"]
)  # fmt: skip
async def test_who_is_not_signed_in_is_sent_to_the_door(browser, path):
    answer = await browser.get(path)
    assert (answer.status, answer.headers["Location"]) == (303, "/console/login")


async def test_headers_on_pages_redirects_and_refusals(browser):
    await browser.sign_in("t-east-a")
    for path, status in (
        ("/console/reports", 200),
        ("/console/", 303),
        ("/console/nowhere", 404),
        ("/console/reports/ABCDEFGH23", 404),
    ):
        answer = await browser.get(path)
        assert answer.status == status
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    answer = await browser.post("/console/reports/ABCDEFGH23/accept", csrf_token="bad")
    assert answer.status == 403 and "Content-Security-Policy" in answer.headers


async def test_pages_keep_to_their_own_policy(browser, file):
    await file()
    await browser.sign_in("t-east-a")
    for path in ("/console/reports", f"/console/reports/{browser.rows()[0][0]}"):
        await browser.get(path)
        assert "style=" not in browser.text and "<style" not in browser.text
        assert " on" + "click" not in browser.text and "<script>" not in browser.text


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "http://127.0.0.1:8000"}, 303),
    ],
)
async def test_a_form_from_elsewhere_is_refused(browser, file, headers, status):
    report = await file()
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    answer = await browser.client.post(
        f"/console/reports/{report.number}/reply",
        data={"csrf_token": browser.token, "text": "您好"},
        headers=headers,
        allow_redirects=False,
    )
    assert answer.status == status
    assert await Message.filter(report_id=report.id, speaker="staff").exists() == (status == 303)


async def test_the_token_of_one_session_is_worth_nothing_in_another(opened_browser, file):
    report = await file()
    one, other = await opened_browser(), await opened_browser()
    await one.sign_in("t-east-a")
    await other.sign_in("t-east-b")
    answer = await one.post(f"/console/reports/{report.number}/accept", kind="clue", csrf_token=other.token)
    assert answer.status == 403
    assert (await Report.get(id=report.id)).accepted_at is None


async def test_a_form_that_cannot_be_read_is_refused_and_does_not_break(browser):
    await browser.sign_in("t-east-a")
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = await browser.client.post(
        "/console/reports/ABCDEFGH23/reply", data=b"--x\r\n\0:\r\n", headers=kind
    )
    assert answer.status == 400
    kind = {"Content-Type": "application/x-www-form-urlencoded; charset=nonsense"}
    answer = await browser.client.post("/console/reports/ABCDEFGH23/reply", data=b"a=b", headers=kind)
    assert answer.status in (400, 403)


async def test_no_upload_is_read_of_whoever_may_not_send_it(opened_browser):
    kind, broken = {"Content-Type": "multipart/form-data; boundary=x"}, b"--x\r\n\0:\r\n"
    for name, status in (("", 303), ("root", 404), ("letters-a", 400)):
        browser = await opened_browser()
        if name:
            await browser.sign_in(name)
        answer = await browser.client.post("/console/enter", data=broken, headers=kind, allow_redirects=False)
        assert answer.status == status, name


@pytest.mark.parametrize("query", ["?q=%00", "?status=%00", "?cursor=%00-%00", "?cursor=999999999999999-%00",
                                   "?cursor=²-A", "?owner=%27%22", "?status=<script>"])  # fmt: skip
async def test_odd_queries_find_nothing_and_break_nothing(browser, query):
    await browser.sign_in("t-east-a")
    assert (await browser.get(f"/console/reports{query}")).status == 200
    assert "<script>" not in browser.text


async def test_the_style_sheet_and_script_may_be_kept(browser):
    for name, kind in (("console.css", "text/css"), ("console.js", "text/javascript")):
        answer = await browser.get(f"/console/static/{name}")
        assert answer.status == 200 and answer.content_type == kind
        assert "immutable" in answer.headers["Cache-Control"]
    assert (await browser.get("/console/static/base.html")).status == 404
