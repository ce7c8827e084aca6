"""Every sentence of the linter: what is wrong, where, and what to do about it."""

import re

EMPTY = "还没有导入组织，请运行 mashang import。"
AND_MORE = "等 {count} 个"

NO_TOWNSHIP_BODY = "乡镇（街道）没有纪（工）委：{where}。请登记机构，否则那里的反映都要由信访室人工分流。"
TWO_BODIES = "同一处有两个同级机构：{where}。请停用其中一个。"
NO_PEOPLE = "机构没有已确认的负责人或者承办人：{where}。请增配或者确认账号，否则分流会跳过它。"
NO_ZONE = "乡镇机构不在任何协作区：{where}。请编入协作区，否则反映乡镇干部的件没有牵头室可办。"
TWO_ZONES = "乡镇机构同时在两个协作区：{where}。请只保留一个。"
NO_OFFICE = "协作区没有可用的牵头纪检监察室：{where}。请指定本区县的一个纪检监察室。"
NO_COMMANDER = "协作区没有指挥长：{where}。请补上（“1+1+N”）。"
NO_TOWNSHIPS = "协作区里没有乡镇：{where}。请编入乡镇或者停用协作区（“1+1+N”）。"
NAMED_BY_RULE = re.compile(r"纪检监察第[一二三四五六七八九十百]+协作区")
"""What follows city and county in a zone's name."""
ZONE_NAME = "协作区名称不合规定：{where}。请改为“〈市〉〈区县〉纪检监察第N协作区”。"
NO_ROOM = "区县缺信访室或者干部监督室：{where}。请登记机构，否则没有人做人工分流、没有人办反映纪检干部的件。"
NO_LEDGER_ROOM = "区县没有案管室：{where}。请登记机构，否则没有人看全县台账。"
NO_CITY = "没有市级机构：{where}。请登记机构，否则反映县领导的件没有机构可办。"
NO_CHIEF = "村（社区）没有廉情监督长：{where}。请登记，否则不针对个人的件没有联络员知道。"
CHIEF_UNBOUND = (
    "廉情监督长还没有绑定微信：{where}。请把绑定码交给本人，让本人在公众号里回复“绑定 电话 绑定码”。"
)
NO_CODE = "村（社区）没有在用的码：{where}。请运行 mashang codes issue 发码并打印海报。"
SPECIALIST_GONE = "领域专办指向已停用的机构：{where}。请改为在用的机构。"
SPECIALIST_MISSING = (
    "领域没有指定派驻机构：{where}。反映县直部门干部时会由协作区牵头室办理；有派驻机构的请指定。"
)
CADRE_NOWHERE = "登记的干部所在区划不存在：{where}。请改正，否则认不出他们。"
TWO_ROLES = "同一个电话既是干部账号又是联络员：{where}。联络员看不得反映内容，请确认并停用其中一个。"

NO_WAY = "反映没有机构可办：{where}。请给有权办理的机构配齐负责人和承办人。"
ONE_DEEP = "只要一个人回避就没有机构可办：{where}。请给这个机构增配负责人和承办人。"
BODY_DEEP = "只要整个机构回避就没有机构可办：{where}。请给它的上一级机构配齐负责人和承办人。"
ABOUT = "{place}“{area}”反映{level}"
IN_BODY = "{body}（{levels}）"
