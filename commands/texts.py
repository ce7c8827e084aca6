"""What the command line says."""

import errno

# refusals and failures
ONE_AT_A_TIME = (
    "已有一个 mashang web 在用这个数据库：SQLite 或没有 Redis 时只能运行一个。"
    "要多开请换 PostgreSQL 和 Redis。"
)
NO_PROCESSES = "SQLite 或没有 Redis 时只能用一个进程（--processes 1）。要多开请换 PostgreSQL 和 Redis。"
NO_WORKER = "SQLite 或没有 Redis 时没有单独的 worker：mashang web 里面已经带了一个。"
PORT_TAKEN = "端口 {port} 打不开，可能已有程序在用，请换一个 --port。"
CHILDREN_FAILED = "子进程一启动就退出了，请先用 --processes 1 运行看原因。"
INTERRUPTED = "已中断。"
DATABASE_AWAY = "连不上数据库，或数据库出错（{error}），请检查后再试。"
FILES_FAILED = "读写文件出错：{reason}（{path}）。"
FILES_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "这里只能读，不能写",
    errno.EISDIR: "这是一个文件夹，不是文件",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.EFBIG: "文件太大",
}
FILES_OTHER_REASON = "系统错误号 {number}"
UNEXPECTED = "程序出错（{error}，{where}），没有办成；请把这一行告诉维护人员。"
USAGE = "用法不对：{reason}。请看 {command} --help。"
NO_OPTION = "没有 {name} 这个选项"
NO_COMMAND = "没有这个命令，或参数多了"
MISSING = "缺少 {name}"
BAD_VALUE = "{name} 的值不对"
OPTION_NEEDS_VALUE = "选项 {name} 后面要有值"

# facts of `decide`
NOT_JSON = '标准输入应是一个 JSON 对象，如 {"entry": "码", "level": "village"}。'
UNKNOWN_FACT = "不认识的字段“{name}”；可用：{known}。"

# doings
STARTED = "码上已启动：http://{host}:{port}（按 Ctrl+C 停止）"
WORKER_STARTED = "送达程序已启动（按 Ctrl+C 停止）"
MIGRATED = "数据库已是最新。"
POSTERS_MADE = "已生成 {count} 张海报：{path}"
DRAWING = "海报"
ACCOUNT_CODES = "公众号永久二维码：这次新做 {made} 个，还剩 {left} 个（一共 100000 个，用了不能收回）。"
ACCOUNT_CODES_FEW = ACCOUNT_CODES + "快用完了，以后的海报请改用网址二维码。"
RETIRED = "已停用 {code}。"
STAND_IN = "微信模拟器：http://{host}:{port}/"

# doctor
FINE, NOTE, BAD = "✓", "!", "✗"
CHECKED_SETTINGS = "设置齐全"
CHECKED_DATABASE = "数据库连得上，表结构是最新的"
CHECKED_REDIS = "Redis 连得上"
NO_REDIS = "没有设置 Redis：单进程运行"
REDIS_AWAY = "连不上 Redis，请检查 MASHANG_REDIS_URL"
CHECKED_KEYS = "密钥能打开已存的内容"
KEYS_UNFIT = "MASHANG_KEYS 不对，应为：含有封存已有内容时所用的密钥（更换密钥时旧的也要留着）。"
NO_SEALED = "还没有密封的内容可供核对密钥"
CHECKED_WECHAT = "{name}的凭据有效"
WECHAT_FAILED = "{name}的凭据没有通过：{reason}"
WECHAT_AWAY = "{name}的凭据没能核对：连不上微信平台，请检查网络、代理和 MASHANG_WECHAT_API_URL"
OFFICIAL, MINI = "公众号", "小程序"
CHECKED_TEMPLATES = "消息模板齐全"
TEMPLATES_MISSING = "没有配置这些消息模板，相应的提醒发不出去：{names}"
# measure → above which value, what is said, whether it is only a note
WORK = {
    "mashang_oldest_unsent_seconds": (600, "有消息十分钟以上没有发出：worker 是否在运行", False),
    "mashang_oldest_unfetched_seconds": (
        3600,
        "有照片或语音一小时以上没有从微信取回（三天后会被删除）",
        False,
    ),
    "mashang_inbox_stuck": (0, "有群众的消息没有处理成，已密封保存：请联系维护人员，不要清理数据库", False),
    "mashang_log_harmed": (0, "上次核对发现留痕被动过：请运行 mashang audit verify，并报告", False),
    "mashang_log_unsealed_seconds": (600, "有留痕十分钟以上没有封链：worker 是否在运行", True),
    "mashang_log_checked_seconds": (172_800, "留痕两天没有核对：请运行 mashang audit verify", True),
}
ROOM_SHORT = "磁盘快满了：{folder} 只剩 {percent}%"
MEDIA_CLOSED = "附件存不进去：{folder} 不可写，请检查 MASHANG_MEDIA_DIR 和权限"
SAYING_LIKE_VILLAGE = "群众的说法“{word}”和{name}的名字一样，说村名会被听错：在“群众的说法”里停用它"
ORGANISATION_FINE = "组织配置没有错误"

# help
HELP = "码上：扫码反映、分流到人、回音到户。"
HELP_DEMO = "一个进程演示全套：示例地市、微信模拟器、后台。数据在 var/demo/。"
HELP_FRESH = "先删掉 var/demo/ 再开始。"
HELP_WEB = "运行公众号回调、小程序接口、落地页和后台。"
HELP_PROCESSES = "进程数；大于 1 需要 PostgreSQL 和 Redis。"
HELP_NO_WORKER = "不在里面带送达程序。"
HELP_WORKER = "运行送达和定时工作，可以开多个。"
HELP_METRICS_PORT = "在本机的这个端口给出 /healthz、/readyz 和 /metrics。"
HELP_MIGRATE = "把数据库升级到当前结构，可重复运行。"
HELP_IMPORT = "导入一个 CSV 文件夹或一个 XLSX：全部正确才生效。设了内容检测的，新公开的文字先过检测。"
HELP_REVIEWED = "微信平台拿不准的文字已经有人看过，可以公开。"
CHECKING = "内容检测"
HELP_DECIDE = "从标准输入读 JSON 事实，说出由谁办、为什么；什么也不保存。"
HELP_CODES = "码：列出、发码、换码、停用。"
HELP_CODES_LIST = "以 CSV 列出码。"
HELP_ISSUE = "发码，以 CSV 输出：给一个地方的一个领域发一个新码；或者用 --each 给下面每个村（组）补齐缺的码。"
HELP_EVERYWHERE = "所有地方（与 --each 一起用）。"
HELP_EACH = (
    "给这个范围内每一个这一级的地方补发：village 村、group 村民组、township 乡镇等；已有在用码的不再发。"
)
HELP_REPLACE = "换码：发一个用途、领域、地点相同的新码；旧码继续有效一段时间，之后自动停用。"
HELP_DAYS = "旧码还有效多少天。"
HELP_REPLACED_BY = "扫到旧码时指给群众的新码。"
REGION_OR_ALL = "发码要写 --region 区划编码，或者写 --all（两个只能选一个）。"
ALL_OF_WHAT = "--all 要和 --each 一起用，如：mashang codes issue --all --each village。"
HELP_RETIRE = "停用一个码。"
HELP_POSTERS = "生成可印刷的海报：PDF 或图片。"
HELP_DOCTOR = "检查设置、数据库、Redis、密钥、微信凭据和组织配置。"
HELP_STAFF = "干部账号。"
HELP_STAFF_ADD = "新增一个账号；初始口令和绑定码只显示一次。"
HELP_STAND_IN = "单独运行微信模拟器。"
HELP_REGION = "区划编码，含以下各级。"
HELP_AREA = "政策领域编码。"
HELP_PURPOSE = "用途：report、suggest、survey、rate、conduct。"
BIND_CODE = "绑定码（只显示这一次）：{code}"
HELP_GROUPS = "每个村民组一张。"
HELP_OUT = "写到一个 .pdf 文件，或者一个文件夹（每个乡镇一个 PDF）；中断后再运行会接着做。"
HELP_SIZE = "A3、A4、A5、A6 一码一张；areas 一个地方各领域合印一张 A4；stickers 不干胶，一张 A4 十二个。"
HELP_FORMAT = "pdf 或 png 图片（写到文件夹）。"
FOLDER_WANTED = "--out 写的不对：pdf 可以写一个 .pdf 文件或一个文件夹，png 要写一个文件夹。"
HELP_STYLE = "一个区县的海报抬头和颜色。"
HELP_COUNTY = "区县的区划编码。"
HELP_HEADER = "印在最上面的一行，最多 20 个字。"
HELP_COLOUR = "#b22222 这样的颜色，要够深：上面印白字。"
STYLED = "海报样式已保存，以后印的海报都用它。"
HELP_REPRINT = "重印几个码的海报，写成一个 PDF。"
HELP_OUT_FILE = "写到哪个 PDF 文件。"
HELP_VIA = "二维码里放什么：link 网址（不限个数），account 公众号永久码（一共 100000 个，用了不能收回）。"

# demo
DEMO_IMPORTING = "正在导入示例地市……"
DEMO_MENU = ("查询", "帮助", "人工")
BIND_WORDS = "绑定 {phone} {code}"
STAFF_PHONE = "干部 {name}"
CHIEF_PHONE = "联络员 {name}"
TEMPLATE_TITLES = {
    "report_new": "新的反映待处理",
    "report_reply": "您的反映有了回复",
    "report_progress": "办理进度提醒",
    "assist_request": "请协助核实",
    "urge": "督办提醒",
}
TEMPLATE_LABELS = {"place": "地点", "area": "领域", "time": "时间", "number": "编号", "status": "状态"}
DEMO_READY = """码上演示已就绪，请打开：

  总入口    {start}
  手机      {phone}  （扫海报、聊天；“干部…”“联络员…”的手机会收到提醒）
  后台      {console}  （口令都是 {password}）
  海报      {posters}  （一个村的，可打印）
  落地页    {link}
  手机网页  {mini}

后台账号："""
DEMO_ACCOUNT = "  {username:<20}{name}  {role}{otp}"
DEMO_OTP = "  动态口令见总入口（密钥 {secret}）"
DEMO_LAST = "\n数据在 var/demo/，加 --fresh 重新开始；按 Ctrl+C 停止。"

# audit
HELP_AUDIT = "留痕：核对有没有被删改，打印锚点。"
HELP_VERIFY = "从头核对全部留痕：删除、改动、插入、调换、截断都会指出是哪一条。"
HELP_PRINTED = "一并核对纸上留存的锚点，写作 日期:校验码，可写多个。"
HELP_ANCHORS = "列出每天的锚点，打印后由专人保管。"
HELP_SINCE = "从哪一天起，如 2026-11-01。"
ANCHOR_UNREADABLE = "锚点写作 日期:校验码，如 2026-11-26:64位小写十六进制。"
ANCHORS_HEAD = "日期        序号      校验码"
ANCHOR_LINE = "{day}  {place:>8}  {link}"
NO_ANCHORS = "还没有锚点：系统运行后每天零点过后生成一个。"
LOG_NOT_SEALED = "有 {count} 条留痕还没有封链，最早的是 {since}：请检查送达程序（worker）是否在运行"
LOG_WHOLE = "留痕完整：{sealed} 条已封链，{anchors} 个锚点，{waiting} 条等待封链。"
LOG_HARMED = "留痕已被动过：见上。已封链 {sealed} 条，{anchors} 个锚点，{waiting} 条等待封链。"

# keys
HELP_KEYS = "密封用的密钥：查看、更换。"
HELP_KEYS_STATUS = "列出每个密钥（按编号）封着多少内容。"
HELP_ROTATE = "把旧密钥封的内容改由第一个密钥来封；不用停机，中断后可以接着做。"
KEY_LINE = "{id}  {many:>8}  {place}"
KEY_FIRST, KEY_OLD, KEY_GONE = "加密用（第一个）", "旧的，还要留着", "不在 MASHANG_KEYS 里！"
KEY_UNUSED = "旧的，已经没有内容，可以从 MASHANG_KEYS 里去掉"
ROTATING = "更换密钥"
ROTATED = "已改封 {done} 处。"
ROTATED_NOTHING = "没有需要改封的内容。"
STILL_OLD = (
    "还有 {many} 处由旧密钥封着：可能有 web 或 worker 还没有用新的 MASHANG_KEYS 重启。全部重启后再运行一次，"
    "之前不要去掉旧密钥。"
)
BROKEN_SEALS = "有 {broken} 处在原位打不开（可能被改动过），没有改封；请保留旧密钥并查明原因。"
MAY_GO = "这些密钥已经用不到了，可以从 MASHANG_KEYS 里去掉：{ids}"
ONLY_ONE_KEY = "MASHANG_KEYS 里只有一个密钥。更换时请把新的写在前面，旧的跟在后面，全部重启后再运行这个命令。"

# backup and restore
HELP_BACKUP = "把数据库和附件备份成一个密封的文件，并从头读一遍核对；不用停机。"
HELP_RESTORE = "把备份恢复到一个空数据库（SQLite 或 PostgreSQL 都可以），核对密钥和留痕。"
BACKUP_EXISTS = "已经有 {path}，不覆盖。请换一个文件名，如带上日期。"
BACKED_UP = "已备份并核对：{rows} 行，其中反映 {reports} 件；附件 {media} 个 → {path}"
KEEP_THE_KEYS = (
    "没有密钥这个文件打不开：请另外保管 MASHANG_KEYS（编号 {ids}）和 MASHANG_INDEX_KEY，不要和备份放在一起。"
)
MEDIA_MISSING = "有 {count} 个附件在 MASHANG_MEDIA_DIR 里找不到（如 {first}），备份里没有它们。"
RESTORED = "已恢复：{rows} 行，其中反映 {reports} 件；附件 {media} 个。"

# retention
HELP_RETENTION = "保管期限：看哪些到期、各保管多久；销毁要在后台由两个人办。"
HELP_RETENTION_PLAN = "数一数保管期满、可以销毁的反映，按类别和状态；什么也不销毁。"
HELP_RETENTION_RULES = "列出各项保管期限。"
HELP_RETENTION_SET = "改一项保管期限，如：mashang retention set report 15y --kind clue --status closed。"
KIND_UNSET = "未定类别"
DUE_LINE = "{many:>8}  {kind}，{status}"
DUE_TOTAL = "共 {total} 件保管期满。要销毁，请承办机构在后台“保管和销毁”里提出，再由另一位负责人确认。"
DUE_NONE = "没有保管期满的反映。"
RETENTION_STATE = "暂缓销毁 {held} 件；已确认、等待销毁 {confirmed} 件；已销毁、只留底数 {past} 件。"
RULE_LINE = "{what:<14}{kind:<12}{status:<10}{keep:<10}{about}{mark}"
RULE_CHANGED = "（已改）"
RULE_SET = "已改。改期限不会销毁什么：到期的仍要由两个人办。"
LOG_KEPT = "留痕永久保管；公众号里没有提交的草稿 30 天后删除，没有跟着提交的附件也是。"
