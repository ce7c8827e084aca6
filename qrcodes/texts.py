"""What posters and landing pages say."""

import errno
from typing import NamedTuple

from models.choices import Purpose, SightingKind


class PurposeWords(NamedTuple):
    """How one purpose speaks: on the poster's band, about what one may say, and on the page's button."""

    title: str
    what: str
    button: str


PURPOSES = {
    Purpose.REPORT: PurposeWords(
        "码上 · 扫码反映", "政策没落实、项目走了样、资金发得不公、干部办事不实，都可以反映", "在这里反映"
    ),
    Purpose.SUGGEST: PurposeWords(
        "码上提 · 扫码建议", "对政策、项目、资金和干部作风的意见和建议，都可以提", "在这里提意见"
    ),
    Purpose.SURVEY: PurposeWords(
        "码上填 · 扫码测评", "对政策、项目、资金办得怎么样，请您来评一评", "在这里填问卷"
    ),
    Purpose.RATE: PurposeWords("码上评 · 扫码评价", "反映的问题改得好不好、到不到位，请您来评", "在这里评价"),
    Purpose.CONDUCT: PurposeWords(
        "码上督 · 扫码监督", "纪检监察干部办事不公、态度不好、跑风漏气，都可以反映", "在这里反映"
    ),
}

AREA = "{area}领域"
SCAN = "微信扫一扫"
TYPE_CODE = "扫不了？在公众号里发送这个码"
SPARE = "大码扫不了，扫这个"
COMPARE = "核对词：扫开的页面上应有这两个词，没有的是假码"
COMPARE_SHORT = "页面上有这两个核对词"
STICKER_WORDS = "核对词：{words}"
PROMISES = ("可以匿名", "不用下载", "凭回执码查结果")
CALL = "也可以打电话"
HOTLINE = "12388"
WARNING = "扫码不收钱、不要银行卡、不要验证码；要的都是假码，请打电话告诉我们"
YUAN = "{amount} 元"
DAY = "{day.year} 年 {day.month} 月 {day.day} 日"


class ProblemWords(NamedTuple):
    """The page that opens instead of a place's own."""

    title: str
    advice: str


PROBLEMS = {
    "unknown": ProblemWords(
        "没有找到这个码",
        "这个码我们没有发过，可能是别人贴的假码，请不要在上面填写任何内容，也请把这件事告诉我们。",
    ),
    "mistyped": ProblemWords(
        "这个码输错了",
        "码一共 12 位，印在二维码下面，没有数字 0 和 1，也没有字母 O、I、L。"
        "请对照海报再输一遍，或者直接扫码。",
    ),
    "retired": ProblemWords("这个码已经停用", "这张海报过期了，您要反映的问题我们照样受理。"),
}

DOUBTED = (
    "【系统自动登记】有人扫码后点了“海报不对”。码：{code}。请到现场看看：二维码有没有被换、被盖、被涂改，"
    "贴的地方对不对，核对词和扫出来的页面一样不一样；不对就换码重贴。点的人没有留下任何信息。"
)
DOUBTED_LAST = (
    "今天本乡镇这样登记的已经有 {most} 件，今天再有人点，只记次数，不再一件一件登记：请把这里的海报都查一遍。"
    "区县在“扫码”页上看得到有多少个码。"
)
FOREIGN = (
    "【系统自动登记】巡查海报时，在{place}拍到一个不是我们的二维码，可能是贴在我们海报上的假码。请不要扫它，"
    "马上到现场看看这个村的海报，揭掉假码，换码重贴；如果有人在假码上填过东西、付过钱，请一并处理。"
    "假码里的内容，区县在“扫码”页上看得到。这个村今天再拍到的，不再另外登记。"
)

DISK = {errno.ENOSPC: "磁盘满了，请联系系统管理员腾出空间，再点“接着印”。"}
DISK_OTHERWISE = "文件写不进去，请联系系统管理员检查磁盘，再点“接着印”。"
SEEN = {
    SightingKind.GOOD: "在用，记下了。",
    SightingKind.OLD: "这张海报的码已经停用或者换过了，记下了，请换贴新海报。",
    SightingKind.FOREIGN: "照片里有二维码不是我们的，可能是贴在我们海报上的假码，记下了。"
    "请不要扫它，马上打电话告诉乡镇纪委。"
    "如果只是旁边别人的码，请走近一点，只拍海报。",
}
SEEN_NOTHING = "没有认出二维码，请走近一点、对着光再拍一张。"
ROUND_OVER = ProblemWords("链接用不了了", "巡查链接半天有效，请在公众号里再发一次“巡查”。")
