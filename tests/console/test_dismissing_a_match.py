"""The section 可能涉及的人 on the page: for the unmatched of the owning body, never for the matched."""

import re

OPTION = re.compile(r'<option value="([\w-]{20,})"( selected)?>([^<]+)</option>')


async def test_one_click_dismisses(opened_browser, file):
    report = await file(text="赵a家门口的路灯坏了")
    matched = await opened_browser()
    await matched.sign_in("t-east-a")
    assert matched.rows() == []
    assert (await matched.get(f"/console/reports/{report.number}")).status == 404

    browser = await opened_browser()
    await browser.sign_in("t-east-b")
    await browser.get(f"/console/reports/{report.number}")
    assert "可能涉及的人" in browser.text and "赵a（东河镇纪委）：材料文字中出现其姓名" in browser.text
    ((value, selected, _),) = OPTION.findall(browser.text)
    assert selected
    answer = await browser.post(f"/console/reports/{report.number}/dismiss-match", who=value)
    assert (answer.status, answer.headers["Location"]) == (303, f"/console/reports/{report.number}")
    await browser.get(f"/console/reports/{report.number}")
    assert "可能涉及的人" not in browser.text
    await matched.get("/console/reports")
    assert [row[0] for row in matched.rows()] == [report.number]
    await matched.get(f"/console/reports/{report.number}")
    assert "可能涉及的人" not in matched.text and "排除" not in matched.text

    again = await browser.post(f"/console/reports/{report.number}/dismiss-match", who=value)
    assert again.status == 422


async def test_nothing_is_shown_where_nobody_is_meant_or_only_recused(browser, file):
    report = await file()
    await browser.sign_in("t-east-l")
    await browser.get(f"/console/reports/{report.number}")
    assert "可能涉及的人" not in browser.text
    await browser.post(f"/console/reports/{report.number}/recuse", who="t-east-a", reason="亲戚")
    await browser.get(f"/console/reports/{report.number}")
    assert "可能涉及的人" not in browser.text


async def test_a_liaison_and_a_body_are_named_as_such(browser, file):
    report = await file(text="何长河家的狗，赵a也在场")
    await browser.sign_in("t-east-b")
    await browser.get(f"/console/reports/{report.number}")
    assert "何长河（柳树村联络员）" in browser.text
    found = OPTION.findall(browser.text)
    assert len(found) == 2 and not any(selected for _, selected, _ in found)
