"""What a decision made again says of itself, and what the reporter hears of it."""

KEPT = "原来的人员中有人应当回避。{body}还有可以办理的承办人和负责人，仍由{body}办理。"
DECIDED_AGAIN = "原来的办理人员中有人应当回避，去掉应当回避的人员和机构后重新分流。"
STRANDED = "有权受理的机构都有人应当回避，暂留{body}，须由上级指定办理机构。"
HAD_BEFORE = "已经经办过这件反映"
MOVED = "{status}，由其查看并受理。有进展会告诉您。"
