"""The message templates of the official account: which values they carry, and in what form WeChat takes them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from delivery.notices import EMPTY, SHORT
from models.errors import DomainError

# all that a push may ever say: whoever looks over a shoulder must learn nothing of the matter
VALUES: dict[str, tuple[str, ...]] = {
    "report_new": ("place", "area", "time"),
    "report_reply": ("number", "time"),
    "report_progress": ("number", "status", "time"),
    "mini_report_reply": ("number", "time"),
    "mini_report_progress": ("number", "status", "time"),
    "assist_request": ("place", "time"),
    "urge": ("number", "time"),
}
MINI = "mini_"
DEFAULT_KEYS = ("thing1", "thing2", "time3")
THING, STRING, PHRASE = 20, 32, 5
READABLE_TIME = re.compile(r"\d{4}年(0?[1-9]|1[0-2])月(0?[1-9]|[12]\d|3[01])日 ([01]?\d|2[0-3]):[0-5]\d")


class TemplatesWrong(DomainError):
    key = "templates-wrong"

    def __init__(self, name: str) -> None:
        known = "、".join(f"{each}（{' '.join(values)}）" for each, values in VALUES.items())
        super().__init__(
            f"MASHANG_TEMPLATES 中的“{name[:40]}”不对：应为 JSON，消息名 → "
            f'{{"id": "模板编号", "fields": {{"thing1": "place"}}}}。消息名和可用的值：{known}。'
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """`fields`: WeChat's key → the value's name."""

    id: str
    fields: Mapping[str, str]


def read_templates(setting: Mapping[str, Any]) -> dict[str, Template]:
    """The setting TEMPLATES, checked. Raises `TemplatesWrong` naming the first message that is wrong."""
    return {name: _read(name, given) for name, given in setting.items()}


def subscription_names(setting: Mapping[str, Any]) -> dict[str, str]:
    """What the mini-program's messages are called here, by the id of their template."""
    templates = read_templates(setting)
    return {each.id: name.removeprefix(MINI) for name, each in templates.items() if name.startswith(MINI)}


def _read(name: str, given: Any) -> Template:
    values = VALUES.get(name, ())
    if (
        not values
        or not isinstance(given, Mapping)
        or not isinstance(given.get("id"), str)
        or not given["id"]
    ):
        raise TemplatesWrong(name)
    fields = given.get("fields") or dict(zip(DEFAULT_KEYS, values, strict=False))
    if not isinstance(fields, Mapping) or not all(value in values for value in fields.values()):
        raise TemplatesWrong(name)
    return Template(id=given["id"], fields={str(key): str(value) for key, value in fields.items()})


def fill(template: Template, *, values: Mapping[str, str]) -> dict[str, str]:
    """What `send_template` takes; every value within the rules of its key, so that 47003 cannot come of it."""
    return {key: _fit(key, name=name, value=values.get(name, "")) for key, name in template.fields.items()}


def _fit(key: str, *, name: str, value: str) -> str:
    value = _clean(value)
    if key.startswith("character_string"):
        return "".join(char for char in value if "!" <= char <= "~")[:STRING] or "-"
    if key.startswith("phrase"):
        value = SHORT.get(value, value)
        return "".join(char for char in value if "\u4e00" <= char <= "\u9fff")[:PHRASE] or EMPTY
    if key.startswith(("time", "date")):
        return value
    if name == "place" and _units(value) > THING:
        # of a long place its end says most
        return "…" + _cut(value[::-1], THING - 1)[::-1]
    return _cut(value, THING) or EMPTY


def _clean(value: str) -> str:
    words = "".join(char if char.isprintable() else " " for char in value).split()
    return " ".join(words)


def _units(value: str) -> int:
    """Length as WeChat's own side may count it: rare characters are two UTF-16 units."""
    return len(value.encode("utf-16-le", "surrogatepass")) // 2


def _cut(value: str, size: int) -> str:
    while _units(value) > size:
        value = value[:-1]
    return value.strip()


def readable_time(given: str, *, otherwise: datetime, timezone: ZoneInfo) -> str:
    """`2026年11月23日 15:01`: `given` if it reads so already or is an aware ISO time, else `otherwise`."""
    if READABLE_TIME.fullmatch(given):
        return given
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        at = otherwise
    local = (at if at.tzinfo else otherwise).astimezone(timezone)
    return f"{local.year}年{local.month:02d}月{local.day:02d}日 {local:%H:%M}"
