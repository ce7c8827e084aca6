"""What staff do in the manual, at their desks; and the order in which everything happens."""

from docs.demo_camera import Demo
from docs.manual_counties import accept, county, keep, open_row, zone
from docs.manual_villages import Telling, only_a_photo, quickly
from docs.manual_walk import Walk

REPLY = "您好，已到学校核对账目。多收的饭钱下周一起退给家长，退款名单会贴在校门口。"
TASK = "请到村小学食堂看看，收费标准贴出来没有，拍张照片。"
OPINION = "情况属实，转教育体育局督促学校退款、公示，并跟踪结果。"
RESULT = "多收的饭钱已经全部退还，退款名单贴在校门口。"


def at_the_desks(village: Telling, *, demo: Demo) -> None:
    handler, leader = Walk.begun("乡镇经办人", demo), Walk.begun("乡镇书记", demo)
    village.bind_deputy()
    village.tell_in_chat()
    village.be_alerted()
    number = begin(handler, village)
    village.see_to_it()
    village.be_asked()
    write(handler, number=number)
    village.be_answered(REPLY[:8])
    village.have_doubts()
    other = village.tell_on_the_web()
    named = quickly(
        demo, village.code, level="village", words="村里发的补助名单和公示的不一样", name="江小满"
    )
    only_a_photo(demo, village.code)
    quickly(demo, village.code, level="township", words="镇里办事要跑好几趟，材料一次没有说清楚")
    keep(Walk.begun("系统管理员", demo))
    grant(leader, number=number)
    propose(handler, number=number)
    lead(leader, number=number, other=other)
    finish(handler, number=number, named=named)
    village.rate()
    zone(Walk.begun("片区", demo), number=other)
    county(Walk.begun("县级", demo))
    for walk in (village.villager, village.liaison, handler, leader):
        walk.ended()


def begin(walk: Walk, village: Telling) -> str:
    walk.go("/console/login")
    walk.step("登录")
    walk.page.fill("#username", "hetang-1")
    walk.page.fill("#password", "mashang-demo-1")
    walk.picture()
    walk.press("登录")
    walk.step("看收到的反映")
    walk.picture()
    walk.go(f"/console/reports/{village.number}")
    walk.step("打开一件，先想要不要回避")
    walk.picture()
    walk.step("受理")
    walk.page.select_option("#accept-kind", "livelihood")
    walk.picture()
    walk.press("受理，并告诉群众")
    walk.step("问反映人一句")
    walk.press("询问反映人", opens=False)
    walk.page.fill("#ask-text", "两次饭钱，每个年级都多收了吗？")
    walk.page.fill("#ask-options", "两次都有\n只有一次\n说不清")
    walk.picture()
    walk.press("发给反映人")
    walk.step("请联络员到现场看看")
    walk.press("告知联络员，或者请联络员到现场看看", opens=False)
    walk.page.select_option("#assist-liaison", index=1)
    walk.page.fill("#assist-text", TASK)
    walk.picture()
    walk.press("发给联络员")
    return village.number


def write(walk: Walk, *, number: str) -> None:
    walk.go(f"/console/reports/{number}")
    walk.step("回复群众")
    walk.page.fill("#reply-text", REPLY)
    walk.press("预览")
    walk.picture()
    walk.press("发送回复")
    walk.step("写错了，两分钟内撤回")
    walk.picture()
    walk.press("撤回这条")
    walk.page.fill("#reply-text", REPLY)
    walk.page.uncheck("input[name=hold]")
    with walk.page.expect_navigation():
        walk.page.click("#reply button[type=submit]:not([formaction])")


def propose(walk: Walk, *, number: str) -> None:
    walk.go(f"/console/reports/{number}")
    accept(walk, "livelihood")  # once more: somebody has been recused meanwhile
    walk.step("提处置意见")
    walk.page.select_option("#dispose-disposition", "refer")
    walk.page.fill("#dispose-text", OPINION)
    walk.picture()
    walk.press("报负责人批准")


def grant(walk: Walk, *, number: str) -> None:
    walk.go("/console/login")
    walk.page.fill("#username", "hetang-leader")
    walk.page.fill("#password", "mashang-demo-1")
    with walk.page.expect_navigation():
        walk.page.click("main button[type=submit]")
    walk.step("登录，填动态口令")
    walk.picture()
    walk.give_otp("hetang-leader")
    walk.step("先看等您办的")
    walk.picture()
    walk.go(f"/console/reports/{number}")
    walk.step("群众请求回避")
    walk.picture()
    who = walk.page.locator("[name=who]").first
    who.select_option(who.locator("option", has_text="康晚晴").get_attribute("value"))
    walk.press("同意，请这位回避")


def lead(walk: Walk, *, number: str, other: str) -> None:
    walk.go(f"/console/reports/{number}")
    walk.step("批准处置意见")
    walk.picture()
    walk.press("批准")
    walk.go(f"/console/reports/{other}")
    walk.step("分派承办人")
    walk.press("分派承办人", opens=False)
    walk.page.select_option("#assign-staff", index=1)
    walk.picture()
    walk.press("分派")
    walk.step("不予受理")
    walk.press("不予受理", opens=False)
    walk.picture()
    walk.step("不归我们办的：转办")
    walk.press("转办", opens=False)
    walk.page.select_option("#transfer-trigger", "masses")
    walk.page.fill("#transfer-reason", "多户反映，问了几次没有结果，请片区办理。")
    walk.picture()
    with walk.page.expect_navigation():
        walk.page.click("form[action$='/transfer'] button")
    walk.go("/console/hand-on")
    walk.step("同事休假、调走：移交")
    walk.picture()
    organise(walk)


def organise(walk: Walk) -> None:
    walk.step("确认新账号")
    walk.press("组织")
    walk.picture()
    walk.go("/console/organisation/recusals/new")
    walk.step("登记回避")
    walk.said |= {"回避登记", "新增"}
    walk.picture()
    open_row(walk, "liaisons", "穆满仓")
    walk.step("给联络员绑定码")
    walk.said.add("联络员")
    walk.picture()
    walk.go("/console/retention")
    walk.step("保管期满，两个人销毁")
    walk.picture()


def finish(walk: Walk, *, number: str, named: str) -> None:
    walk.go(f"/console/reports/{number}")
    walk.step("批准以后办结")
    walk.page.fill("#conclude-text", "到校核对账目，多收两次，已退还并公示。")
    walk.picture()
    walk.press("办结")
    walk.step("反馈给群众")
    walk.page.fill("#feedback-text", RESULT)
    walk.picture()
    walk.press("反馈给群众")
    walk.step("登记来信、来访、来电")
    walk.press("登记")
    walk.page.select_option("#channel", "visit")
    walk.said.add("登记，并给出回执")
    walk.picture()
    walk.go(f"/console/reports/{named}")
    walk.step("必须知道反映人是谁")
    walk.press("查看反映人身份", opens=False)
    walk.picture()
    walk.step("打印案卷")
    walk.press("打印案卷", opens=False)
    walk.picture()
