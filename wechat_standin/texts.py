"""Every Chinese sentence the stand-in itself says; the page's own words stand in its template."""

from __future__ import annotations

OUT_OF_SERVICE = "该公众号暂时无法提供服务，请稍后再试"
ACCOUNT_NAME = "码上监督（演示）"
FOLLOWED = "你已关注该公众号"
FOLLOWED_BY_CODE = "你扫描二维码，关注了该公众号"
UNFOLLOWED = "你已取消关注该公众号"
SCANNED = "你扫描了二维码"
TAPPED = "你点击了菜单「{name}」"
AI_LINE = "内容由第三方AI生成"
NO_SUCH_PERSON = "没有这个人，请重新选择或新建"
NOT_FOLLOWING = "还没有关注该公众号，请先关注"
NOT_A_CODE = "没有认出二维码：请粘贴海报上的链接，或者输入 12 位的码"
CODE_EXPIRED = "二维码已过期"
NO_SUCH_MENU = "菜单里没有这一项"
NO_SUCH_PUSH = "没有这条推送记录"
NO_FILE = "没有收到文件"
BAD_CONTROL = "请求内容不对：{name}"
NEW_NAMES = (
    "赵大婶",
    "钱大伯",
    "孙二嫂",
    "周老师",
    "吴大哥",
    "郑奶奶",
    "冯师傅",
    "陈小妹",
    "褚大叔",
    "卫阿姨",
)
SAMPLE_PEOPLE = ("张大爷", "李婶", "王大姐", "刘老伯")
SAMPLE_PLACES = (
    {
        "label": "青石村村委会",
        "address": "云溪县青石镇青石村",
        "latitude": 27.512345,
        "longitude": 110.123456,
    },
    {
        "label": "青石村三组水渠口",
        "address": "云溪县青石镇青石村三组",
        "latitude": 27.509876,
        "longitude": 110.131234,
    },
    {"label": "白鹭乡卫生院", "address": "云溪县白鹭乡", "latitude": 27.601122, "longitude": 110.204455},
    {
        "label": "柳湾小学门口",
        "address": "云溪县柳湾镇柳湾社区",
        "latitude": 27.455566,
        "longitude": 110.087788,
    },
)
CALLS_TITLE = "接口调用与推送记录"
STARTED = "手机模拟器：{url}"
