"""The settings: read once at start from the environment and `.env`, checked whole, then passed on as values."""

import base64
import binascii
import ipaddress
import os
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import orjson
from dotenv import dotenv_values

T = TypeVar("T")
PREFIX: Final = "MASHANG_"
PLATFORM_URL: Final = "https://api.weixin.qq.com"

SEALING: Final = frozenset({"KEYS", "INDEX_KEY"})
"""What a command needs that seals or looks up."""
SERVING: Final = SEALING | {"PUBLIC_URL", "OA_APPID", "OA_SECRET", "OA_TOKEN", "OA_AES_KEY"}
"""What `web` and `worker` need."""

_MISSING = "{name} 没有设置"
_WRONG = "{name} 不对"
_WRONG_VALUE = "{name} 不对（现在是“{value}”）"
_EXPECTED = "{problem}，应为：{expected}"
_ALL = "设置有 {count} 处问题：{problems}。请改环境变量或 .env 文件后再启动。"
_KEY = "base64 写的 32 字节"
_KEYS = f"一个或几个{_KEY}密钥，用英文逗号隔开，第一个用来加密"
_LINK = "http:// 或 https:// 开头的网址"
_DEFAULT_DATABASE = "sqlite://var/mashang.db"
_DATABASE = "sqlite://相对路径、sqlite:///绝对路径 或 postgres://用户:口令@主机:端口/库名"
_REDIS = "空着，或 redis:// 开头的地址"
_AES_KEY = "43 位字母和数字；更换期间写两个，用英文逗号隔开，新的在前"
_MODE = "safe（安全模式）或 plain（只供开发）"
_TEMPLATES = '形如 {"report_new": {"id": "模板编号", "fields": {"thing1": "place"}}} 的 JSON'
_FLOODS = '形如 {"web": {"code": [100, 60]}} 的 JSON：入口 → 范围 → [件数, 分钟数]'
_QUOTAS = '形如 {"template": 100000} 的 JSON：接口 → 一天的次数'
_TIMEZONE = "时区名，如 Asia/Shanghai"
_CLOCK = "空着：只有 MASHANG_WECHAT_API_URL 是本机地址时（演练、测试）才能拨动时钟"
_WORD = "不含空格的一串字符，从微信公众平台复制"


class SettingWrong(Exception):
    """`problems` holds a line per missing or wrong setting; a secret's value stands in none of them."""

    key = "setting-wrong"

    def __init__(self, problems: Collection[str]) -> None:
        self.problems = tuple(problems)
        self.message = _ALL.format(count=len(self.problems), problems="；".join(self.problems))
        super().__init__(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Empty strings stand for what is not set; web addresses have no slash at their end.

    `templates`, `floods`, `quotas` (JSON as given), `mini_page` and `verify_files` are read where they are used.
    """

    database_url: str = field(repr=False)
    redis_url: str = field(repr=False)
    public_url: str
    keys: tuple[bytes, ...] = field(repr=False)
    index_key: bytes = field(repr=False)
    media_dir: Path
    wechat_api_url: str
    oa_appid: str
    oa_secret: str = field(repr=False)
    oa_token: str = field(repr=False)
    oa_aes_keys: tuple[str, ...] = field(repr=False)
    oa_mode: Literal["safe", "plain"]
    mini_appid: str
    mini_secret: str = field(repr=False)
    mini_page: str
    check_openid: str = field(repr=False)
    verify_files: str
    templates: Mapping[str, Any]
    floods: Mapping[str, Any]
    quotas: Mapping[str, Any]
    timezone: ZoneInfo
    clock_file: Path | None


def settings_around(*, needs: Collection[str] = SERVING, folder: Path | None = None) -> Settings:
    """From the environment, and for what it lacks from `.env` in `folder` (the working directory)."""
    stored = dotenv_values((folder or Path()) / ".env", interpolate=False)
    return read_settings({**stored, **os.environ}, needs=needs)


def read_settings(given: Mapping[str, str | None], *, needs: Collection[str] = SERVING) -> Settings:
    """`needs` names what must be there, without prefix. Raises `SettingWrong` with everything that is wrong."""
    take = _Reader(given, needs=needs)
    mode: Literal["safe", "plain"] = take("OA_MODE", _mode, _MODE, default="safe")
    if mode == "plain":
        take.needs -= {"OA_AES_KEY"}
    if "OA_APPID" in needs and (take.has("MINI_APPID") or take.has("MINI_SECRET")):
        take.needs |= {"MINI_APPID", "MINI_SECRET"}
    api_url = take("WECHAT_API_URL", _link, _LINK, default=PLATFORM_URL)
    settings = Settings(
        database_url=take("DATABASE_URL", _database, _DATABASE, default=_DEFAULT_DATABASE, secret=True),
        redis_url=take("REDIS_URL", _redis, _REDIS, secret=True),
        public_url=take("PUBLIC_URL", _link, _LINK),
        keys=take("KEYS", _keys, _KEYS, empty=(), secret=True),
        index_key=take("INDEX_KEY", _key, _KEY, empty=b"", secret=True),
        media_dir=take("MEDIA_DIR", Path, "", default="var/media"),
        wechat_api_url=api_url,
        oa_appid=take("OA_APPID", _word, _WORD),
        oa_secret=take("OA_SECRET", _word, _WORD, secret=True),
        oa_token=take("OA_TOKEN", _word, _WORD, secret=True),
        oa_aes_keys=take("OA_AES_KEY", _aes_keys, _AES_KEY, empty=(), secret=True),
        oa_mode=mode,
        mini_appid=take("MINI_APPID", _word, _WORD),
        mini_secret=take("MINI_SECRET", _word, _WORD, secret=True),
        mini_page=take("MINI_PAGE", _word, _WORD, default="pages/entry/index"),
        check_openid=take("CHECK_OPENID", _word, _WORD),
        verify_files=take("VERIFY_FILES", _word, _WORD),
        templates=take("TEMPLATES", _object, _TEMPLATES, empty={}),
        floods=take("FLOODS", _object, _FLOODS, empty={}),
        quotas=take("QUOTAS", _object, _QUOTAS, empty={}),
        timezone=take("TIMEZONE", ZoneInfo, _TIMEZONE, default="Asia/Shanghai"),
        clock_file=take("CLOCK_FILE", lambda value: _clock(value, api_url=api_url), _CLOCK, empty=None),
    )
    if take.problems:
        raise SettingWrong(take.problems)
    return settings


class _Reader:
    """Collects problems; where there is one, what it answers is of no use and nobody will see it."""

    def __init__(self, given: Mapping[str, str | None], *, needs: Collection[str]) -> None:
        self._given = given
        self.needs = frozenset(needs)
        self.problems: list[str] = []

    def __call__(
        self,
        name: str,
        read: Callable[[str], T],
        expected: str,
        *,
        default: str = "",
        empty: Any = "",
        secret: bool = False,
    ) -> T:
        value = self._value(name)
        if not value and name in self.needs:
            self._complain(_MISSING.format(name=PREFIX + name), expected)
        if not (value or default):
            return empty  # type: ignore[no-any-return]
        try:
            return read(value or default)
        except (ValueError, KeyError, OSError):
            problem = _WRONG if secret else _WRONG_VALUE
            self._complain(problem.format(name=PREFIX + name, value=value[:60]), expected)
            return empty  # type: ignore[no-any-return]

    def has(self, name: str) -> bool:
        return bool(self._value(name))

    def _value(self, name: str) -> str:
        return (self._given.get(PREFIX + name) or "").strip()

    def _complain(self, problem: str, expected: str) -> None:
        self.problems.append(_EXPECTED.format(problem=problem, expected=expected))


def _require(condition: object) -> None:
    if not condition:
        raise ValueError


def _word(value: str) -> str:
    _require(value.isprintable() and " " not in value)
    return value


def _link(value: str) -> str:
    parts = urlsplit(value)
    _require(parts.scheme in ("http", "https") and parts.hostname and parts.port != 0)
    _require(
        not (parts.query or parts.fragment or parts.username) and value.isprintable() and " " not in value
    )
    return value.rstrip("/")


def _database(value: str) -> str:
    if value.startswith("sqlite://"):
        _require(value.removeprefix("sqlite://").split("?")[0].strip("/"))
        return value
    parts = urlsplit(value)
    _require(parts.scheme in ("postgres", "postgresql") and parts.path.strip("/") and parts.port != 0)
    return value


def _redis(value: str) -> str:
    parts = urlsplit(value)
    _require(
        parts.scheme in ("redis", "rediss", "unix") and (parts.hostname or parts.path) and parts.port != 0
    )
    return value


def _key(value: str) -> bytes:
    try:
        key = base64.b64decode(value, altchars=b"-_" if re.search("[-_]", value) else None, validate=True)
    except binascii.Error:
        raise ValueError from None
    _require(len(key) == 32)
    return key


def _keys(value: str) -> tuple[bytes, ...]:
    return tuple(_key(each.strip()) for each in value.split(","))


def _aes_keys(value: str) -> tuple[str, ...]:
    keys = tuple(each.strip() for each in value.split(","))
    _require(len(keys) <= 2 and all(re.fullmatch("[A-Za-z0-9]{43}", key) for key in keys))
    return keys


def _mode(value: str) -> Literal["safe", "plain"]:
    _require(value in ("safe", "plain"))
    return "plain" if value == "plain" else "safe"


def _object(value: str) -> Mapping[str, Any]:
    given = orjson.loads(value)
    _require(isinstance(given, dict))
    return dict(given)


def _clock(value: str, *, api_url: str) -> Path:
    _require(is_loopback(urlsplit(api_url).hostname or ""))
    return Path(value)


def is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
