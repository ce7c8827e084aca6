"""What is done at the desks of zone, county and operator in the manual."""

from docs.manual_walk import Walk

VILLAGE = "990121101201"


def accept(walk: Walk, kind: str) -> None:
    walk.page.select_option("#accept-kind", kind)
    with walk.page.expect_navigation():
        walk.page.click("form[action$='/accept'] button[type=submit]")


def open_row(walk: Walk, kind: str, name: str) -> None:
    walk.go(f"/console/organisation/{kind}?q={name}")
    with walk.page.expect_navigation():
        walk.page.click("main a.cover")


def zone(walk: Walk, *, number: str) -> None:
    walk.sign_in("lc-office-1-1")
    walk.step("看分到本室的反映")
    walk.picture()
    walk.go(f"/console/reports/{number}")
    walk.step("看为什么由我们办")
    walk.picture()
    accept(walk, "suggestion")
    walk.step("片区案件要有三份文书")
    walk.press("一案一授权", opens=False)
    walk.picture()
    walk.page.context.clear_cookies()
    walk.sign_in("lc-office-1-leader")
    walk.go(f"/console/reports/{number}")
    walk.step("交另一个乡镇交叉办理")
    walk.press("交叉办理", opens=False)
    walk.picture()
    walk.step("看协作区的超期台账")
    walk.press("台账")
    walk.picture()
    walk.page.context.clear_cookies()
    command(walk)


def command(walk: Walk) -> None:
    walk.sign_in("lc-county-leader")
    walk.step("看全县台账")
    walk.press("台账")
    walk.picture()
    walk.press("督办、提级、交办、交叉")
    walk.step("督办、提级、交办")
    walk.press("督办", opens=False)
    walk.picture()
    open_row(walk, "zones", "第一协作区")
    walk.step("看协作区全不全")
    walk.said.add("协作区")
    walk.picture()
    walk.ended()


def county(walk: Walk) -> None:
    def at_desk(username: str) -> None:
        walk.page.context.clear_cookies()
        walk.sign_in(username)

    at_desk("lc-letters-leader")
    walk.step("分流定不下来的")
    walk.picture()
    walk.page.locator("main a.cover").first.click()
    walk.page.wait_for_selector("#said")
    walk.step("转给该办的机构")
    walk.press("转办", opens=False)
    walk.picture()
    walk.step("登记来信来访来电和移送")
    walk.press("登记")
    walk.said.add("登记，并给出回执")
    walk.picture()
    at_desk("lc-cases-1")
    walk.step("看台账、导出")
    walk.press("台账")
    walk.picture()
    walk.step("每季度反馈给信访室")
    walk.press("季度")
    walk.picture()
    at_desk("lc-conduct-1")
    walk.step("公开政策、项目、资金")
    walk.press("公开")
    walk.picture()
    walk.press("写一项新的")
    walk.step("先看样子，再公开")
    walk.picture()
    for title, word in (("出问卷", "问卷"), ("看哪些码没人扫", "扫码"), ("试算由谁办", "试算")):
        walk.step(title)
        walk.press(word)
        walk.picture()
    at_desk("ql-county-leader")
    walk.step("管组织")
    walk.press("组织")
    walk.picture()
    at_desk("lc-cadre-leader")
    walk.go("/console/organisation/changes")
    walk.step("改错了，撤销")
    walk.said.add("最近的改动")
    walk.picture()
    walk.step("看留痕")
    walk.press("留痕")
    walk.picture()
    walk.ended()


def keep(walk: Walk) -> None:
    walk.sign_in("operator")
    walk.go("/console/organisation")
    walk.step("登录")
    walk.picture()
    walk.go("/console/organisation/staff/new")
    walk.step("新增账号")
    walk.said |= {"工作人员账号", "新增"}
    for name, words in (("username", "hetang-3"), ("name", "江望舒"), ("phone", "16900990088")):
        walk.page.fill(f"#{name}", words)
    walk.page.select_option("#body_code", "lc-hetang")
    walk.page.select_option("#role", "handler")
    walk.picture()
    walk.press("保存")
    walk.step("把初始口令当面交给本人")
    walk.picture()
    open_row(walk, "staff", "康晚晴")
    walk.step("忘了密码、换了微信")
    walk.picture()
    walk.go("/console/organisation")
    walk.step("改联络员")
    walk.press("联络员")
    walk.picture()
    walk.go(f"/console/codes?region={VILLAGE}")
    walk.step("发码")
    walk.said.add("码")
    walk.picture()
    walk.step("印海报")
    walk.press("印…的海报")
    walk.picture()
    walk.press("开始印")
    walk.page.locator("[data-state=done]").or_(walk.page.locator("[data-state]")).first.wait_for()
    for _ in range(60):
        if walk.page.locator("[data-state=done]").count():
            break
        walk.page.wait_for_timeout(1000)
        walk.page.reload()
    walk.step("取成品")
    walk.picture()
    walk.go("/console/organisation")
    walk.step("检查组织")
    walk.press("检查组织")
    walk.picture()
    walk.step("看留痕")
    walk.press("留痕")
    walk.picture()
    walk.ended()
