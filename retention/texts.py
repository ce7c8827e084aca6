"""What is said about keeping and destroying."""

PLAN_GONE = "没有找到这个销毁计划，可能已经确认或者撤回。"
NOTHING_DUE = "现在没有保管期满、可以销毁的反映。"
CONFIRM_BY_LEADER = "销毁要由负责人确认，请告诉本机构负责人。"
CONFIRM_BY_ANOTHER = "提出的人不能自己确认，请由另一位负责人确认。"
RULE_UNKNOWN = "没有这一项保管期限，可用的见 mashang retention rules。"
KEEP_WRONG = "期限写成数字加 d（天）、m（月）或 y（年），如 10y。"
KEEP_SHORT = "反映至少保管 1 年，不能设得更短。"
KEEP_LONG = "期限最长 100 年。"
WHATS = {
    "report": "反映",
    "inbox": "公众号消息的应答（防重复）",
    "repeated-call": "小程序请求的应答（防重复）",
    "api-draft": "小程序、网页上没有提交的草稿",
    "staff-draft": "工作台里没有发出的草稿",
    "api-session": "过期的小程序登录",
    "staff-session": "过期的后台登录",
    "saved-filter": "很久没有打开的存下的筛选",
    "conversation": "很久没有来往的公众号会话",
    "subscription": "很久没有用到的订阅消息授权",
    "account": "停用的账号、联络员的微信绑定和口令",
}
ANY_KIND = "其他"
