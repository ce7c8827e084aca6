"""小信封, 热板凳, 12388: entered by staff into the same flow, with a scan, and a receipt that is shown once."""

import io
import os
import re

import aiohttp
import pytest
from PIL import Image

from access.own import report_by_receipt
from access.reports import ReportNotFound, find_report
from models.attachment import Attachment
from models.event import Event
from models.message import Message
from models.outbox import OutboxNotice
from models.report import Report
from organisation.receipts import normalise
from tests.casework.conftest import viewer
from tests.factories import EAST_VILLAGE, WEST_VILLAGE, make_entry
from tests.no_disk import no_temporary_files

RECEIPT = re.compile(r"<b>(\d{4} \d{4} \d{4} \d{4})</b>")
GIVEN = {
    "channel": "letter",
    "region": EAST_VILLAGE,
    "area": "education",
    "level": "village",
    "text": "村里的账不公开",
}


def scan() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(buffer, "JPEG", comment=b"SCANNER-7")
    return buffer.getvalue()


def large() -> bytes:
    """More than aiohttp's own reader would keep in memory."""
    buffer = io.BytesIO()
    Image.frombytes("RGB", (700, 700), os.urandom(700 * 700 * 3)).save(buffer, "PNG", compress_level=0)
    return buffer.getvalue()


async def enter(browser, *files: bytes, **more: str):
    await browser.get("/console/enter")
    form = aiohttp.FormData()
    fields = {"csrf_token": browser.token} | GIVEN | more
    for name, value in fields.items():
        form.add_field(name, value)
    for number, content in enumerate(files):
        form.add_field("scan", content, filename=f"{number}.jpg", content_type="image/jpeg")
    answer = await browser.client.post("/console/enter", data=form, allow_redirects=False)
    return await browser._read(answer)


async def test_a_letter_goes_the_way_of_every_report_and_its_receipt_opens_it(browser, office):
    await make_entry()
    await browser.sign_in("letters-a")
    with no_temporary_files():
        answer = await enter(browser, scan(), large(), name="段小满", phone="13811112222", avoid_liaison="1")
    assert answer.status == 200 and answer.headers["Cache-Control"] == "no-store"
    (receipt,) = RECEIPT.findall(browser.text)
    report = await report_by_receipt(office.vault.index("receipt", normalise(receipt)))
    assert (report.owner_id, report.channel, report.is_named) == ("T-EAST", "letter", True)
    assert report.number in browser.text and "东河镇" not in browser.text
    assert await Attachment.filter(report_id=report.id, status="stored").count() == 2
    assert await OutboxNotice.filter(report_id=report.id, notice="report_new").exists()
    event = await Event.get(action="report.enter")
    by = await viewer(office, "letters-a")
    assert (event.actor, event.report_id, event.data) == (by.actor, report.id, {"channel": "letter"})
    # who took it down sees no more of it than anybody else of their body
    with pytest.raises(ReportNotFound):
        await find_report(by, number=report.number)
    await browser.get("/console/enter")
    assert receipt not in browser.text
    handler = await viewer(office, "t-east-a")
    assert (await find_report(handler, number=report.number)).id == report.id


async def test_whoever_is_named_in_a_letter_does_not_see_it(browser, office):
    await make_entry()
    await browser.sign_in("letters-a")
    await enter(browser, text="赵b拿了修路的钱")
    report = await Report.get()
    with pytest.raises(ReportNotFound):
        await find_report(await viewer(office, "t-east-b"), number=report.number)


async def test_the_same_form_sent_twice_is_entered_once(browser, office):
    await make_entry()
    await browser.sign_in("t-east-a")
    await browser.get("/console/enter")
    assert (await browser.post("/console/enter", **GIVEN)).status == 200
    assert (await browser.post("/console/enter", **GIVEN)).status == 409
    assert await Report.all().count() == 1 and not RECEIPT.findall(browser.text)
    other = GIVEN | {"text": "村里的账还是不公开"}
    assert (await browser.post("/console/enter", **other)).status == 200


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"channel": "chat"}, "请选择怎么来的"),
        ({"level": ""}, "请选择反映的是谁"),
        ({"region": WEST_VILLAGE}, "请选择地点"),
        ({"area": "forestry"}, "还没有码"),
        ({"text": " "}, "还没有说要反映什么"),
    ],
)
async def test_what_is_missing_is_said_and_nothing_is_stored(browser, office, wrong, words):
    await make_entry()
    await browser.sign_in("t-east-a")
    assert (await enter(browser, **wrong)).status == 422
    assert (words in browser.text and "村里的账不公开" in browser.text) or "text" in wrong
    assert not await Report.all().exists()


async def test_a_scan_that_is_no_picture_is_refused(browser, office):
    await make_entry()
    await browser.sign_in("t-east-a")
    assert (await enter(browser, b"%PDF-1.4 nothing")).status == 422
    assert (await enter(browser, *[scan()] * 10)).status == 422 and "一次最多上传 9 个文件" in browser.text
    assert not await Report.all().exists() and not await Message.all().exists()


@pytest.mark.parametrize("username", ["root", "city-approver", "city-l"])
async def test_nobody_else_enters_anything(browser, office, username):
    await browser.sign_in(username)
    assert (await browser.get("/console/enter")).status == 404
    assert (await browser.post("/console/enter", **GIVEN)).status == 404
