"""案卷: a report on paper; read like a page, never with who reported unless somebody says why."""

import pypdfium2
import pytest

from casework.documents import write_document
from casework.reply import reply
from casework.transfer import transfer
from casework.type_words import type_words
from console.case_file import photos as photos_module
from console.reading import read_report
from dossier.bars import keep_bars
from dossier.rows import report_key
from intake.draft import Identity
from models.choices import RecordKind
from models.event import Event
from models.identity_look import IdentityLook
from models.staff import Staff
from press.setting import HANGING
from tests.casework.conftest import viewer
from tests.casework.living import brought_to
from tests.console.test_reports_pages import a_photo, attach

NAMED = Identity(name="段小满", phone="13811112222")


@pytest.fixture(params=["sqlite"])
def world_name(request: pytest.FixtureRequest) -> str:
    """It is made of what the page shows, which is shown on both."""
    return request.param


async def printed_file(browser, report, **fields: str) -> bytes:
    fields.setdefault("csrf_token", browser.token)
    answer = await browser.client.post(f"/console/reports/{report.number}/print", data=fields)
    assert answer.status == 200 and answer.content_type == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert f'filename="{report.number}.pdf"' in answer.headers["Content-Disposition"]
    return await answer.read()


async def printed(browser, report, **fields: str) -> str:
    with pypdfium2.PdfDocument(await printed_file(browser, report, **fields)) as document:
        return "\n\f".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", "\n")


async def test_cover_what_happened_and_documents_and_no_name(browser, file, office):
    long = "他说每个月都要交一笔钱，" * 200
    report = await file(level="village", identity=NAMED, text=f"路灯坏了😀{long}")
    report = await brought_to("dispose", report, house=office)
    await reply(report.number, text="正在核实。", by=await viewer(office, "t-east-a"), house=office)
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    text = await printed(browser, report)
    cover, *others = text.split("\f")
    for words in ("案卷", report.number, "柳树村", "东河镇纪委", "村干部", "实名", "打印"):
        assert words in cover, words
    following = "".join(others)
    for words in ("路灯坏了〓", "正在核实。", "处置意见", "拟予核实", "初步核实", "有 1 个字"):
        assert words in following, words
    assert len(others) == 2 and following.replace("\n", "").count("每个月") == 200
    assert f"编号 {report.number}" in others[1] and "第 3 页" in others[1]
    # in the order it happened
    assert following.index("路灯") < following.index("处置意见") < following.index("正在核实")
    # no line begins with what ends a sentence
    assert not [line for line in following.split("\n") if line[:1] in HANGING]
    assert NAMED.name not in text and NAMED.phone not in text and "没有印反映人身份" in text
    actions = await Event.filter(report_id=report.id, actor__startswith="staff").order_by("id")
    assert [event.action for event in actions][-2:] == ["report.read", "report.print"]
    assert actions[-1].data == {"identity": False}
    assert not await IdentityLook.all().exists()


async def test_photos_stand_in_it_and_what_cannot_is_named(browser, file, office, monkeypatch):
    report = await file(level="village")
    colours = ("red", "blue", "green", "white")
    photos = [await attach(office, report, a_photo(colour)) for colour in colours]
    heard, unheard = await attach(office, report), await attach(office, report)
    await office.media.put(photos[3], b"noise")
    by = await viewer(office, "t-east-a")
    for words in ("路灯坏了", "路灯坏了三个月"):
        await type_words(report.number, attachment=heard, text=words, by=by, house=office)
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    text = (await printed(browser, report)).replace("\n", "")
    assert f"语音 {heard}（1 秒），听写：路灯坏了三个月" in text
    assert f"语音 {unheard}（1 秒）：没有听写" in text and f"照片 {photos[3]}：没有印出" in text
    assert all(f"照片 {photo}" in text for photo in photos)
    with pypdfium2.PdfDocument(await printed_file(browser, report)) as document:
        page = document[1]
        shown = list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
        looks = page.render(scale=1).to_pil().convert("RGB")
    assert len(shown) == 3
    seen = {pixel: count for count, pixel in looks.getcolors(100_000)}
    assert all(seen[pixel] > 20_000 for pixel in ((254, 0, 0), (0, 0, 254), (0, 128, 1)))
    reads = await Event.filter(action="attachment.read", report_id=report.id)
    assert {event.object_id for event in reads} == set(photos)
    # never more at once than the memory of a small machine holds
    it = await read_report(report, viewer=by, house=office)
    for name, most, shown in (("MOST", 2, 2), ("MOST_BYTES", 1, 1), ("MOST", 0, 0)):
        monkeypatch.setattr(photos_module, name, most)
        assert len(await photos_module.photos_of(it, viewer=by, house=office)) == shown


async def test_with_a_name_only_for_a_reason_and_then_it_is_a_look(browser, file, office):
    report = await file(level="village", identity=NAMED)
    await browser.sign_in("t-east-a")
    await browser.get(f"/console/reports/{report.number}")
    path = f"/console/reports/{report.number}/print"
    assert (await browser.post(path, with_identity="yes")).status == 422
    assert "print-reason-wrong" in browser.text and not await IdentityLook.all().exists()
    assert not await Event.filter(action="report.print").exists()
    text = await printed(browser, report, with_identity="yes", reason="移交档案")
    assert NAMED.name in text and NAMED.phone in text
    assert await IdentityLook.filter(report_id=report.id).count() == 1
    assert (await Event.get(action="report.print")).data == {"identity": True}
    nobody = await file()
    path = f"/console/reports/{nobody.number}/print"
    assert (await browser.post(path, with_identity="yes", reason="要")).status == 409


async def test_the_three_documents_stand_on_pages_of_their_own(browser, file, office):
    report = await file(level="village")
    leader = await viewer(office, "t-east-l")
    await transfer(report.number, trigger="masses", reason="都在反映", by=leader, house=office)
    report = await brought_to("accept", report, house=office)
    handler = await viewer(office, "office-1-a")
    given = {"causes": "没有人管", "lessons": "账目不公开", "measures": "每季度公开"}
    await write_document(report.number, kind=RecordKind.ANALYSIS, by=handler, house=office, **given)
    await browser.sign_in("office-1-a")
    await browser.get(f"/console/reports/{report.number}")
    pages = (await printed(browser, report)).split("\f")
    assert "一案一剖析" in pages[-1] and "每季度公开" in pages[-1] and "负责人签字" in pages[-1]


async def test_who_may_not_see_it_prints_nothing(browser, file, office):
    report = await file(level="village")
    person = await Staff.get(username="t-east-a")
    key, at = report_key(report, house=office), office.clock.now()
    await keep_bars(report, key=key, reasons={f"staff:{person.id}": "亲戚"}, causes={}, house=office, at=at)
    for username in ("t-east-a", "t-west-a", "cases-a"):
        await browser.sign_in(username)
        answer = await browser.post(f"/console/reports/{report.number}/print")
        assert answer.status == 404, username
    assert not await Event.filter(action="report.print").exists()
