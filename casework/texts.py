"""Every Chinese word of casework: names of actions, refusals, and what the reporter reads."""

ACTIONS = {
    "accept": "受理",
    "end-consult": "结束咨询",
    "decline": "不予受理",
    "transfer": "转办",
    "return": "退回",
    "recuse": "回避",
    "ask-recusal": "请求回避",
    "grant-recusal": "同意回避请求",
    "refuse-recusal": "不同意回避请求",
    "lift": "提级",
    "cross": "交叉办理",
    "assign-down": "交办",
    "assign": "分派",
    "dispose": "提出处置意见",
    "approve": "批准",
    "send-back": "退改",
    "conclude": "办结",
    "feedback": "反馈",
    "rate": "评价",
    "close": "结案",
    "extend": "延期",
    "urge": "督办",
    "look-back": "回头看",
    "link-repeat": "登记重复反映",
    "authorisation": "一案一授权",
    "briefing": "一案一汇报",
    "analysis": "一案一剖析",
    "answer-urge": "答复督办",
    "pause": "暂停计时",
    "resume": "恢复计时",
    "reply": "回复",
    "ask": "询问反映人",
    "answer-question": "回答询问",
    "assist": "请联络员协助",
    "withdraw": "撤回",
    "dismiss-match": "排除疑似",
    "see-identity": "查看反映人身份",
    "take-back": "撤回回复",
    "protect": "给予保护",
    "publish": "公开整改",
    "type-words": "听写语音",
    "send-out": "移送",
    "note-receipt": "登记移送回执",
    "note-result": "登记移送结果",
    "retain": "暂缓销毁",
    "release": "解除暂缓销毁",
}
WHO = {
    "handler": "承办人",
    "leader": "负责人",
    "office": "协作区牵头纪检监察室",
    "county": "区县纪委监委",
    "reporter": "反映人",
    "system": "系统",
}

NOT_NOW = "这件反映现在不能这样办，可能已有同事先办了，请看看它现在的状态。"
NOT_IN_STATUS = "这件反映现在是“{status}”，不能再“{action}”。可能已有同事先办了，请看看下面的办理经过。"
NOT_THEIRS = "“{action}”要由{who}来做。"
ONLY_LEADER_FOR_OTHERS = "替同事提出回避，要由本机构负责人来做；您自己需要回避的，请选“我本人”。"

NO_CONSULT = "这是一件反映，不是人工咨询，请按反映办理。"
CONSULT_UNANSWERED = "还没有回复过群众，请先回复，再结束咨询。说的是应当办理的事，请选“受理”。"
CONSULT_ENDED = "这次人工咨询结束了。还有要问的，回复“人工”；要正式反映，直接把事情再说一遍，说完回复“提交”。"
CHOOSE_SOME = "请先在名单里勾选，再办理。"
WORDS_MISSING = "请写下听到的话。"
VOICE_WRONG = "请选择这件反映里已经保存好的一段语音。"
KIND_WRONG = "请选择这件反映属于哪一类。"
TEXT_MISSING = "请写下要回复群众的话。"
REASON_MISSING = "请写明理由，一句话就可以。"
TOO_LONG = "最多 {limit} 个字，现在有 {length} 个字，请缩短一些。"
MATCH_GONE = "请从名单里选择要排除的人；名单里没有的，可能已有同事先排除了。"
NOT_MEANT = "核对过，与反映的事情无关。"
WHO_WRONG = "请从名单里选择需要回避的人。"
PERSON_MEANT = "{name}（可能涉及）"
LIAISON_OF, LIAISON_AWAY = "{name}（{role}）", "{name}（{role}，外出）"
REQUEST_GONE = "这条回避请求已经答复过了，请看往来。"
ANSWER_REQUEST_FIRST = "群众请求有人回避，还没有答复。先由负责人答复，再排除疑似。"
REFUSAL_MISSING = "请把不同意的理由告诉群众，一两句话就可以。"
REQUEST_GRANTED = "您提出的回避请求，我们研究后同意了：有关人员或者机构不再接触这件反映。"
REQUEST_REFUSED = "您提出的回避请求，我们研究后没有同意：{text}"
GRANTED_ON_REQUEST = "群众请求回避，负责人同意"
WHOLE_BODY = "{body}（整个机构）"
NOBODY_TAKES_OVER = "没有别的机构可以接办，现在不能整体回避。请先请示上级；需要回避的人员可以逐个提出。"
PROTECTION_MISSING = "请写明怎样保护、怎样联系，群众看得到。"
NO_PROTECTION_ASKED = "群众没有请求保护，或者已经给予保护。"
PROTECTED = "您请求的保护已经安排：{text}"
TASK_MISSING = "请写下要联络员看什么、问什么。"
LIAISON_WRONG = "请从名单里选择一位联络员。"
NO_LIAISON_WISHED = "群众要求不要通知联络员，这件反映不能告知联络员。"
LOOK_AGAIN = "发出前请再看一遍：{warnings}确实要这样发，请再点一次发送。"
BETRAYS = "“{word}”会让看到手机的人知道有人反映；"
NAMES = "写到了“{name}”；"
NUMBERS = "写到了电话或者证件号码；"
TELLTALE = ("举报", "检举", "控告", "反映人", "信访人", "投诉")
TELLTALE_TO_LIAISON = ("反映", "群众说", "有人说", "来信", "来访", "编号")
LEFT_ALREADY = "这条回复已经发出，或者已经撤回，不能再撤回。"
TOO_MANY_SAVED = "草稿存得太频繁，请过一分钟再存。"
TEMPLATE_GONE = "没有这个模板，可能已经停用，请另选一个。"
TITLE_MISSING = "请给模板起个名字。"
TEMPLATE_MISSING = "请写下模板的内容。"
BLANK_NUMBER, BLANK_AREA, BLANK_PLACE = "编号", "领域", "地点"
BLANK_BODY, BLANK_PHONE, BLANK_DATE = "机构", "电话", "日期"
BLANKS = (BLANK_NUMBER, BLANK_AREA, BLANK_PLACE, BLANK_BODY, BLANK_PHONE, BLANK_DATE)
BLANK_UNKNOWN = (
    "没有“{{{blank}}}”这个填空，可以用的有：{{编号}}、{{领域}}、{{地点}}、{{机构}}、{{电话}}、{{日期}}。"
)
AREA_WRONG = "请从名单里选择领域。"
DATE = "{year}年{month}月{day}日"
NOBODY_TO_SEE = "这件反映是匿名的，没有身份可以查看，也不能追查。"
STAFF_WRONG = "请从名单里选择本机构的一位承办人。"
ALREADY_THEIRS = "这件反映已经由{name}承办。"
BODY_WRONG = "请从名单里选择一个机构。"
BODY_HAS_IT = "这件反映已经在这个机构。"
BODY_CANNOT = "这件反映不能交给这个机构，请另选一个。"
CANNOT_LIFT = "这件反映现在不能这样提级办理，请向上级机构请示。"
AUTHORISATION_MISSING = "请写明谁在什么时候书面授权的。"
TRIGGER_WRONG = "请从名单里选择片区办理的情形。"
BODY_AND_TRIGGER = "选了片区办理的情形，就由协作区牵头室办理，不用再选机构。"
TRIGGER_NOT_HERE = "这件反映已经在协作区牵头室或者上级机构，不能再交片区办理。"
NOWHERE_ELSE = "没有别的机构可以办理这件反映，请由本机构办理。"
LAST_RESORT = "没有可以退回的机构。不归本机构办理的，请转办。"
GROUND_WRONG = "请选择不予受理的理由。"
GUIDANCE_MISSING = "请告诉群众可以到哪里、怎样反映，一两句话就可以。"
LIVELIHOOD_NEVER_DECLINED = "急难愁盼的事不能不予受理。请先受理，再转给职能部门办理，并跟踪结果。"

DISPOSITION_WRONG = "请从名单里选择处置方式：检举控告和其他反映的处置方式不同。"
PROPOSAL_MISSING = "请写明处置意见和理由。"
STUDY_MISSING = "予以了结要经集体研究。请写明什么时候、哪些人研究的，结论是什么。"
REVIEW_DAY_MISSING = "暂存待查要写明哪一天复核。"
REVIEW_DAY_WRONG = "复核日期要在今天之后、一年之内。"
DISPOSED_ALREADY = "处置意见已经批准，正在办理。办完以后请填写办结。"
NOBODY_APPROVES = "本机构和上级机构现在都没有可以批准的负责人，请先请示上级。"
NOTHING_PROPOSED = "现在没有等待批准的处置意见，可能已有同事先办了。"
OWN_PROPOSAL = "处置意见是您自己提出的，要由别的负责人批准。"
APPROVED_ELSEWHERE = "这件反映的处置意见由上级机构批准。"
CONCLUSION_MISSING = "请写明怎样办理、查明了什么、结果怎样。"
HELD = "这件反映暂存待查，不能直接办结。请重新提出处置意见，批准后再办。"
FEEDBACK_MISSING = "请写下要告诉群众的办理结果。"
NOT_EXTENDED = "这件反映不能延期：只能延期一次，暂停计时和暂存待查的也不能延期。"
NOT_PAUSED = "这件反映已经暂停计时，或者正暂存待查，有复核日期。"
OVERDUE_NOT_PAUSED = "这件反映已经超期，不能再暂停计时。"
NOT_STANDING = "这件反映没有暂停计时，可能已有同事先恢复了。"
UNTIL_MISSING = "请写明暂停到哪一天。"
UNTIL_WRONG = "暂停的日期要在今天之后、{days} 天之内。"
URGE_MISSING = "请写明督办要求。"
URGE_DAY_WRONG = "答复期限要在今天或者以后、90 天之内。"
OWN_NOT_URGED = "这件反映就在本机构，不用督办。"
URGE_ANSWER_MISSING = "请写明办理进展。"
NOT_URGED = "现在没有等待答复的督办，可能已有同事先答复了。"
QUESTION_MISSING = "请写下要问反映人的话。"
OPTIONS_TOO_MANY = "可选的回答最多 {most} 个，一行一个。"
OPTION_TOO_LONG = "每个可选的回答最多 {limit} 个字：“{option}”太长了。"
OPTION = "{number} {words}"
HOW_TO_ANSWER = (
    "回答的办法：在微信对话里回复“回答”；在网页和小程序里，打开这件反映就能回答。不方便说的可以不回答。"
)
WAITING_FOR_ANSWER = "等待反映人回答"
NO_ZONE_CASE = "这件反映不是片区办理或者交叉办理的，不需要这份文书。"
DOCUMENTS_MISSING = "片区办理的案件办结以前，还要填写{documents}。"
AND = "、"
FIELD_MISSING = "请填写这一项。"
DAY_WRONG = "请填写日期，不能晚于今天。"
FIRST_WRONG = "请填写本机构另一件反映的编号。"
LINKED_ALREADY = "这两件反映已经关联，或者是同一件。"
QUARTER_WRONG = "请选择季度。"
QUARTER_NOT_OVER = "只有案管室能反馈，而且要等这个季度结束以后。"
QUARTER_GIVEN = "这个季度已经反馈过了，可能是同事刚刚反馈的。"
PARTNER_WRONG = "请从名单里选择移送给哪一类机关。"
OFFICE_MISSING = "请写明是哪个机关、哪个部门。"
SENT_MISSING = "请写明移送了哪些材料、要对方办什么。"
RECEIPT_MISSING = "请写明回执的文号，或者谁、怎样签收的。"
RESULT_MISSING = "请写明结果：对方怎样办的；移入的，写明怎样答复对方。"
RESULT_DAY_WRONG = "要结果的日期要在今天或者以后、一年之内。"
NO_REFERRAL = "没有这份等待的移送，可能已有同事先登记了。"
LOOK_BACK_MISSING = "请写明回头看的情况：问题有没有反弹，群众怎么说。"
LOOKED_BACK = "这件反映还不到回头看的时候，或者已有同事看过了。"
NOT_TO_RATE = "现在不能评价：结果还没有反馈，或者这次反馈已经评价过了。"
RATED = "评价：{result}。{text}"
THEIRS_THIS_TIME = "群众评价没有解决，这一次由{name}承办。"

ACCEPTED = "由{body}办理，有进展会告诉您，您也可以随时补充情况。"
GROUNDS_TOLD = {
    "litigation": "应当通过诉讼、仲裁或者行政复议等途径解决",
    "other-authority": "属于其他部门的职责范围",
    "no-substance": "没有写明可以核实的具体情况",
}
DECLINED = "您反映的问题{ground}，这里不能受理。{guidance}"

PASSED_ON = "已经转办或者退回过这件反映"
RECTIFICATION_UNTITLED = "请写一个标题，让群众知道说的是哪件事。"
RECTIFICATION_MISSING = "请写明改了什么，改成什么样。"
RECTIFICATION_BETRAYS = "公开的文字人人能看：{warnings}请改掉再公开。"
PUBLISHED_ALREADY = "这里已经公开过同样标题的整改。要改写的，请先在“公开”里把它撤下。"
RECTIFICATION_QUESTIONS = [
    {
        "key": "q1",
        "kind": "single",
        "label": "整改得怎么样？",
        "options": ["整改好了", "整改了一部分", "没有整改"],
        "is_required": True,
    },
    {"key": "q2", "kind": "text", "label": "还想说什么？（可以不写）", "options": [], "is_required": False},
]
RETAINED = "这件反映已经暂缓销毁。"
NOT_RETAINED = "这件反映没有暂缓销毁，可能同事已经解除。"
