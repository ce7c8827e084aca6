"""Words the ear listens for: what ends the name of a place, what keeps a name out, what stands for a fixed word."""

from bot import texts

VILLAGE_ENDS = ("村民委员会", "居民委员会", "村委会", "居委会", "大队", "社区", "居委", "村委", "村", "居")
TOWN_ENDS = ("街道办事处", "街道办", "街道", "民族乡", "镇", "乡")
COUNTY_ENDS = ("自治县", "区", "县", "市", "旗")
# the sounds under which the same ends are typed in Latin letters
VILLAGE_SOUNDS = (("cun",), ("she", "qu"), ("da", "dui"))
# what may stand around a place that is given as an answer, and says nothing else
FILLERS = frozenset("我你是在们的这那边里个家住就俺咱人儿位于属于来自说事情呢啊呀吧哦嗯对，。！？,.!?、 ")

ANONYMOUS, NAMED = "匿名", "实名"
STOPS = "，。！？；、,.!?; \n"
# 匿名 that is no wish of the one who speaks: a letter somebody got, what others did
ANONYMOUS_OF_OTHERS = tuple("信 的信 举报信 反映信 电话 短信 邮件 帖 者 的人 群众 账号 威胁 恐吓".split())
OTHERS_BEFORE = "有人 别人 他 她 谁 被 收到 上次 以前 之前 曾经 去年 前年".split()
ANONYMOUS_PLAINLY = (
    "不要说是我", "别说是我", "莫说是我", "不留名", "不留姓名", "不要留名", "不想留名", "不写名字", "不要写我",
    "不要透露我", "别透露我", "不要公开我", "给我保密", "替我保密", "为我保密", "别写我", "不署名", "不想署名",
    "不能让人知道是我", "不要让人知道是我", "不想让人知道是我", "别让人知道是我", "不想让人知道我", "不要让人知道我",
    "不要让别人知道是我", "不想让别人知道是我", "别让别人知道是我", "不要告诉别人是我", "别告诉别人是我",
    "不敢写名字", "不敢留名", "不敢说名字", "不敢署名", "不要说我的名字", "别说我的名字", "不要说出我的名字",
)  # fmt: skip
NOT_ANONYMOUS = ("不匿名", "不要匿名", "不用匿名", "不想匿名", "不必匿名", "没必要匿名", "不需要匿名", "实名")
# all that may stand around 匿名 or 实名 where nothing else is said
AROUND_A_NAME = frozenset("我要想请希望就还是选用以的了吧提交反映举报方式可求个俺咱能行吗呢啊好")
UNNAMED_ANSWERS = frozenset("不想说 不说 不告诉你 不方便 不方便说 不留 不想留 不想给".split())

# what may stand before and behind a fixed word: 我要查询, 提交吧
BEFORE_A_WORD = "我现在要 我现在想 我要 我想要 我想 想要 麻烦 请帮我 帮我 请 要 想".split()
AFTER_A_WORD = ("一下吧", "一下", "吧", "了", "啦", "呀", "啊", "谢谢")
# what people say instead of a fixed word, without blanks and stops
SAME_AS = {
    words: fixed
    for fixed, said in {
        texts.SUBMIT: "说完 讲完 写完 发完 我说完 我讲完 说好 没别的 没别的了 可以提交 交上去 确认提交 结束",
        texts.CANCEL: "不提交 不交 取消提交",
        texts.LEAVE_IT: "不说 不反映 不要 不弄 不搞 不查 不提 不问 不改 算了算 算了不说 退出 返回 停止",
        texts.QUERY: "查进度 看进度 查询进度 进度 查结果 看结果 查看进度 办得怎么样 处理得怎么样",
        texts.HELP: "怎么用 怎么弄 怎么操作 不会用 不会弄 不懂怎么用 使用说明 说明",
        texts.MENU: "目录",
        texts.PERSON: "转人工 人工服务 人工客服 客服 找人工 找工作人员 找干部 找人说话 找个人说话",
        texts.MINE: "我的反映 我的举报 我的进度 我的投诉 看我的",
        texts.START: "反映 举报 投诉 反映情况 反映个事 反映事情 反映一个问题 反映点问题 有事反映",
        texts.BEGIN_ANEW: "重新来 重新说 从头来 从头说",
        texts.SHOW_DRAFT: "看看说了什么 看看都说了什么 我说了什么 我都说了什么 看草稿",
        texts.DROP_LAST: "删掉上一条 删除上一条 删上一句 删掉上一句 删除上一句 "
        "上一条删 上一条删掉 上一句删 上一句删掉 撤回上一条",
        texts.WRONG: "上一句说错 上句说错 上一条说错 上一条错 上一句错 上一条发错 刚才说错 刚才那句说错 "
        "刚才那条错 刚才发错 说错 打错 写错 发错 讲错 说错话 我说错",
        texts.WITHDRAW: "撤回反映 撤销 撤诉 撤回举报",
        texts.ASK_RECUSAL: "回避",
        texts.POLICY: "看政策 查政策 有什么政策 村里政策 村里的政策 政策文件",
        texts.DELETE: "删除聊天 删聊天 清空聊天 删记录 删除记录 清记录",
    }.items()
    for words in said.split()
}
GREETINGS = frozenset(
    "你好 您好 你好啊 您好啊 在吗 在不在 在么 有人吗 有人在吗 喂 喂喂 你们好 早上好 上午好 中午好 下午好 晚上好 "
    "嗨 hi hello 领导好 同志你好 同志您好 领导你好 领导您好".split()
)
THANKS = frozenset(
    "谢谢 谢谢你 谢谢您 谢谢了 多谢 感谢 谢谢领导 谢谢你们 好 好的 好吧 好嘞 行 行吧 可以 嗯 嗯嗯 哦 哦哦 噢 收到 "
    "知道了 晓得了 明白 明白了 懂了 辛苦了 再见 拜拜 好的谢谢 好谢谢 好的好的 "
    "知道了谢谢 收到谢谢 ok OK Ok 麻烦了 没事了".split()
)
# a number among choices, in words and with what people put around it
NUMERALS = {
    word: number
    for number, words in enumerate("一 二两 三 四 五 六 七 八 九 十".split(), start=1)
    for word in words
}
NUMBER = r"(?:我?选(?:择)?)?第?(\d{1,2}|[一二两三四五六七八九]|十[一二三]?)(?:个|号|项)?吧?"
SOFT_ENDS = "吧了啊呀"
# answers to a question with yes or no
YES = frozenset("是 是的 对 对的 好 好的 要 要的 行 可以 确定 确认 嗯 同意".split())
NO = frozenset("不 不要 不用 不用了 不是 不了 不行 否 先不".split())
# whom a matter is about, as people call them: kept as said, too
LEVELS = {
    words: level
    for level, said in {
        "village": "村长 村支书 支书 村书记 村主任 村会计 村委会 村委 村两委 村里干部 村里的干部 "
        "社区书记 社区主任 社区干部 村民组长",
        "township": "镇长 乡长 镇书记 乡书记 镇干部 乡干部 镇里干部 乡里干部 镇上干部 乡上干部 镇里的干部 乡里的干部 "
        "镇政府 乡政府 街道干部 街道书记 街道主任",
        "unknown": "不知道 不清楚 不晓得 说不清楚 不好说 搞不清 弄不清 不认识",
        "none": "不针对人 不针对谁 不是针对谁 不关哪个人",
    }.items()
    for words in said.split()
}

# 王小明, 我叫王小明, 王小明 13900000000: people give both at once
NAME_GIVEN = (
    r"(?:我叫|我是|我的名字[是叫]?|姓名|名字)?[:：\s]*(?P<name>[^\d\s<>+(,;，；。、:：]{2,20}?)[\s,;，；。、]*"
    r"(?:(?:我的)?(?:联系)?(?:电话|手机|电话号码|手机号|手机号码)[是:：\s]*)?(?P<phone>[+(]?\d[\d\-() ]{6,19})?[。.]?"
)
# 删第2条, 第2条删掉, 改第2条, 改第2条：新的话
_DROP, _CHANGE = "|".join(texts.DROP_WORDS), "|".join(texts.CHANGE_WORDS)
_PIECE = rf"第?\s*(?P<number>\d{{1,2}}|[{texts.NUMERALS}])\s*[条句]"
_TAIL = "(?:一下)?[了吧]?[。.！!]?"
PIECES = (
    rf"(?:(?P<drop>{_DROP})|(?:{_CHANGE})){_PIECE}{_TAIL}",
    rf"[把将]?{_PIECE}(?:(?P<drop>{_DROP})|(?:{_CHANGE})){_TAIL}",
    rf"(?P<drop>{_DROP})第?\s*(?P<number>\d{{1,2}})",
    rf"(?:{_CHANGE}){_PIECE}[:：，,\s]+(?P<words>.+)",
    rf"[把将]?{_PIECE}(?:{_CHANGE})[成为][:：，,\s]*(?P<words>.+)",
)
# most of what is said begins otherwise, and is not looked at
PIECE_BEGINNINGS = frozenset("删去改修更第把将" + texts.NUMERALS + "0123456789")
