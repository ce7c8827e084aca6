"""双向移送: what came from another authority and what went to one, with receipt, result and clocks."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from access.reports import ReportNotFound
from casework.errors import FieldWrong, TransitionNotAllowed
from casework.note_receipt import note_receipt
from casework.note_result import note_result
from casework.send_out import send_out
from dossier.bars import keep_bars
from dossier.rows import report_key
from models.event import Event
from models.referral import Referral
from models.report import Report
from models.staff import Staff
from models.terms import Partner
from organisation.house import House
from tests.casework.conftest import viewer
from tests.casework.living import brought_to
from tests.console.test_letters_visits_and_calls import GIVEN, RECEIPT
from tests.factories import make_entry

SENT = {"partner": "police", "office": "青川分局经侦大队", "text": "合同诈骗的材料"}
BOTH = pytest.mark.parametrize("world_name", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def world_name(request: pytest.FixtureRequest) -> str:
    """One database shows it; what is SQL of its own is shown on both."""
    return getattr(request, "param", "sqlite")


async def send(house: House, report: Report, *, by: str = "t-east-l", **more: str) -> Referral:
    await send_out(report.number, by=await viewer(house, by), house=house, **(SENT | more))
    return await Referral.filter(report_id=report.id).order_by("-made_at").get()


def test_the_five_authorities_and_the_nine_kinds_of_supervision_can_be_named():
    labels = {each.label for each in Partner}
    assert labels >= {"组织部门", "巡察机构", "公安机关", "信访部门", "审计机关（审计监督）"}
    nine = {"人大监督", "民主监督", "行政监督", "司法监督", "财会监督", "统计监督", "群众监督", "舆论监督"}
    assert labels >= nine


async def test_a_matter_goes_out_and_receipt_and_result_come_back(browser, file, office):
    report = await brought_to("accept", await file(level="village"), house=office)
    path = f"/console/reports/{report.number}"
    await browser.sign_in("t-east-l")
    assert (await browser.post(f"{path}/send-out", **SENT, reference="青纪移〔2026〕7号")).status == 303
    row = await Referral.get(report_id=report.id)
    # five working days for the receipt, three months for the result
    assert timedelta(days=4) < row.due_at - office.clock.now() < timedelta(days=20)
    assert row.due_at < row.result_due_at
    assert "经侦".encode() not in bytes(row.sealed_sent)
    await browser.get(path)
    assert "移送给公安机关" in browser.text and "青纪移〔2026〕7号" in browser.text
    assert (await browser.post(f"{path}/note-receipt", referral=row.id, text=" ")).status == 422
    assert f"{row.id}-note-receipt-text-wrong" in browser.text
    assert (await browser.post(f"{path}/note-receipt", referral=row.id, text="王警官签收")).status == 303
    assert (await browser.post(f"{path}/note-receipt", referral=row.id, text="又一次")).status == 409
    await row.refresh_from_db()
    assert row.receipt_at and row.due_at == row.result_due_at
    assert (await browser.post(f"{path}/note-result", referral=row.id, text="已经立案")).status == 303
    assert (await browser.post(f"{path}/note-result", referral=row.id, text="又一次")).status == 409
    await row.refresh_from_db()
    assert row.due_at is None
    await browser.get(path)
    assert "王警官签收" in browser.text and "已经立案" in browser.text and "note-result" not in browser.text
    events = await Event.filter(report_id=report.id, object_id=row.id).order_by("id")
    done = ["report.send-out", "report.note-receipt", "report.note-result"]
    assert [event.action for event in events] == done


async def test_only_the_leader_of_the_owning_body_sends_out_and_what_is_missing_is_said(file, office):
    report = await brought_to("accept", await file(level="village"), house=office)
    with pytest.raises(TransitionNotAllowed):
        await send(office, report, by="t-east-a")
    with pytest.raises(ReportNotFound):
        await send(office, report, by="t-west-l")
    wrong = {
        "partner": "nobody",
        "office": " ",
        "text": "",
        "sent_on": "2999-01-01",
        "due_on": "2001-01-01",
    }
    for field, value in wrong.items():
        with pytest.raises(FieldWrong) as refused:
            await send(office, report, **{field: value})
        assert refused.value.field == field
    assert not await Referral.all().exists()


async def test_a_matter_comes_in_like_every_report_and_its_sender_is_answered(browser, office):
    await make_entry()
    await browser.sign_in("cases-a")
    await browser.get("/console/enter")
    sender = {"channel": "referred", "partner": "inspection", "office": "县委巡察二组"}
    refused = await browser.post("/console/enter", **(GIVEN | sender))
    assert refused.status == 422 and "请填写移送日期" in browser.text
    given = GIVEN | sender | {"sent_on": "2026-01-05", "reference": "巡移3号"}
    assert (await browser.post("/console/enter", **given)).status == 200
    # the sender gets a receipt on paper; the code that opens the matter is not theirs
    assert "移送回执" in browser.text and "巡移3号" in browser.text and not RECEIPT.findall(browser.text)
    report, row = await Report.get(), await Referral.get()
    assert (report.channel, report.owner_id) == ("referred", "T-EAST")
    assert (row.way, row.partner, row.report_id) == ("in", "inspection", report.id)
    assert row.receipt_at and row.due_at == row.result_due_at > office.clock.now()
    event = await Event.get(action="report.enter")
    assert event.data == {"channel": "referred"}
    # with a name the reporter's own receipt is printed beside it
    assert (await browser.post("/console/enter", **given, name="段小满")).status == 200
    assert "移送回执" in browser.text and len(RECEIPT.findall(browser.text)) == 1
    handler = await viewer(office, "t-east-a")
    await note_result(report.number, referral=row.id, text="已复函", by=handler, house=office)
    await row.refresh_from_db()
    assert row.result_at and row.due_at is None


@BOTH
async def test_the_ledger_shows_the_clocks_and_narrows_by_them_and_its_sheet_keeps_up(browser, file, office):
    out = await brought_to("accept", await file(level="village"), house=office)
    late = await brought_to("accept", await file(level="village"), house=office)
    plain = await file()
    await send(office, out)
    await send(office, late, partner="audit")
    await Referral.filter(report_id=late.id).update(due_at=office.clock.now() - timedelta(days=9))
    await browser.sign_in("cases-a")
    await browser.get("/console/ledger")
    assert "移出·公安机关" in browser.text and "经侦" not in browser.text and "诈骗" not in browser.text
    asked = {
        "way=out": {out, late},
        "way=in": set(),
        "partner=audit": {late},
        "referral=receipt": {out, late},
        "referral=result": set(),
        "referral=late": {late},
        "referral=done": set(),
        "partner=nobody": {out, late, plain},
    }
    for query, expected in asked.items():
        await browser.get(f"/console/ledger?{query}")
        assert {row[0] for row in browser.rows()} == {report.number for report in expected}, query
    form = {"csrf_token": browser.token, "referral": "late"}
    answer = await browser.client.post("/console/ledger/export", data=form)
    sheet = load_workbook(io.BytesIO(await answer.read())).active
    _, columns, *rows = list(sheet.iter_rows(values_only=True))
    assert columns[-2:] == ("移送", "移送时限")
    assert [row[0] for row in rows] == [late.number] and "审计机关" in rows[0][-2] and rows[0][-1]


@BOTH
async def test_what_is_late_stands_on_the_desk_and_who_is_recused_finds_nothing_of_it(
    browser, opened_browser, file, office
):
    report = await brought_to("accept", await file(level="village"), house=office)
    row = await send(office, report)
    await Referral.all().update(due_at=office.clock.now() - timedelta(days=1))
    await browser.sign_in("t-east-a")
    await browser.get("/console/reports")
    assert "移送到期" in browser.text
    recused = [await Staff.get(username=name) for name in ("cases-a", "t-east-a")]
    reasons = {f"staff:{person.id}": "亲戚" for person in recused}
    key = report_key(report, house=office)
    await keep_bars(report, key=key, reasons=reasons, causes={}, house=office, at=office.clock.now())
    await browser.get("/console/reports")
    assert "移送到期" not in browser.text
    handler = await viewer(office, "t-east-a")
    for note in (note_receipt, note_result):
        with pytest.raises(ReportNotFound):
            await note(report.number, referral=row.id, text="有了", by=handler, house=office)
    ledger = await (await opened_browser()).sign_in("cases-a")
    await ledger.get("/console/ledger?way=out")
    assert report.number not in ledger.text
