"""Who fears retaliation says so, by session or by receipt; those who answer for the report are told, nobody else."""

import pytest

from access.reports import open_report
from access.viewer import viewer_of
from console.reading import read_report
from models.body import Body
from models.entry_code import EntryCode
from models.event import Event
from models.outbox import OutboxNotice
from models.report import Report
from models.staff import Staff
from organisation.house import House
from organisation.live import raise_version
from tests.factories import COUNTY, bind_staff
from tests.miniapp_api.conftest import Phone

WORDS = "有人来家里问是不是我说的"


@pytest.mark.parametrize("by_receipt", [False, True])
async def test_those_who_answer_for_it_are_told_and_read_it(
    phone: Phone, entry: EntryCode, house: House, by_receipt: bool
) -> None:
    filed = (await phone.file(entry.code)).body
    for name in ("t-east-a", "t-east-l", "t-west-a"):
        await bind_staff(house, await Staff.get(username=name), openid=f"o-{name}")
    reader = phone
    if by_receipt:
        opened = await Phone(phone.client).post("/receipts", {"receipt": filed["receipt"]})
        reader = Phone(phone.client, token=opened.body["token"])
    asked = await reader.post(f"/reports/{filed['number']}/protection-requests", {"text": WORDS})
    assert asked.status == 201 and asked.body["messages"][-1]["text"].endswith(WORDS)
    told = await OutboxNotice.filter(staff_id__isnull=False)
    named = {(await Staff.get(id=notice.staff_id)).username for notice in told}
    assert named == {"t-east-a", "t-east-l"}
    staff = await Staff.get(username="t-east-a")
    viewer = viewer_of(staff, body=await Body.get(code="T-EAST"), county_code=COUNTY, vault=house.vault)
    report = await open_report(viewer, number=filed["number"], at=house.clock.now())
    read = await read_report(report, viewer=viewer, house=house)
    assert report.protection_asked_at is not None and "请求保护" in read.said[-1].text


async def test_who_is_named_in_it_is_not_told(phone: Phone, entry: EntryCode, house: House) -> None:
    number = (await phone.file(entry.code)).body["number"]
    meant = await Staff.get(username="t-east-a")
    meant.name = "欧阳春山"
    await bind_staff(house, meant, openid="o-meant")
    await raise_version(at=house.clock.now())
    await house.organisation.refresh()
    text = f"东河镇纪委{meant.name}来家里问是不是我说的"
    await phone.post(f"/reports/{number}/protection-requests", {"text": text})
    assert await OutboxNotice.filter(staff_id=meant.id).count() == 0


async def test_nothing_of_the_words_stands_in_the_log(phone: Phone, entry: EntryCode) -> None:
    number = (await phone.file(entry.code)).body["number"]
    assert (await phone.post(f"/reports/{number}/protection-requests", {"text": " "})).status == 422
    await phone.post(f"/reports/{number}/protection-requests", {"text": WORDS})
    (event,) = await Event.filter(action="report.ask-protection")
    assert event.actor == "reporter" and WORDS not in str(event.data)
    await Report.filter(number=number).update(status="closed")
    assert "protection-requests" in (await phone.get(f"/reports/{number}")).body["may"]
