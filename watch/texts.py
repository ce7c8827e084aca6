"""What a person reads when something else than their own request went wrong."""

BROKEN = "系统出了点问题，没有办成。请稍后再试；仍然不行，请把这个编号告诉工作人员：{request_id}"
AWAY = "系统暂时连不上数据库，正在恢复，请过一会儿再试。编号：{request_id}"
NOT_FOUND = "没有这个页面，请检查地址。"
NOT_ALLOWED = "这个地址不能这样访问。"
TOO_LARGE = "内容太大了，请减小后再试。"
REFUSED = "这个请求没有办法处理，请返回重试。"
