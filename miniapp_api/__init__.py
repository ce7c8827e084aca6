"""小程序接口: the JSON API of the mini-program, and the small web client under /m/ that uses it."""
