"""What villagers and liaisons do in the manual, on their phones."""

import re

from docs.demo_camera import Demo
from docs.manual_walk import Walk

WORDS = "小学食堂这学期多收了两次饭钱，没有收据"
ABOUT_CADRE = "村里修渠的钱，公示的和实际的对不上，问了几次没有人说明"
DEPUTY = "绑定 16900991002 942919"
CHIEF = "穆满仓"


class Telling:
    """One village, seen from its phones. Numbers and receipts are those the house gave."""

    def __init__(self, demo: Demo) -> None:
        self.villager = Walk.begun("村民", demo, is_phone=True)
        self.liaison = Walk.begun("联络员", demo, is_phone=True)
        self.code = self.number = self.receipt = ""

    def bind_deputy(self) -> None:
        walk = self.liaison.in_chat("")
        walk.page.click("#follow")
        walk.received("您好")
        walk.step("绑定，只做一次")
        walk.say(DEPUTY)
        walk.picture()
        walk.in_chat(CHIEF)

    def tell_in_chat(self) -> None:
        walk = self.villager.in_chat("张大爷")
        page = walk.page
        label = page.locator("#poster-select option").nth(1)
        self.code = str(label.get_attribute("value"))
        walk.go(f"/s/{self.code}")
        walk.step("扫墙上的码")
        walk.picture()
        walk.in_chat("张大爷")
        page.click("#open-posters")
        page.select_option("#poster-select", self.code)
        page.click("#scan")
        page.wait_for_selector("#follow:visible")
        walk.step("关注公众号")
        walk.picture()
        walk.press("关注公众号", opens=False)
        walk.received("您在")
        walk.step("有什么说什么")
        walk.say(WORDS)
        walk.picture()
        walk.step("说完了，发「提交」")
        walk.say("提交")
        walk.said |= {"看看", "取消"}
        walk.picture()
        walk.step("选关于谁")
        walk.say("不针对个人")
        walk.picture()
        walk.step("抄下回执码")
        filed = walk.say("匿名提交")
        walk.picture()
        self.number = found(r"编号：(\w+)", filed)
        self.receipt = found(r"回执码：([\d ]+\d)", filed)

    def be_asked(self) -> None:
        walk = self.villager
        walk.step("有人问您，就回一句")
        walk.received("每个年级", kind="custom")
        walk.say("回答")
        walk.say("两次都有")
        walk.picture()

    def be_answered(self, words: str) -> None:
        walk = self.villager
        walk.step("答复也在这里")
        walk.received(words, kind="custom")
        walk.picture()
        walk.step("换了手机、想看进度：发「查询」")
        walk.said.add("我的")
        walk.say("查询")
        walk.say(self.receipt)
        walk.picture()

    def have_doubts(self) -> None:
        walk = self.villager
        walk.step("不想让某个人经手：发「申请回避」")
        walk.say("申请回避")
        walk.say("康晚晴是食堂老板的亲戚，请不要让她经手")
        walk.picture()
        walk.step("不想反映了：发「撤回」")
        walk.say("撤回")
        walk.picture()
        walk.say("算了")

    def rate(self) -> None:
        walk = self.villager.in_chat("张大爷")
        walk.step("评一评")
        walk.received("编号", kind="custom")
        walk.say("评价")
        walk.picture()
        walk.say("完全解决")

    def tell_on_the_web(self) -> str:
        """What is said of a village cadre; its number."""
        walk = self.villager
        page = walk.page
        walk.go(f"/m/?entry={self.code}")
        page.wait_for_selector("#question-list li")
        page.fill("#text", ABOUT_CADRE)
        walk.step("打开网页，写要说的事")
        walk.picture(at="#text")
        walk.step("选关于谁、留不留姓名")
        walk.press("村干部", opens=False)
        walk.press("匿名提交", opens=False)
        walk.press("不想让谁知道？", opens=False)
        page.set_viewport_size({"width": 360, "height": 1400})
        walk.picture(at="#subject")
        page.set_viewport_size({"width": 360, "height": 740})
        walk.step("点「提交」，抄下回执码")
        page.click("#submit")
        page.wait_for_selector("#view-done:visible")
        walk.said.add("提交")
        walk.picture()
        number, receipt = page.inner_text("#done-number"), page.inner_text("#done-receipt")
        walk.press("我抄好了，看进展", opens=False)
        page.wait_for_selector("#view-report:visible")
        walk.step("看进展")
        page.set_viewport_size({"width": 360, "height": 860})
        walk.picture(at="#recusal")
        page.set_viewport_size({"width": 360, "height": 740})
        walk.step("以后再看：点「查回执」")
        walk.press("查回执", opens=False)
        page.fill("#receipt", receipt)
        walk.picture()
        walk.step("手机不是自己的：清掉")
        walk.said.add("删除")
        walk.press("我的", opens=False)
        walk.picture()
        return number

    def be_alerted(self) -> None:
        walk = self.liaison
        walk.step("收提醒")
        walk.received("教育", kind="template")
        walk.picture()

    def see_to_it(self) -> None:
        walk = self.liaison
        walk.received("", kind="template")
        walk.step("发「任务」，看要您做什么")
        link = found(r"(http\S+liaison\.html\S+)", walk.say("任务"))
        walk.picture()
        walk.step("答复任务")
        walk.say("去看过了，食堂门口没有贴收费标准")
        walk.say("完成")
        walk.picture()
        walk.step("自己发现了事：发「发现」")
        walk.say("发现")
        walk.say("村口的路灯坏了两盏")
        walk.say("乡村振兴")
        walk.picture()
        walk.say("取消")
        walk.go(link)
        walk.page.wait_for_selector("#view-tasks:visible")
        walk.step("也可以用网页")
        walk.picture()
        walk.press("报发现", opens=False)
        walk.step("群众问政策")
        walk.press("村里公开", opens=False)
        walk.page.wait_for_selector("#published-list li")
        walk.picture()
        self.look_round()

    def look_round(self) -> None:
        walk = self.liaison.in_chat(CHIEF)
        walk.step("查海报：发「巡查」")
        link = found(r"(http\S+)", walk.say("巡查"))
        walk.go(link)
        walk.picture()
        walk.in_chat(CHIEF)
        walk.step("要外出：发「外出」")
        walk.say("外出")
        walk.picture()
        walk.say("回来了")


def quickly(demo: Demo, code: str, *, level: str, words: str, name: str = "") -> str:
    """A report on the web beside the story; its number."""
    page = demo.browser.new_context().new_page()
    page.goto(f"{demo.system}/m/?entry={code}")
    page.fill("#text", words)
    page.check(f"input[name=level][value={level}]")
    page.check(f"input[name=mode][value={'named' if name else 'anonymous'}]")
    if name:
        page.fill("#name", name)
        page.fill("#phone", "16900990099")
    page.click("#submit")
    page.wait_for_selector("#view-done:visible")
    number = page.inner_text("#done-number")
    page.context.close()
    return number


def only_a_photo(demo: Demo, code: str) -> None:
    """In the chat, without a word of whom: for a person to decide where it belongs."""
    walk = Walk.begun("村民", demo, is_phone=True).in_chat("李婶")
    walk.page.click("#open-posters")
    walk.page.select_option("#poster-select", code)
    walk.page.click("#scan")
    walk.page.click("#follow")
    walk.received("您在")
    walk.page.click("#more")
    walk.page.click("#sample-photo")
    walk.received("记下了")
    for words in ("提交", "说不清", "匿名提交"):
        walk.say(words)
    walk.page.context.close()


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise SystemExit(f"没有找到 {pattern}：{text}")
    return match[1]
