"""Chinese words of the pages about one's own account."""

SYSTEMS = {
    "windows": "Windows 电脑",
    "mac": "苹果电脑",
    "linux": "Linux 电脑",
    "android": "安卓或鸿蒙手机",
    "iphone": "苹果手机",
    "other": "没有说明的设备",
}
BROWSERS = {
    "wechat": "微信",
    "edge": "Edge 浏览器",
    "qq": "QQ 浏览器",
    "360": "360 浏览器",
    "firefox": "Firefox 浏览器",
    "chrome": "Chrome 浏览器",
    "safari": "Safari 浏览器",
    "other": "没有说明的浏览器",
}
AGENT = "{system}，{browser}"
DONE = {"one": "那一处登录已经退出。", "others": "其他登录都已退出。"}
CODE_USED = (
    "恢复码用过了，时间列在下面。不是您本人用的，请马上退出其他登录，重新生成恢复码，并请同事重设密码。"
)

POST = "{body}{role}"
ROOM = "{body}{room}"
SEES = {
    "reader": "本机构承办的反映：内容、照片和录音、往来、办理经过。每看一件都留痕。",
    "ledger-reader@office": "协作区内各乡镇超期的反映：编号、领域、类别、状态、承办机构和时限，没有内容，也没有人名。",
    "ledger-reader@county": "全区县的台账：编号、领域、类别、状态、承办机构和时限，没有内容，也没有人名。",
    "quarter-reader": "区县的季度反馈表：编号、领域、类别和状态。",
    "approving": "别的机构没有负责人能批准的反映，交给您批准的那段时间可以看。",
    "recusals": "回避登记：谁对什么人、什么地方回避，限于自己管的机构。",
    "readings": "本机构的人看过、查过、导出、打印过什么。",
    "county-readings": "全区县的人看过、查过、导出、打印过什么。",
    "county": "扫码次数、问卷结果。",
    "watcher": "留痕有没有被改动过，系统设了哪些限量；没有反映的内容和件数。",
    "keeper": "组织最近的改动：谁改了什么。",
}
"""What comes with a permission, by its key; `@` where it differs by the level of the body."""
UNSEEN = {
    "reader": "任何一件反映：有几件、是什么、谁反映的、说的是谁。",
    "ledger-reader": "别的机构的台账。",
    "recusals": "谁登记了回避、为什么回避。",
    "readings": "同事看过什么、查过什么。",
}
"""What somebody without the permission never sees."""
NEVER_A_READER = (
    "自己要回避的反映，和可能说的是自己的反映：名单、件数、查找里都没有，就和不存在一样。",
    "别的机构承办的反映的内容。转走以后，原来经手的也看不到了。",
    "匿名反映人是谁：系统里没有，也不许追查笔迹、号码、网络地址。",
)
NEVER_ANYBODY = ("不留痕地看、查、导出：每一次都记着，谁也改不了、删不掉。",)
DOES = {
    "entering": "登记来信、来访、来电和别的机关移送来的，打印回执；公开本地的政策、项目、资金。",
    "reader": "写答复模板，存草稿，打印案卷；没有送达的消息再发一次；找回放在一边的反映；提出销毁保管期满的反映。",
    "ledger-reader": "筛选台账，导出表格。",
    "quarter-reader": "导出季度反馈。",
    "give-quarters": "每季度把办结的情况反馈给信访室。",
    "county": "发问卷，改隐私指引，试算一件事会分给谁。",
    "leader": "把同事手上的反映移交给另一位；核对一件反映当时为什么这样分流；确认另一个人提出的销毁。",
    "codes": "发码、换码，印海报。",
    "retire-codes": "停用码。",
    "check": "检查组织里的缺口和矛盾。",
    "keeper": "撤销改错的改动。",
    "confirm": "确认能读反映的账号（不能确认自己的，也不能确认自己改的）；发绑定码。",
}
KEEPS = "新增、修改{scope}的{kinds}。"
SCOPE_ALL, SCOPE_COUNTY, SCOPE_TOWNSHIP, SCOPE_BODY = "全部", "本区县", "本乡镇", "本机构"
KINDS_JOIN = "、"
DEED = "{name}：{words}"
DEEDS = {
    "accept": "属于我们管，定下类别，告诉群众。",
    "end-consult": "人工咨询答复完了，结束它。",
    "decline": "不属于我们管，告诉群众为什么、该找谁。急难愁盼的事不能不予受理。",
    "transfer": "交给有管辖权的机构，自己从此看不到。",
    "return": "退给转来的机构，写明理由，最多两次。",
    "recuse": "自己要回避，马上就看不到了；负责人也可以替同事提出。",
    "grant-recusal": "群众请求有人回避，同意。",
    "refuse-recusal": "群众请求有人回避，不同意，并告诉群众为什么。",
    "lift": "把下面机构的反映提上来自己办。",
    "cross": "书面授权，交给协作区里另一个乡镇办。",
    "assign-down": "书面授权，交给下面的机构办。",
    "assign": "分给本机构的一位承办人。",
    "dispose": "提出怎么处置，等负责人批准。",
    "approve": "批准同事提出的处置意见，不能批准自己提的。",
    "send-back": "处置意见不行，退回去改。",
    "authorisation": "片区办理的文书：谁授权、授权谁办。",
    "briefing": "片区办理的文书：向谁汇报了什么。",
    "analysis": "片区办理的文书：原因、问题和建议。",
    "conclude": "办完了，写下结果。",
    "feedback": "把结果告诉群众，请群众评价。",
    "look-back": "结案以后再去看一次，写下情况。",
    "extend": "期限不够，延长一次。",
    "pause": "有理由时让期限停一停。",
    "resume": "让停着的期限接着走。",
    "urge": "催下面的机构，定一个答复期限。",
    "answer-urge": "答复上面的督办。",
    "reply": "给群众回话。",
    "ask": "问群众一个问题，可以给出选项。",
    "assist": "请联络员帮忙，或者告知联络员，话由自己写，不带反映的内容。",
    "link-repeat": "认出是重复反映，登记在一起办。",
    "dismiss-match": "系统怀疑说的是某位同事，核对后排除。",
    "protect": "群众请求保护，给予保护。",
    "publish": "把整改的结果公开给村里，不点任何人的名。",
    "take-back": "刚写的回复还没发出，撤回来。",
    "send-out": "移送给组织、公安、审计等机关，或者转给职能部门。",
    "note-receipt": "登记对方的移送回执。",
    "note-result": "登记对方办理的结果。",
    "type-words": "听群众的录音，把话打成字。",
    "retain": "保管期满了还要用，暂时不销毁。",
    "release": "不用再留了，解除暂缓销毁。",
    "see-identity": "写明理由，看实名反映人的姓名和电话；每看一次都留痕。",
}
"""What each action is, for whoever has never done it."""
