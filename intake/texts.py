"""What the house adds to words of a reporter, for those who read them."""

PROTECTION = "【请求保护】{text}"
