"""Chinese words of the pages about codes."""

DONE = {
    "issued": "已发码 {count} 个。",
    "none": "没有缺的码，没有新发。",
    "replaced": "已换码，新码是 {code}。旧码还能用 60 天，请尽快换上新海报。",
    "retired": "已停用，扫旧码的人会看到“已经停用”。",
}
STATES = {"active": "在用", "ending": "已换新码，旧码还有效", "retired": "已停用"}
HERE = "here"
EACH = {HERE: "只给这里", "village": "下面每个村（社区）", "group": "下面每个村民组"}
