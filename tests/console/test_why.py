"""为什么由我们办: the rule and its reasons for whoever reads the report; who was ruled out for leaders alone."""

import re

import pytest

from casework.recuse import recuse
from console.texts import RULES
from models.recusal import Recusal
from models.report import Report
from models.staff import Staff
from organisation.live import raise_version
from routing.facts import Subject
from routing.rules import RULES as RULES_IN_ORDER
from routing.texts import DIRECTED
from tests.casework.conftest import viewer
from tests.factories import EAST, NOW

PRIVATE = "岳父在镇里任职"


async def recused(house, **who: object) -> None:
    await Recusal.create(from_kind="region", from_value=EAST, reason=PRIVATE, **who)
    await raise_version(at=NOW)
    await house.organisation.refresh()


def why(browser) -> str:
    return browser.text.partition('id="why"')[2].partition("</section>")[0]


def ruled_out(browser) -> list[str]:
    listed = why(browser).partition("<details>")[2].partition("</details>")[0]
    return re.findall(r"<li>(.*?)</li>", listed)


async def read(browser, report, username):
    await browser.sign_in(username)
    assert (await browser.get(f"/console/reports/{report.number}")).status == 200
    return why(browser)


async def test_the_rule_stands_in_words_with_its_article(browser, file):
    words = await read(browser, await file(level="township", text="镇里的干部吃拿卡要"), "office-1-a")
    assert "乡镇干部：协作区牵头室（分流规则第2条）" in words and "群众提交后" in words
    assert "第一纪检监察室办理" in words


@pytest.mark.parametrize("reader", ["office-1-l", "office-1-a"])
async def test_a_leader_reads_which_bodies_were_ruled_out_and_a_handler_does_not(browser, file, reader):
    report = await file(avoid=frozenset({"township"}))
    await read(browser, report, reader)
    # that it was the reporter's wish reads like any other recusal
    assert ruled_out(browser) == (["东河镇纪委：应当回避"] if reader == "office-1-l" else [])
    assert "反映人要求" not in why(browser)


async def test_a_leader_reads_the_names_of_the_body_s_own_people_and_no_private_reason(browser, file):
    own, other = await Staff.get(username="t-east-a"), await Staff.get(username="t-west-a")
    for person in (own, other):
        await recused(browser.house, staff_id=person.id)
    report = await file()
    words = await read(browser, report, "t-east-l")
    assert ruled_out(browser) == [f"{own.name}：应当回避"]
    assert PRIVATE not in browser.text and other.name not in words
    await browser.post("/console/logout")
    assert own.name not in await read(browser, report, "t-east-b")


@pytest.mark.parametrize("reader", ["cadre-l", "city-l"])
async def test_above_the_bodies_below_are_read_by_name(browser, file, reader):
    subject = Subject(name="赵l", post="负责人", unit="东河镇纪委")
    report = await file(level="discipline", text="多报伙食费", subject=subject)
    await Report.filter(id=report.id).update(owner_id=reader.partition("-")[0].upper())
    await read(browser, report, reader)
    assert "赵l：可能是被反映人" in ruled_out(browser)


async def test_who_stepped_back_is_not_told_to_the_next_body(browser, file):
    report = await file()
    for username in ("t-east-b", "t-east-l"):
        by = await viewer(browser.house, username)
        await recuse(report.number, by=by, house=browser.house, who="", reason="与反映人是亲戚")
    words = await read(browser, report, "office-1-l")
    assert "有人回避后" in words
    assert "赵b" not in words and "赵l" not in words and "亲戚" not in browser.text


async def test_for_whom_it_is_hidden_from_there_are_no_reasons(browser, file):
    report = await file(text="赵b在场")
    await browser.sign_in("t-east-b")
    assert (await browser.get(f"/console/reports/{report.number}")).status == 404
    assert "分流规则" not in browser.text


def test_every_rule_has_its_name():
    outcomes = {rule.__name__ for rule in RULES_IN_ORDER} - {"directed"} | set(DIRECTED)
    assert outcomes | {"conduct", "triage", "kept"} == RULES.keys()
