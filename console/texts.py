"""Chinese sentences of the console that do not stand in its templates."""

PRODUCT = "码上"

SIGN_IN_WRONG = "用户名或密码不对，请再试一次。"
SIGN_IN_EMPTY = "请填写用户名和密码。"
NOT_CONFIRMED = "您的账号还没有经本机构负责人（或区县）确认，确认后就能登录。"
OTP_WRONG = "动态口令不对，或刚刚用过。请等手机上换出新的六位数字，再填一次；恢复码每个只能用一次。"
PASSWORD_WRONG = "密码不对，恢复码没有变。"  # noqa: S105 - a sentence
OTP_QR = "动态口令二维码"
OTP_LATE = "时间过去太久了，请重新输入用户名和密码。"
TOO_MANY_TRIES = "连续输错次数太多，为保护账号，请过 {minutes} 分钟再试。忘了密码，请联系系统管理员。"
FORM_STALE = "页面打开得太久，或者不是从本系统的页面提交的。请返回，刷新页面后再提交一次。"
FORM_STALE_KEPT = "这一页是以前登录时打开的，没有办成。您写的字已经存成草稿：请重新打开那一页，看过再提交。"
SIGN_IN_AGAIN = "登录已经过期。您写的字已经存成草稿，请重新登录。"
FORM_BROKEN = "提交的内容读不出来，请返回后再试一次。"

DONE = {
    "published": "已经公开。",
    "taken-down": "已经撤下，群众看不到了。",
    "recuse": "回避已经办好，这件反映不再由您查看。",
    "grant-recusal": "回避请求已经同意，这件反映不再由您查看。",
    "transfer": "已经转办，这件反映不再由您查看。",
    "return": "已经退回，这件反映不再由您查看。",
    "lift": "已经提级办理。",
    "cross": "已经交叉办理。",
    "assign-down": "已经交办。",
    "urge": "已经督办。",
    "type-words": "听写已经保存，核对以后，这件反映不再由您查看。",
    "approve": "已经批准。",
    "send-back": "已经退改。",
    "restore": "已经恢复，提醒正在发出。",
}
DRAFTS = {
    "reply": "回复群众", "ask": "询问反映人", "assist": "告知联络员", "dispose": "处置意见", "send-back": "退改",
    "conclude": "办结", "feedback": "反馈结果", "authorisation": "一案一授权", "briefing": "一案一汇报",
    "analysis": "一案一剖析", "extend": "延期", "pause": "暂停计时", "urge": "督办", "answer-urge": "答复督办",
    "look-back": "回头看", "protect": "给予保护", "send-out": "移送", "note-receipt": "移送回执",
    "note-result": "移送结果", "retain": "暂缓销毁", "release": "解除暂缓销毁", "type-words": "听写",
    "transfer": "转办", "return": "退回", "lift": "提级办理", "cross": "交叉办理", "assign-down": "交办",
    "decline": "不予受理", "refuse-recusal": "不同意回避", "publish": "公开整改", "enter": "登记来信来访来电",
    "disclosure": "公开事项", "survey": "新问卷", "privacy-guide": "隐私指引", "template": "答复模板",
}  # fmt: skip
DECLINED_TOGETHER = "{count} 件已经不予受理，并告诉了群众。"
SOME_STAY = (
    "另有 {count} 件没有办：急难愁盼的事不能不予受理，请恢复后受理、再转职能部门；也可能同事已先办了。"
)
READINGS = {
    "report.read": "查看了反映",
    "attachment.read": "打开了附件",
    "identity.read": "查看了反映人身份",
    "report.print": "打印了案卷",
    "report.search": "查找过",
    "ledger.export": "导出了台账",
    "quarter.export": "导出了季度反馈",
}
LOAD = "{name}（在办 {count} 件）"
HAND_ON_WRONG = "请选一位手上有反映的同事，再选另一位承办人。"
HANDED_ON = "已经移交 {count} 件，对方会收到提醒。"
HANDED_ON_LEFT = "另有 {count} 件不能交给这位承办人，请另行分派。"
TYPED_BY = "{name}听写语音"
RECORD_FIELDS = {
    "disposition": "处置方式",
    "result": "评价",
    "text": "内容",
    "options": "可选的回答",
    "study": "集体研究",
    "review_on": "复核日期",
    "reason": "理由",
    "until": "暂停到",
    "due_on": "答复期限",
    "authoriser": "授权人",
    "authorised_on": "授权日期",
    "scope": "授权事项和办理人员",
    "reported_to": "向谁汇报",
    "reported_on": "汇报日期",
    "facts": "主要情况",
    "opinion": "处理意见",
    "causes": "问题原因",
    "lessons": "暴露的问题",
    "measures": "整改和建章立制的建议",
}
RECORD_DAYS = ("review_on", "until", "due_on", "authorised_on", "reported_on")
DAY = "{year}年{month}月{day}日"

OPENED_BY, OPENED_NOW = "{name}（{minutes} 分钟前）", "{name}（刚刚）"
OPENED_BY_OTHERS = "同事也打开了这件：{people}。答复之前最好先商量一下。"

MEANT = "{who}：{reason}"
PERSON_AT = "{name}（{place}）"
LIAISON_AT = "{name}（{place}联络员）"
NO_LONGER_HERE = "已不在册的人员"

TODAY = "今天"
YESTERDAY = "昨天"
DAYS_AGO = "{days} 天前"
OVERDUE = "已超期"
OVERDUE_DAYS = "已超期 {days} 个工作日"
REFERRED = "{way}·{partner}（{day}，{state}）"
REFERRED_OUT = "移送给{partner}"
REFERRED_IN = "{partner}移送来"
REFERRED_OFFICE = "机关"
REFERRED_REFERENCE = "文号"
REFERRED_TEXT = "移送的材料和要求"
REFERRED_UNTIL = "结果时限"
REFERRED_RECEIPT = "回执"
REFERRED_RESULT = "结果"
REFERRED_TOLD = "答复移送机关"
REFERRED_NOTED = "{text}（{who}，{day}登记）"
REFERRED_JOIN = "；"
QUARTER = "{year}年{number}季度"
QUARTER_NUMBERS = ("第一", "第二", "第三", "第四")
QUARTER_SHEET = "季度反馈"
QUARTER_COLUMNS = ("编号", "领域", "类别", "状态", "承办机构", "提交时间", "办结时间")
NO_KIND = "未分类"
ROW_OFFER = "督办、提级、交办、交叉"
ROW_OFFERS = {"office": "督办、提级、交叉"}
LEDGER_SHEET = "线索台账"
LEDGER_COLUMNS = (
    "编号",
    "领域",
    "类别",
    "状态",
    "承办机构",
    "提交时间",
    "办理时限",
    "是否超期",
    "移送",
    "移送时限",
)
LEDGER_ASKED = {
    "status": "状态：",
    "kind": "类别：",
    "area": "领域：",
    "owner": "承办机构：",
    "overdue": "超期：",
    "way": "移送：",
    "partner": "对方：",
    "referral": "移送进度：",
    "since": "起：",
    "until": "止：",
}
LEDGER_FILTERS = "筛选：{words}"
LEDGER_ALL = "全部"
LEDGER_JOIN = "，"
ENTER_WRONG = {
    "channel": "请选择怎么来的。",
    "region": "请选择地点。",
    "area": "请选择领域。",
    "level": "请选择反映的是谁。",
    "partner": "请选择是哪一类机关移送来的。",
    "office": "请写明移送的机关、部门。",
    "sent_on": "请填写移送日期，不能晚于今天。",
    "due_on": "答复时限要在今天或者以后、一年之内。",
}
ENTER_LONG = "内容太长了，请缩短，或者上传扫描件。"
DUE_TODAY = "今天到期"
DUE_NOW = "还剩不到 1 个工作日"
DUE_IN = "还剩 {days} 个工作日"

CAUSES = {
    "filed": "群众提交后",
    "recusal": "有人回避后",
    "matched": "人员核对后",
    "transfer": "转办后",
    "return": "退回后",
    "lift": "提级后",
    "cross": "交叉办理后",
    "assign-down": "交办后",
    "unsolved": "群众第二次评价未解决后",
}
NAMED_BY = ("transfer", "return", "lift", "cross", "assign-down")
RULES = {
    "outside": "上级机关受理（规则第15条）",
    "above_county": "直接报上一级（规则第15条）",
    "county": "县领导：市级机构（分流规则第2条）",
    "discipline": "纪检监察干部：干部监督室（分流规则第1条）",
    "conduct": "码上督：干部监督室（分流规则第1条）",
    "appeal": "申诉：信访室（分流规则第1条）",
    "zone_trigger": "片区办理（分流规则第4条）",
    "department": "县直部门干部：派驻机构（分流规则第2条）",
    "township": "乡镇干部：协作区牵头室（分流规则第2条）",
    "wordless": "只有语音或者图片：信访室（分流规则第2条）",
    "specialist": "领域专办（分流规则第2条）",
    "village": "乡镇纪检监察机构（分流规则第2条）",
    "triage": "人工分流（分流规则第6条）",
    "kept": "回避后仍由原机构办理（分流规则第3条）",
    "transfer": "转办（分流规则第2条）",
    "return": "退回（分流规则第2条）",
    "lift": "提级（分流规则第5条）",
    "cross": "交叉办理（分流规则第5条）",
    "assigned": "交办（分流规则第4条）",
}
WHAT_IF_CHOOSE = "请选择一项。"
WHAT_IF_WRONG = {
    "entry": "没有这个码，或者不在本区县。请核对，也可以空着，直接选择地点和领域。",
    "region": "请选择地点，或者填写码。",
    "area": "请选择领域，或者填写码。",
    "level": "请选择反映的是谁。",
}
WHAT_IF_OUTSIDE = "本平台不受理，请向省级 12388 反映"
GIVEN = {"reason": "理由：{words}", "authorisation": "书面授权：{words}"}
HINT_SUBJECT = "近 {days} 天，您能看到的反映同一个人的有 {count} 件，可以考虑是否属于“群众反映强烈”。"
HINT_PLACE = "近 {days} 天，您能看到的同一地点、同一领域的反映有 {count} 件，可以考虑是否属于“群众反映强烈”。"
HINT_LONG_AGO = "反映的事从 {year} 年就有了，可以考虑是否属于“问题多发或者时间跨度长”。"
ASKED_TO_AVOID = {"township": "不要交给本乡镇", "liaison": "不要通知联络员"}
WEB_DELIVERY = "对方凭回执码查看"
WINDOW_CLOSED = "对方超过 48 小时没有发言"
TAKEN_BACK = "发出前已撤回，对方看不到"
LEAVES_AT = "{time} 发出，发出前可以撤回"
READ = "对方已经看到"
TEMPLATE_DELIVERY = "已提醒对方有答复，正文凭回执码查看"

REFUSED = {
    400: ("没有看懂这次提交", FORM_BROKEN),
    403: ("这次提交没有生效", FORM_STALE),
    404: ("没有这个页面", "它可能不存在，或者不归您查看。"),
    405: ("不能这样打开", "请从页面上的按钮进入。"),
    413: ("内容太长", "请缩短后再提交。"),
    429: ("请稍等一会儿", "请稍后再试。"),
}
REFUSED_OTHERWISE = ("暂时办不了", "请稍后再试，或联系系统管理员。")

NOTICES = {"report_reply": "回复", "report_progress": "进度"}

RETENTION_DONE = {
    "propose": "已经提出，请另一位负责人确认。",
    "confirm": "已经确认，系统会在几分钟内销毁。",
    "withdraw": "已经撤回，什么也没有销毁。",
}
YEAR = "{year}年"
EARLIER_YEARS = "更早"
FLOOD_SCOPES = {
    "source": "同一来源",
    "code": "同一个码",
    "place": "同一个地方",
    "body": "同一承办机构",
    "all": "全部",
}
QUOTA_NAMES = {"text": "公众号消息", "template": "公众号模板消息", "subscription": "小程序订阅消息"}
