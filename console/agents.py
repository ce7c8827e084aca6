"""What a browser says it is, reduced to two words: enough to know one's own by, and to keep of nobody more."""

from collections.abc import Sequence
from typing import Final

NOT_SAID: Final = "other"
# the first that fits: others name Chrome and Safari, too, and phones name Linux and Mac OS
SYSTEMS: Final = (
    ("android", ("Android", "HarmonyOS")),
    ("iphone", ("iPhone", "iPad")),
    ("windows", ("Windows",)),
    ("mac", ("Macintosh",)),
    ("linux", ("Linux", "X11")),
)
BROWSERS: Final = (
    ("wechat", ("MicroMessenger",)),
    ("edge", ("Edg",)),
    ("qq", ("QQBrowser",)),
    ("360", ("QIHU", "360SE", "360EE")),
    ("firefox", ("Firefox",)),
    ("chrome", ("Chrome", "CriOS")),
    ("safari", ("Safari",)),
)


def agent_of(said: str) -> str:
    """`said` is the User-Agent header; a system and a browser, as `console.account.texts` names them."""
    return f"{_first(SYSTEMS, said)} {_first(BROWSERS, said)}"


def _first(known: Sequence[tuple[str, Sequence[str]]], said: str) -> str:
    return next((name for name, signs in known if any(sign in said for sign in signs)), NOT_SAID)
