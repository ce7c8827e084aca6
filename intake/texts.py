"""What the house adds to words of a reporter, for those who read them."""

AT_PLACE = "【位置】{label} 北纬 {latitude}，东经 {longitude}"
PROTECTION = "【请求保护】{text}"
ANSWER = "回答：{text}"
ANSWERED_BY_FILE = "（照片、语音或者视频）"
