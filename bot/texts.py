"""Every sentence of the chat. Short, plain, one thing at a time; choices as lines `N 文字`."""

SUBMIT, CANCEL, QUERY, HELP, MENU, PERSON = "提交", "取消", "查询", "帮助", "菜单", "人工"
START = "反映问题"
ANONYMOUS, NAMED = "匿名提交", "实名提交"
BIND = "绑定"
MINE, POLICY, DELETE, DONE, MORE_WORD = "我的", "政策", "删除", "完成", "继续"
RATE, ADD, WITHDRAW, ASK_RECUSAL, ASK_PROTECTION = "评价", "补充", "撤回", "申请回避", "申请保护"
RELINK, ANSWER = "在这里收答复", "回答"
ACTS = (ANSWER, RATE, ADD, WITHDRAW, ASK_RECUSAL, ASK_PROTECTION)
LEAVE_IT, CUT_LINK = "算了", "断开联系"
ROUND, TASKS, FINDING, GONE, BACK, UNBIND_WORD = "巡查", "任务", "发现", "外出", "回来了", "解绑"
YES_UNBIND = "确定解绑"
FOR_BOUND = "“{word}”只给已绑定的联络员和工作人员用。要反映问题，请直接说。"
NO_TASKS = "现在没有要您看的事。"
TASKS_PAGE = "\n\n看以前的、报发现、看村里公开，可以点开网页（半小时内有效）：\n{link}"
WHICH_TASK = "有这些事请您看看，请回复数字：\n{choices}"
TASK_LINE = "{month}月{day}日 {place}"
TASK = "{place}：\n{text}\n\n请直接答复，文字、照片、位置都行，可以分几次。发完回复“完成”，先不答回复“取消”。"
GATHERED = "记下了，一共{count}条。发完回复“完成”。"
ANSWER_EMPTY = "还没有说怎么样。请发几句话或一张照片，再回复“完成”。"
ANSWER_TOO_LONG = "这条没有记下：一次答复最多12条，每条最多600字。请先回复“完成”。"
TASK_ANSWERED = "答复已经交给承办人，谢谢您。"
STAFF_DUE = (
    "等您办的：{overdue} 件已超期，{today} 件今天到期。请在电脑上打开 {address} 办理，这里不显示内容。"
)
AWAY_DEPUTY = "记下了。您外出期间，提醒发给{name}。回来请回复“回来了”。"
AWAY_NOBODY = "记下了。村里没有别的联络员绑定微信，提醒还是发给您。回来请回复“回来了”。"
AWAY_NOTED = "记下了，承办人会看到您外出。回来请回复“回来了”。"
WELCOME_BACK = "好的，提醒照常发给您。"
STAFF_AWAY = "提醒同时发给本机构的同事，您不用交代。要把手上的事交给同事，请负责人在工作台上分派。"
UNBIND = "解绑以后，提醒和任务不再发到这里。要解绑吗？\n{choices}"
UNBOUND = "已经解绑。要再绑定，请向管理员要新的绑定码。"
NOT_BOUND = "这个微信没有绑定工作人员或联络员。"
FINISH_FIRST = "您还有{count}条没有提交。请先回复“提交”或“取消”，再说发现的事。"
FINDING_BEGUN = "您发现的事以您的名义直接报给上面，不经过村里其他人。\n"
FINDING_LOST = "这个微信已经不是联络员的了。您说的都在，请选怎么提交：\n{choices}"
ROUND_BEGUN = "请点开下面的网页，走到海报跟前拍照，拍一张认一张，半天内有效：\n{link}"

WELCOME = "您好，这里是“码上”。有事直接说，说清是哪个村；扫村里的码更快。可以匿名。\n回复“帮助”看怎么用。"
HERE = (
    "您在：{place}\n领域：{area}\n{about}可以匿名。\n\n"
    "请直接说要反映的事，文字、照片、语音、位置都行，可以分几次发。"
)
ABOUT_PURPOSE = {
    "report": "这里可以反映问题。",
    "suggest": "这里可以提意见建议。",
    "survey": "这里可以说说您的看法。",
    "rate": "这里可以评价整改结果。",
    "conduct": "这里可以反映纪检监察干部的作风问题，不会转给被反映的人。",
}
KEPT_SO_FAR = "\n您刚才说的{count}条都还在。"
CODE_UNKNOWN = "没有找到这个码，请对照海报再发一次12位字符。"
CODE_RETIRED = "这个码已经停用，请扫村里新贴的码，或拨打海报上的电话。"

NOTED = "记下了，一共{count}条{kinds}。还可以接着说。\n说完了请回复：\n{choices}"
NOTED_FIRST = "记下了，一共{count}条{kinds}。\n"
AMONG_THEM, PHOTOS, VOICES = "，其中{each}", "照片{count}张", "语音{count}段"
WHICH_VILLAGE = "这是哪个村的事？请发村名，例如“东河镇柳树村”；说不准就发乡镇名，或扫村里的码。"
WHICH_OF_VILLAGES = "是哪个村？请回复数字：\n{choices}"
MANY_VILLAGES = "叫这个名字的村有好几个。请连乡镇一起发，例如“东河镇柳树村”。"
NO_VILLAGE_OF_THESE = "都不是"
WHICH_AREA = "您说的是{place}。是哪方面的事？请回复数字：\n{choices}"
NOT_THIS_VILLAGE = "不是这个村"
NO_CODE_THERE = "{place}还不能在这里反映这方面的事，您说的都还在。请选别的方面，或拨打 12388。"
NOTHING_YET = "还没有说要反映什么。请先发几句话、一张照片或一段语音。"
WHERE_FIRST = "您说的都在。还差一步：请发村名，例如“东河镇柳树村”，或扫村里的码，我才知道交给谁办。"
WHO = "这件事主要是关于谁的？请回复数字：\n{choices}"
WHO_AGAIN = "这句也记下了。\n"
NO_SUCH_CHOICE = "没有这个数字，请回复1到{count}。\n"
HOW = "怎么提交？匿名也会办理、也能收到答复。\n{choices}"
VOICE_WARNING = "提醒：语音可能被熟人听出来。担心的话，先回复“看看”，把语音删掉，改用文字说。\n"
NAME = "请发您的姓名。不想留了，回复“匿名”。"
NAME_AGAIN = "这不像姓名，请只发姓名，2到20个字。不想留了，回复“匿名”。"
PHONE = "请发您的电话号码。不想留了，回复“匿名”。"
PHONE_AGAIN = "这个电话号码好像不对，请再发一次，例如 13900000000。不想留了，回复“匿名”。"
FILED = (
    "已经收到您的反映，会转给有权办理的机构。\n编号：{number}\n回执码：{receipt}\n"
    "请记下回执码，别给别人看。以后回复“查询”，再发回执码，就能看进度和答复。\n"
    "怕手机被人翻看，回复“删除”，我告诉您怎么清掉这些聊天。"
)
NAMELESS_AS_SAID = "按您说的，匿名提交了。\n"
CANCELLED = "已取消，刚才说的{count}条没有提交，已经删除。想重新说，直接发就行。"
DROP_LAST, BEGIN_ANEW, SHOW_DRAFT, WRONG = "删上一条", "重来", "看看", "说错了"
NUMERALS = "一二三四五六七八九十"
DROP_WORDS, CHANGE_WORDS = ("删", "删掉", "删除", "去掉"), ("改", "修改", "改掉", "更正")
DROPPED_LAST, DROPPED_ONE, STILL_THERE = "删了上一条，", "删了第{number}条，", "还有{count}条。"
NO_SUCH_PIECE = "没有第{number}条，现在一共{count}条。回复“看看”可以看都有什么。"
MEDIA_IN_WORDS = {"image": "（照片）", "voice": "（语音）", "video": "（视频）"}
PIECE_LINE = "第{number}条 {words}"
DRAFT_SHOWN = "一共{count}条：\n{lines}\n说错了，回复“删第1条”或“改第1条”；都不要了，回复“重来”。"
CHANGE_TO = "第{number}条改成什么？请发新的话。不改了请回复“取消”。"
ONLY_WORDS_CHANGE = "第{number}条不是文字，改不了。可以回复“删第{number}条”，再重新发。"
CHANGED = "第{number}条改好了。"
DROPPED_ALL = "删了，现在没有正在填写的内容。"
DRAFT_RESTS = (
    "您昨天说的{count}条还没有提交。要提交请回复“提交”，不要了请回复“取消”。\n"
    "一直不提交的话，{month}月{day}日会自动删掉。"
)
DRAFT_DROPPED = "您之前没提交的{count}条，放了30天，已经按说好的删掉了。\n"
NOTHING_TO_CANCEL = "现在没有正在填写的内容。"
GO_ON = "请接着说，说完回复“提交”。"
GIVE_UP = "刚才说的{count}条要删掉吗？没说完就接着说。\n{choices}"
WRONG_HOW = "要删掉刚才那条吗？没错就接着说。\n{choices}"
NOT_AT_ALL = "不客气。有事直接说；看进度，回复“我的”。"
TOO_LONG_A_DRAFT = "一次最多说{limit}条，这条没有记下。请先回复“提交”，再说别的。"

ASK_RECEIPT = "请发16位回执码："
RECEIPT_WRONG = (
    "没有找到这个回执码，请核对16位数字后再发。"
    "办结多年的反映，保管期满就销毁了，也查不到；还想反映，请重新扫码。"
)
RECEIPT_SHAPE = "回执码是16位数字，请核对后再发。不查了请回复“取消”。"
RECEIPT_WORD = "回执码"
RECEIPT_LOST = "回执码只给一次，在收到反映的那条消息里。用这个微信提交的，回复“我的”也能看进度。"
NUMBER_IS_NO_RECEIPT = "这好像是编号。查询要用16位回执码；用这个微信提交的，回复“我的”就能看。"
RECEIPT_WAIT = "试的次数太多了，请过{minutes}分钟再查。"
QUERY_CANCELLED = "好的，不查了。"
PROGRESS = "编号：{number}\n进度：{status}"
LATEST = "\n答复（{at}）：\n{text}"
NO_REPLY_YET = "\n还没有文字答复，有了会在这里告诉您。"
STATUS_IN_WORDS = {
    "received": "已接收，等待受理",
    "accepted": "已受理",
    "declined": "不予受理",
    "handling": "正在办理",
    "concluded": "已办结，等待反馈",
    "fed_back": "已反馈",
    "closed": "已结案",
}
MOVED_IN_WORDS = "已转至有管辖权的机构，等待受理"

WITHDRAWN_TOO = "（您已申请撤回）"
REPORT_LINE = "{number} {month}月{day}日 {area} {status}"
WHICH_REPORT = "是哪一件？请回复数字：\n{choices}"
NONE_OF_YOURS = "这个微信没有提交过反映。有回执码的话，请直接发16位回执码。"
NONE_FITS = "您的反映现在都不能这样办。回复“我的”看进度。"
YES_OF = {WITHDRAW: "确定撤回", RELINK: "是，在这里收", UNBIND_WORD: YES_UNBIND}
ACT_QUESTIONS = {
    RATE: "编号{number}办得怎么样？请回复数字：\n{choices}",
    ADD: "请发要补充到编号{number}的话或照片，可以分几次。发完请回复“完成”。",
    WITHDRAW: "要撤回编号{number}吗？问题线索撤回后可能还会继续核查。\n{choices}",
    ASK_RECUSAL: "编号{number}：请用一句话写明，希望谁不要经手、为什么。不提了请回复“取消”。",
    ASK_PROTECTION: "编号{number}：请用一句话写明，您担心什么、有没有人为难您。不提了请回复“取消”。",
    RELINK: "以后编号{number}的答复都发到这个微信，好吗？\n{choices}",
}
QUESTION = "编号{number}，工作人员想问：\n{text}\n{choices}"
QUESTION_IN_WORDS = "可以回复数字，也可以直接说。"
QUESTION_FREELY = "请直接说，照片、语音也行。"
QUESTION_LEFT = "不想回答就回复“取消”，不影响办理。"
ANSWERED = "已经转给承办人，谢谢。还想说别的，可以回复“补充”。"
NOT_ASKED = "现在没有要您回答的问题。回复“我的”看进度。"
LEFT_AS_IT_IS = "好的，没有改动。"
IN_WORDS = "请用文字写，不写了请回复“取消”。"
ADDED = "已补充到编号{number}。还有就接着发，发完请回复“完成”。"
CLOSED_MEANWHILE = "编号{number}已经结案，这句没有转出去。有新的情况，请直接说，会另外登记。"
ADDED_ALL = "好的，都已转给承办人，回复会发到这里。还要说，回复“补充”。"
PLACE_SAID = "位置：{label}（{latitude}，{longitude}）"
WITHDRAWN = "编号{number}已经登记撤回。"
RECUSAL_ASKED = "编号{number}的回避申请已经收到，会由不涉及的人来决定，结果在这里告诉您。"
PROTECTION_ASKED = "编号{number}的保护申请已经转给承办机构。有人威胁您，请马上拨打 110。"
RATED = "谢谢您的评价，已经记下。"
RATED_UNSOLVED = "知道了，这件事会换人重新办理。哪里没解决，可以回复“补充”告诉我们。"
RELINKED = "好的，编号{number}以后的答复会发到这里。"
MORE = "（还没完，回复“继续”看下面）"
NO_MORE = "没有下文了。"
DELETING = (
    "手机会被别人拿去翻看，聊天里有您说的话、编号和回执码，所以最好清掉。清之前先把回执码抄在别处。\n"
    "怎么清：在微信的聊天列表里长按这个公众号，点“删除该聊天”；只清一条，就长按那条消息删除。\n"
    "我这里可以断开您的微信和已提交反映的联系，还没提交的会删掉；"
    "之后只能凭回执码查。反映的内容、实名时留的姓名电话，按规定随案保存。\n{choices}"
)
LINK_CUT = "已经断开和{count}件反映的联系，没提交的也删了。以后请用回执码查。"

POLICIES_WHERE = "想看哪个村的？请发村名，例如“东河镇柳树村”，也可以先扫村里的码。"
POLICIES_WHICH = "叫这个名字的村不止一个。请连乡镇一起发，例如：政策 东河镇柳树村"
POLICIES = "{place}能看到的政策、项目、资金，请回复数字：\n{choices}\n想找别的，请这样发：政策 低保"
NO_POLICIES = "{place}没有找到这样的公开内容。换个说法试试，例如：政策 低保"
KINDS_OF_POLICY = {"policy": "政策", "project": "项目", "fund": "资金"}
POLICY_LINE = "{title}（{kind}）"
POLICY_GONE = "这一条已经不公开了。"
POLICY_DATE = "{place} {date}"
POLICY_AMOUNT = "金额：{amount}元"
POLICY_PEOPLE = "享受的人（共{count}人）：{people}"
POLICY_WRONG = "和实际不一样？直接说就可以反映。"

HELP_TEXT = (
    "怎么用：有事直接说，哪个村、什么事，发文字、照片、语音都行。扫村里的码更快。说完回复“提交”，可以匿名。\n"
    "也可以回复：\n查询：凭回执码看进度\n我的：看自己提交过的，补充、评价、撤回、申请回避、申请保护\n政策：看村里的政策、项目、资金\n"
    "取消：不提交了；看看：已经说了什么，能删能改\n删除：这手机上会留下什么，怎么清掉\n人工：找工作人员说话"
)
MENU_TEXT = "您想做什么？请回复数字：\n{choices}"
PERSON_TEXT = (
    "{owner} {telephone}，{hours}有人。{now}也可以拨打 12388。\n要在这里和工作人员说，请回复数字：\n{choices}"
)
PERSON_NO_TELEPHONE = (
    "可以拨打 12388。{hours}有人在这里回话。{now}\n要在这里和工作人员说，请回复数字：\n{choices}"
)
PERSON_ANYWHERE = (
    "您在哪个村？请发村名，例如“东河镇柳树村”，或扫村里的码，我帮您找当地的工作人员。也可以拨打 12388。"
)
USUAL_HOURS = "工作日上班时间"
CLOSED_NOW = "现在休息，您先说，上班就看。"
CONSULT_HERE, CONSULT_ELSEWHERE = "和当地工作人员说", "不要让本乡镇的人看到"
CONSULTS = (CONSULT_HERE, CONSULT_ELSEWHERE, "先不说了")
CONSULT_SAY = "请说。文字、照片、语音都行，发一条转一条。说完请回复“完成”，不说了请回复“取消”。"
CONSULT_BEGUN = (
    "已经转给工作人员，{hours}看，回复会发到这里。还要说就接着发，说完请回复“完成”。\n"
    "编号：{number}\n回执码：{receipt}\n请记下回执码，别给别人看，换了手机也能凭它看回复。"
)
CONSULT_GOES_ON = "转给工作人员了（编号{number}）。还要说就接着发，说完请回复“完成”。"
START_TEXT = "请直接说是哪个村、什么事，文字、照片、语音都行。扫村里的码也可以。"
START_HERE = "请直接说要反映的事，文字、照片、语音都行。说完回复“提交”。"

# WeChat's own words in the place of a sticker, and of whatever else it does not pass on
STICKER = "【收到不支持的消息类型，暂无法显示】"
NOT_UNDERSTOOD_KIND = "这种消息我看不懂。请用文字、照片、语音或位置来说。"
TOO_FAST = "您发得太快了，这条没有记下，请过一分钟再发。"
TOO_MANY_MESSAGES = "今天发的消息太多了，这条没有记下，请明天再说。急事请拨打 12388。"
TOO_MANY_REPORTS = "今天提交的已经有{limit}件，请明天再提交。您说的还都在。"
RECEIVED = "收到了，现在说话的人多，马上回您，不用重发。"
BUSY = "系统正忙，刚才这条没有记下，请过一会儿再发一次。"
UNSURE = "系统正忙，刚才这条还在处理。请过几分钟回复“菜单”看看，先不用重发。"
KEPT_FOR_LATER = "收到了，但这条没能自动处理，已经留存，请再发一次或拨打海报上的电话。"

BOUND = "绑定成功：{name}。以后的提醒会发到这里。"
BIND_HOW = "请这样发：绑定 电话 绑定码"
BIND_WRONG = "电话或绑定码不对，请核对，或请管理员重新给一个绑定码。"
BIND_WAIT = "试的次数太多了，请过十五分钟再绑定。"


def choices(offered: list[str]) -> str:
    return "\n".join(f"{number} {words}" for number, words in enumerate(offered, start=1))
