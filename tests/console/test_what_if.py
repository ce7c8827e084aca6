"""试算: a decision in words for the county; nothing is stored, and nobody learns of a recusal by trying."""

import pytest

from console.texts import RULES
from models.decision import RoutingDecision
from models.event import Event
from models.message import Message
from models.recusal import Recusal
from models.report import Report
from models.staff import Staff
from organisation.live import raise_version
from routing.counties import table_of_county
from routing.decide import decide
from routing.facts import Facts, Subject
from tests.factories import EAST, EAST_VILLAGE, NOW, make_entry

ASKED = {"region": EAST_VILLAGE, "area": "education", "level": "village", "text": "村里的低保名单没有公示"}
PRIVATE = "岳父在镇里任职"


async def ask(browser, **changes: str):
    await browser.get("/console/what-if")
    return await browser.post("/console/what-if", **(ASKED | changes))


def answer(browser) -> str:
    return browser.text.partition('id="answer"')[2].partition("</section>")[0]


async def recused(house, **row: object) -> None:
    await Recusal.create(reason=PRIVATE, **row)
    await raise_version(at=NOW)
    await house.organisation.refresh()


@pytest.mark.parametrize("username", ["head-a", "head-l", "cadre-a", "cases-a", "letters-l"])
async def test_the_county_s_head_and_rooms_ask(browser, username):
    await browser.sign_in(username)
    assert (await ask(browser)).status == 200
    assert "东河镇纪委" in answer(browser) and RULES["village"] in answer(browser)
    assert "没有需要排除的机构和人员" in answer(browser) and "不自动告诉联络员" in answer(browser)


@pytest.mark.parametrize(
    "username", ["t-east-l", "office-1-l", "stationed-l", "city-l", "city-approver", "root"]
)
async def test_for_everybody_else_there_is_no_such_page(browser, username):
    await browser.sign_in(username)
    assert (await browser.get("/console/what-if")).status == 404
    assert (await browser.post("/console/what-if", **ASKED)).status == 404
    assert "/console/what-if" not in browser.text


async def test_every_fact_counts(browser):
    await browser.sign_in("head-l")
    entry = await make_entry(purpose="conduct")
    for changes, body, words in (
        ({"level": "none"}, "东河镇纪委", "何长河"),
        ({"level": "none", "avoid_liaison": "1"}, "东河镇纪委", "不自动告诉联络员"),
        ({"avoid_township": "1"}, "第一纪检监察室", "反映人要求不交给本乡镇"),
        ({"level": "unknown", "text": "", "is_wordless": "1"}, "青川区纪委监委信访室", RULES["wordless"]),
        ({"level": "county"}, "云岭市纪委监委", RULES["county"]),
        ({"appeal_of": "T-EAST"}, "青川区纪委监委信访室", RULES["appeal"]),
        ({"trigger": "masses"}, "第一纪检监察室", "群众反映强烈"),
        ({"entry": entry.code, "region": "", "area": ""}, "干部监督室", RULES["conduct"]),
        (
            {"subject_name": "冯l", "subject_post": "负责人", "subject_unit": "云岭市纪委监委"},
            "12388",
            "第15条",
        ),
        ({"text": "赵l打招呼"}, "第一纪检监察室", "赵l"),
    ):
        assert (await ask(browser, **changes)).status == 200, changes
        assert body in answer(browser) and words in answer(browser), (changes, answer(browser))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"region": ""}, "region"),
        ({"region": "110101001001"}, "region"),
        ({"area": ""}, "area"),
        ({"level": "everybody"}, "level"),
        ({"entry": "23456789ABCD"}, "entry"),
    ],
)
async def test_a_wrong_field_is_marked_and_what_was_typed_stays(browser, changes, field):
    await browser.sign_in("cases-a")
    assert (await ask(browser, **changes)).status == 422
    assert f'id="{field}-wrong"' in browser.text and ASKED["text"] in browser.text


async def test_nothing_of_it_is_stored_but_that_somebody_asked(browser, caplog):
    await browser.sign_in("head-l")
    events = await Event.all().count()
    await ask(browser, subject_name="马小跳", text="马小跳占了公家的地")
    assert await Event.all().count() == events + 1
    event = await Event.all().order_by("-id").first()
    assert (event.action, event.report_id, event.object_id, event.data) == ("what-if.ask", None, "", {})
    for table in (Report, RoutingDecision, Message):
        assert await table.all().count() == 0
    assert "马小跳" not in caplog.text


async def test_who_keeps_the_county_s_recusals_reads_them(browser):
    person = await Staff.get(username="t-east-l")
    await recused(browser.house, staff_id=person.id, from_kind="person", from_value="马小跳")
    await browser.sign_in("head-l")
    await ask(browser, subject_name="马小跳")
    assert "第一纪检监察室" in answer(browser)
    assert f"{person.name}：登记的回避：{PRIVATE}" in answer(browser)


RECUSALS = [
    ("letters-l", "t-east-l", {"from_kind": "person", "from_value": "马小跳"}),
    ("cases-a", "t-east-l", {"from_kind": "region", "from_value": EAST}),
    ("cadre-a", "t-east-l", {"from_kind": "person", "from_value": "马小跳"}),
    ("head-a", "office-1-l", {"from_kind": "region", "from_value": EAST}),
    ("head-l", "city-l", {"from_kind": "person", "from_value": "马小跳"}),
    ("cadre-l", "city-l", {"from_kind": "region", "from_value": EAST}),
]


@pytest.mark.parametrize(("reader", "whose", "origin"), RECUSALS)
async def test_nobody_else_learns_of_a_recusal_by_trying(browser, reader, whose, origin):
    await browser.sign_in(reader)
    questions = [
        {"level": level, "subject_name": "马小跳", "text": "马小跳占了公家的地"}
        for level in ("village", "township", "county", "discipline", "none", "unknown")
    ]
    before = [(await ask(browser, **question)).status and answer(browser) for question in questions]
    person = await Staff.get(username=whose)
    await recused(browser.house, staff_id=person.id, **origin)
    after = [(await ask(browser, **question)).status and answer(browser) for question in questions]
    assert after == before


async def test_the_county_alone_decides_as_the_whole_does(sampled):
    table = sampled.organisation.table
    villages = [node for node in table.tree.nodes.values() if node.level == "village"]
    counties: dict[str, object] = {}
    for village in villages[::7]:
        county = table.county_of(village.code)
        alone = counties.setdefault(county, table_of_county(table, county, knows=lambda recusal: True))
        for level in ("village", "township", "county", "department", "discipline", "none"):
            for subject in (None, Subject(name="王某", post="书记")):
                facts = Facts(region_code=village.code, area_code="civil", level=level, subject=subject)
                there, here = decide(facts, alone), decide(facts, table)
                assert (there.body, there.rule, there.reasons) == (here.body, here.rule, here.reasons)
                assert {out.who for out in there.ruled_out} <= {out.who for out in here.ruled_out}
    assert len(counties) > 1
