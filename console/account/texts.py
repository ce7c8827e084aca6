"""Chinese words of the pages about one's own account."""

SYSTEMS = {
    "windows": "Windows 电脑",
    "mac": "苹果电脑",
    "linux": "Linux 电脑",
    "android": "安卓或鸿蒙手机",
    "iphone": "苹果手机",
    "other": "没有说明的设备",
}
BROWSERS = {
    "wechat": "微信",
    "edge": "Edge 浏览器",
    "qq": "QQ 浏览器",
    "360": "360 浏览器",
    "firefox": "Firefox 浏览器",
    "chrome": "Chrome 浏览器",
    "safari": "Safari 浏览器",
    "other": "没有说明的浏览器",
}
AGENT = "{system}，{browser}"
DONE = {"one": "那一处登录已经退出。", "others": "其他登录都已退出。"}
CODE_USED = (
    "恢复码用过了，时间列在下面。不是您本人用的，请马上退出其他登录，重新生成恢复码，并请同事重设密码。"
)
