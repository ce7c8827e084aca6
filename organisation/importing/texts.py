"""What the person who prepared the files reads."""

from collections.abc import Iterable

HIDDEN = "（不显示）"
EMPTY = "（空）"
NO_CHANGE = "没有变化"

PATH = "一个装有 CSV 文件的文件夹，或一个 XLSX 文件"
NOTHING_HERE = "至少有一个导入文件，如 regions.csv；工作表用同样的名字"
UNKNOWN_FILE = "是这些名字之一：{names}"
REPEATED_FILE = "每个名字只出现一次"
WORKBOOK = "一个能打开的 XLSX 文件（未加密，不是旧的 XLS 格式）"
UNREADABLE = "一个能打开的文件，请检查读取权限"
GBK = "UTF-8 编码；这个文件是 GBK 编码，请在表格软件里另存为“CSV UTF-8”"
UTF8 = "UTF-8 编码的文本"
CSV = "能读懂的 CSV：引号成对，没有不可见的控制字符"
HEADER = "第一行是表头，各列为：{headers}"
MISSING_COLUMN = "有这一列（表头 {header}）"
UNKNOWN_COLUMN = "是这些表头之一：{headers}"
REPEATED_COLUMN = "每个表头只出现一次"
EXTRA_CELLS = "不多于表头的列数（{count} 列）"

REQUIRED = "不能空着"
TOO_LONG = "最多 {count} 个字"
CODE = "编码：字母、数字、汉字、点、横线或下划线，中间没有空格"
ONE_OF = "是其中之一：{terms}"
OFF, WORKING, UNTIL = "放假|休息", "上班|调休", "[至到~—]"
NUMBER_BETWEEN = "{least} 到 {most} 之间的整数"
WHOLE_NUMBER = "不小于 0 的整数"
AMOUNT = "金额（元），不小于 0，最多两位小数，如 1260.50"
DATE = "日期，如 2026-03-05"
YES_NO = "是或否（yes/no、是/否、1/0）"
PHONE = "电话号码：3 到 20 位数字，可带横线、空格或开头的加号"
BASE32 = "动态口令密钥：base32，至少 16 个字符（A–Z、2–7）"
PASSWORD = "口令：8 到 128 个字符"  # noqa: S105 - a sentence, not a password
BIND_CODE = "绑定码：4 到 32 个字母或数字"
BENEFICIARIES = '受益名单：空着，或形如 [{"name": "姓名", "amount": 500}] 的 JSON，只能有 name 和 amount'
ENTRY_CODE = "12 位的码，校验通过；空着则由系统生成"

DUPLICATE = "不重复（与第 {row} 行相同）"
PHONE_TAKEN = "没有别人用的电话（{holder}已在使用）"
REGION_CODE = "12 位数字的区划编码"
GROUP_CODE = "村编码加 3 位数字，共 15 位"
NO_PARENT = "空着：市没有上级"
REGION_EXISTS = "已有的或本次导入的区划编码"
REGION_OF_LEVEL = "层级为“{level}”的区划编码"
ONLY_VILLAGES = "空着：只有村（社区）才有村庄类型"
AREA_EXISTS = "已有的或本次导入的政策领域编码"
BODY_EXISTS = "已有的或本次导入的机构编码"
BODY_OF_LEVEL = "层级为“{level}”的机构编码"
BODY_OF_COUNTY = "属于区县 {county} 的机构编码"
BODY_REGION = "与机构层级相符的区划编码（层级“{level}”）"
ROOM_OF_COUNTY = "空着：只有区县一级的机构才有科室"
ZONE_EXISTS = "已有的或本次导入的协作区编码"
ONE_ZONE = "只在一个协作区的机构（现已在 {zone}）"
SPECIALIST_LEVEL = "村干部、县直部门干部或不针对个人：别的对象不由领域专办机构办理"
APPROVER_AT_CITY = "市级机构：审批人只设在市一级"
GROUP_OF_VILLAGE = "属于村 {village} 的组编码"
RECUSED = "已有的或本次导入的用户名、联络员电话或机构编码"
RECUSED_AMBIGUOUS = "只对应一个主体（它同时是{kinds}）"
ENTRY_FIXED = "与已发出的码一致：码的用途、领域和地区不能改，请停用旧码另发新码"

SAYING = "一个说法：1 到 {most} 个字，不能只是数字"
SAYING_FIXED = "“{word}”以外的说法：它是固定的词，不能换意思，也不能停用"
SAYING_SHORT = "2 个字以上的说法：它写在话里任何地方都算数"
SAYING_ONE_MEANING = "还没有别的意思的说法：它现在表示“{meaning}”，要换意思，请先停用那一条"

STAFF = "工作人员用户名"
LIAISON = "联络员电话"
BODY = "机构编码"


def listed(terms: Iterable[str]) -> str:
    return "、".join(terms)


def problem_line(*, file: str, row: int | None, column: str, value: str, expected: str) -> str:
    """`staff.csv 第 3 行，角色（role）：“校长”，应为：……`."""
    place = file + (f" 第 {row} 行" if row is not None else "")
    where = f"{place}，{column}" if column else place
    return f"{where}：“{value}”，应为：{expected}" if value else f"{where}：应为：{expected}"


def refused(lines: Iterable[str], *, waiting: int) -> str:
    every = list(lines)
    last = [f"另有 {waiting} 处要等上面读不了的文件能读了才能核对。"] if waiting else []
    return "\n".join([f"导入文件有 {len(every)} 处问题，没有导入任何内容：", *every, *last])


def file_line(*, file: str, created: int, changed: int, deactivated: int) -> str:
    return f"{file}：新增 {created}，修改 {changed}，停用 {deactivated}"


def waiting_line(count: int) -> str:
    return f"{count} 个账号的改动等待本机构负责人（或区县）确认后生效"


def password_line(*, username: str, password: str) -> str:
    return f"初始口令（只显示这一次）：{username}  {password}"
