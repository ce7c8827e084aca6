"""How many reports are a flood: figures per door and per what they come in by, counted over some minutes.

Each door is counted for itself, so that what a script sends to the web page puts nobody aside who speaks in the
chat. Figures of a place are data (the setting FLOODS), these are the defaults.
"""

from collections.abc import Mapping
from typing import Any, Final

from models.choices import Channel
from models.errors import DomainError

Limits = Mapping[str, tuple[int, int]]
"""What is counted → how many in how many minutes; 0 counts nothing."""
SCOPES: Final = ("source", "code", "place", "body", "all")
LONGEST_MINUTES: Final = 24 * 60

_PHONE: Final[Limits] = {
    "source": (60, 60),
    "code": (100, 60),
    "place": (200, 60),
    "body": (500, 60),
    "all": (2000, 60),
}
FLOODS: Final[Mapping[str, Limits]] = {
    str(Channel.WEB): _PHONE,
    str(Channel.MINI): _PHONE,
    # behind each stands an account of WeChat, which may send twenty a day
    str(Channel.CHAT): {
        "source": (0, 60),
        "code": (500, 60),
        "place": (1000, 60),
        "body": (2000, 60),
        "all": (5000, 60),
    },
}


class FloodsWrong(DomainError):
    key = "floods-wrong"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"MASHANG_FLOODS 中的“{name[:40]}”不对：应为 JSON，入口（{'、'.join(FLOODS)}）→ "
            f"{{范围（{'、'.join(SCOPES)}）: [件数, 分钟数]}}，如 "
            '{"web": {"code": [100, 60]}}；件数为 0 表示不限。'
        )


def read_floods(setting: Mapping[str, Any]) -> dict[str, Limits]:
    """The defaults, with what the setting gives in their place. Raises `FloodsWrong` naming what is wrong."""
    for channel, limits in setting.items():
        if channel not in FLOODS or not isinstance(limits, Mapping):
            raise FloodsWrong(channel)
        for scope, given in limits.items():
            if scope not in SCOPES or not _is_limit(given):
                raise FloodsWrong(f"{channel}.{scope}")
    return {
        channel: {**limits, **{scope: tuple(given) for scope, given in setting.get(channel, {}).items()}}
        for channel, limits in FLOODS.items()
    }


def _is_limit(given: Any) -> bool:
    return (
        isinstance(given, list)
        and len(given) == 2
        and all(type(number) is int for number in given)
        and given[0] >= 0
        and 1 <= given[1] <= LONGEST_MINUTES
    )
