"""What a villager reads in answers of the API."""

from typing import Final

STATUS_TEXTS: Final = {
    "received": "已经收到，正由有管辖权的机构查看。",
    "accepted": "已经受理，正在研究怎样办理。",
    "declined": "不属于受理范围，理由和去处请看下面的回复。",
    "handling": "正在办理。",
    "concluded": "已经办结，结果会反馈给您。",
    "fed_back": "结果已经反馈，请看下面的回复。",
    "closed": "这件反映已经结案。",
}
MOVED: Final = "已转至有管辖权的机构，正由其查看。"
WITHDRAWN: Final = "（您已申请撤回）"

TOO_MANY_REPORTS: Final = "今天提交的反映已经很多了，请明天再来；急事请拨打海报上的电话。"
TOO_MANY_FILES: Final = "这里一小时内传上来的照片、语音已经很多了，请过一小时再传；可以先只发文字提交。"
TOO_MANY_MESSAGES: Final = "今天发送的内容已经很多了，请明天再来；急事请拨打海报上的电话。"
TOO_FAST: Final = "发得太快了，请过一分钟再发。"
RECEIPT_PAUSE: Final = "输错的次数太多了，请过一刻钟再试。"

NAME_NEEDED: Final = "实名反映请填写姓名。"
PHONE_NEEDED: Final = "实名反映请填写电话。"
PHONE_WRONG: Final = "电话号码只能有数字、空格、+ 和 -，5 到 20 位。"
DATE_IN_FUTURE: Final = "事情发生的日期不能晚于今天。"
DISCLOSURE_UNKNOWN: Final = "没有找到所选的公开事项。"
KEY_TOO_LONG: Final = "Idempotency-Key 最长 255 个字符。"
FILE_MISSING: Final = "请选择要上传的文件（字段名 file）。"

HELD_REPORTS: Final = "您名下的反映 {count} 件，其中实名 {named} 件。"
HELD_ANONYMOUS: Final = "匿名反映没有保存您的姓名和电话。"
HELD_WECHAT: Final = "您在小程序里的微信标识（加密保存），用来找到您的反映。"
HELD_WEB: Final = "这部手机网页的临时登录，最长 7 天，没有您的微信信息。"
HELD_PIECES: Final = "已经上传、还没有提交的附件 {count} 个。"

ENDED: Final = "已经退出。"
HELD_DRAFT: Final = "一份还没有提交的草稿，加密保存，最多三天。"
ANSWERED: Final = "谢谢您，已经收到。"
CUT_WECHAT: Final = "已经断开微信与 {count} 件反映的联系，以后只能凭回执码查询。"
CUT_WEB: Final = "已经断开这部手机与 {count} 件反映的联系，以后只能凭回执码查询。"
CUT_NOTHING: Final = "您名下没有反映；还没有提交的内容已经删除。"
STAYS_REPORTS: Final = "反映的内容、照片和往来消息按规定随案保存，不能删除。"
STAYS_NAMES: Final = "{count} 件实名反映里您填写的姓名和电话随案保存。"
STAYS_RECEIPTS: Final = "回执码仍然有效。"

# pydantic's error types; what is not here reads as "wrong"
FIELD_MESSAGES: Final = {
    "missing": "这一项必须填写。",
    "string_type": "这一项应当是文字。",
    "string_too_short": "这一项不能为空。",
    "string_too_long": "这一项太长了，最多 {max_length} 个字。",
    "string_pattern_mismatch": "这一项的格式不对。",
    "enum": "这一项只能从给出的选项里选。",
    "literal_error": "这一项只能从给出的选项里选。",
    "too_long": "这一项最多 {max_length} 个。",
    "date_from_datetime_parsing": "日期应当写成 2026-01-31 这样。",
    "date_parsing": "日期应当写成 2026-01-31 这样。",
    "date_type": "日期应当写成 2026-01-31 这样。",
    "greater_than_equal": "这个数太小了。",
    "less_than_equal": "这个数太大了。",
    "int_parsing": "这一项应当是整数。",
    "int_type": "这一项应当是整数。",
    "float_type": "这一项应当是数字。",
    "float_parsing": "这一项应当是数字。",
    "finite_number": "这一项应当是数字。",
    "list_type": "这一项应当是列表。",
    "model_type": "这一项的格式不对。",
    "model_attributes_type": "这一项的格式不对。",
}
FIELD_WRONG: Final = "这一项填得不对。"

# by the handler's name
SUMMARIES: Final = {
    "make_session": "登录：有 js_code 为微信登录，没有则为匿名会话",
    "open_receipt": "凭回执码打开一件反映",
    "show_me": "本系统保存了哪些与我有关的内容",
    "forget_me": "断开我与我的反映之间的联系",
    "show_entry": "一个码：在哪里、关于什么",
    "list_areas": "政策领域",
    "list_disclosures": "一个地方的公开事项（含上级），受益人姓名隐去一部分",
    "upload": "上传一张照片或一段语音（字段 file，最大 10 MB）",
    "show": "查看自己反映中的一个附件",
    "play": "听自己反映中的一段语音：聊天里的语音转成手机能放的格式，一段最长 60 秒",
    "file_report": "提交一件反映",
    "list_reports": "我的反映",
    "show_report": "一件反映的进展",
    "add": "补充说明",
    "answer_what_was_asked": "回答工作人员的询问",
    "list_children": "一个地方下一级的地方，用来选地点",
    "save_draft": "把没写完的草稿存起来（每人一份，加密，三天）",
    "show_draft": "取回没写完的草稿",
    "drop_draft": "删掉草稿",
    "show_survey": "一份问卷（凭问卷的码或海报上“码上填”的码）",
    "show_privacy": "隐私指引：收集什么、为了什么、存多久、怎样撤回；region 给出区县补充的部分",
    "list_rectifications": "一个地方（含上级）公开的整改，用同一个码的问卷评价",
    "answer_survey": "填一份问卷",
    "note_consent": "记下一次订阅消息的授权结果（同意加一条，拒绝清零）",
    "renew": "换一个新的登录（旧的两分钟后失效）",
    "end": "退出登录；匿名会话没有提交的附件一并销毁",
    "show_telephone": "用 getPhoneNumber 给的 code 取本人的电话，只显示，不保存",
    "ask_for_protection": "请求保护（担心打击报复时）",
    "ask_for_recusal": "请求有关人员或者机构回避，由有权查看的负责人决定",
    "rate_report": "评价办理结果：完全解决、部分解决、未解决，每次反馈评价一次",
    "bind_liaison": "联络员用电话和绑定码绑定小程序",
    "open_link": "联络员凭公众号里的链接打开网页",
    "show_liaison": "联络员本人和所在的村",
    "list_tasks": "联络员：要我看看的事",
    "answer": "联络员：答复一件，可以带照片和位置",
    "file_own_finding": "联络员：自己发现的问题，直接交给乡镇",
    "take_back": "申请撤回（线索仍会依规处理）",
}
API_TITLE: Final = "码上 小程序接口"
DONE: Final = "成功"
RETRY_AFTER: Final = "多少秒以后再试"
ATTACHMENT: Final = "附件内容"

# what is said in the examples of the document
EXAMPLE_TEXT: Final = "村口的路灯坏了半年，报过两次没有人修。"
EXAMPLE_MORE: Final = "昨天又去看了，还是没有修。"
EXAMPLE_RECUSAL: Final = "请不要让本乡镇的干部经手，他们和村主任很熟。"
EXAMPLE_PROTECTION: Final = "村主任的亲戚来家里问是不是我反映的，我担心被报复。"
EXAMPLE_RATING: Final = "只修了一半，村东头还是黑的。"
EXAMPLE_OPTION: Final = "满意"
EXAMPLE_ANSWER: Final = "去看过了，三盏灯不亮，照片附上。"
EXAMPLE_POST: Final = "村主任"
EXAMPLE_PLACE: Final = "村委会门口"
BINDING_PAUSE: Final = "试的次数太多了，请过一会儿再绑定。"

# title and lines; `web` `mini` `unfiled` are days
PRIVACY: Final = (
    (
        "收集什么，为了什么",
        (
            "您写的文字、选的地点和日期、添加的照片和语音：用来办理您的反映。照片里的拍摄地点和手机信息，一上传就去掉。",
            "姓名和电话：只有选“实名提交”才要，只有承办人写明理由才能看，每看一次都留痕。",
            "手机号快捷填写：微信给的号码只显示给您自己，您提交实名反映时才保存。",
            "手机定位、相册、麦克风：只在您点“用手机定位”“添加照片”“说一段语音”的时候用。不同意也能用文字反映。",
            "微信标识：用微信小程序或公众号反映时才有，加密保存，用来让您找到自己的反映、给您发提醒。",
            "不收集：网络地址、通讯录、头像和昵称。匿名反映不查是谁写的。",
        ),
    ),
    (
        "存多久",
        (
            "已经提交的反映按规定随案保存，自己不能删除。",
            "从结案或者最后一次往来算起：{reports}。期满由两个人核对后销毁：谁也打不开，凭回执码也查不到。",
            "没有提交的照片、语音和草稿，服务器上最多存 {unfiled} 天；公众号里没有提交的，三十天不动就删掉。",
            "手机网页的登录最长 {web} 天，小程序的登录最长 {mini} 天，到期作废。",
            "手机里只留登录和没写完的草稿（一天），在“我的”里点一下就全部清除。",
        ),
    ),
    (
        "谁能看到",
        (
            "只有有管辖权的纪检监察机构里承办这件事的人。应当回避的人看不到。每次查看都留痕。",
            "村里的联络员看不到您写了什么、您是谁。",
            "内容加密保存，不送给任何平台检测。属于别的部门办的事，会告诉您转给了谁。",
        ),
    ),
    (
        "您可以怎样做",
        (
            "看：在“我的”里看留着什么。",
            "撤：小程序里可以断开微信与反映的联系，或者在微信里撤回授权、取消关注；断开以后只能凭回执码查。实名反映里的姓名和电话随案保存。",
            "不留：选“匿名提交”，不写姓名和电话，回执码是唯一的凭据。",
        ),
    ),
)
