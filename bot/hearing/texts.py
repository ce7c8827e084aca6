"""Words the ear listens for: what ends the name of a place, what others do without a name, what stands around a word.

The words themselves are data: `organisation/sayings.csv`, and what an organisation lays over it.
"""

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
# all that may stand around 匿名 or 实名 where nothing else is said
AROUND_A_NAME = frozenset("我要想请希望就还是选用以的了吧提交反映举报方式可求个俺咱能行吗呢啊好")
UNNAMED_ANSWERS = frozenset("不想说 不说 不告诉你 不方便 不方便说 不留 不想留 不想给".split())

# what may stand before and behind a fixed word: 我要查询, 提交吧
BEFORE_A_WORD = "我现在要 我现在想 我要 我想要 我想 想要 麻烦 请帮我 帮我 请 要 想".split()
AFTER_A_WORD = ("一下吧", "一下", "吧", "了", "啦", "呀", "啊", "谢谢")
# a number among choices, in words and with what people put around it
NUMERALS = {
    word: number
    for number, words in enumerate("一 二两 三 四 五 六 七 八 九 十".split(), start=1)
    for word in words
}
NUMBER = r"(?:我?选(?:择)?)?第?(\d{1,2}|[一二两三四五六七八九]|十[一二三]?)(?:个|号|项)?吧?"
SOFT_ENDS = "吧了啊呀"
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
