"""群众请求回避: shown to the leader alone, answered from the page, and gone from it afterwards."""

import re

from intake.asking_recusal import ask_recusal

REQUEST = re.compile(r'name="request" value="([\w-]{22})"')
OPTION = re.compile(r'<option value="(match:[\w-]{22})"')


async def test_a_leader_grants_it_from_the_page(opened_browser, file, county):
    report = await file()
    await ask_recusal(report, text="赵a是他女婿", house=county)
    handler = await opened_browser()
    await handler.sign_in("t-east-b")
    assert "请求回避" not in handler.text
    await handler.get(f"/console/reports/{report.number}")
    assert "女婿" not in handler.text and "群众请求回避" not in handler.text

    leader = await opened_browser()
    await leader.sign_in("t-east-l")
    assert "1 件有群众请求回避，等待您答复" in re.sub("</?b>", "", leader.text)
    await leader.get(f"/console/reports/{report.number}")
    assert "赵a是他女婿" in leader.text
    (request, again), (who, *_) = REQUEST.findall(leader.text), OPTION.findall(leader.text)
    assert request == again
    path = f"/console/reports/{report.number}"
    assert (await leader.post(f"{path}/grant-recusal", request=request)).status == 422
    assert (await leader.post(f"{path}/refuse-recusal", request=request, text=" ")).status == 422
    assert "请把不同意的理由告诉群众" in leader.text
    answer = await leader.post(f"{path}/grant-recusal", request=request, who=who)
    assert (answer.status, answer.headers["Location"]) == (303, path)
    await leader.get(path)
    assert "群众请求回避" not in leader.text and "我们研究后同意了" in leader.text
    await leader.get("/console/reports")
    assert "等待您答复" not in leader.text
    await handler.get(path)
    assert "女婿" not in handler.text and "研究后同意" not in handler.text
    matched = await opened_browser()
    await matched.sign_in("t-east-a")
    assert (await matched.get(path)).status == 404 and matched.rows() == []


async def test_a_leader_who_leaves_with_it_lands_on_the_list(browser, file, county):
    report = await file()
    await ask_recusal(report, text="管事的和他是一家", house=county)
    await browser.sign_in("t-east-l")
    await browser.get(f"/console/reports/{report.number}")
    (request, _) = REQUEST.findall(browser.text)
    answer = await browser.post(f"/console/reports/{report.number}/grant-recusal", request=request, who="me")
    assert answer.headers["Location"] == "/console/reports?done=grant-recusal"
    await browser.get(answer.headers["Location"])
    assert "回避请求已经同意" in browser.text
