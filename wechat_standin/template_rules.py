"""What the platform lets into each kind of template field (errcode 47003 otherwise)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from wechat_standin.errors import ApiError
from wechat_standin.settings import Template

# The platform writes dates in Chinese; other ways of writing them are refused.
CLOCK = r"([01]?\d|2[0-3]):[0-5]\d"
DAY = r"\d{4}年(1[0-2]|0?[1-9])月(3[01]|[12]\d|0?[1-9])日"
MOMENT = rf"({DAY} ?)?{CLOCK}"
HAN = r"[\u3400-\u9fff\uf900-\ufaff]"

RULES = {
    "thing": r".{1,20}",
    "number": r"(?=.{1,32}$)-?\d+(\.\d+)?",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r"[^\w\s]{1,5}",
    "character_string": r"[\x21-\x7e](?:[\x20-\x7e]{0,30}[\x21-\x7e])?",
    "time": rf"{MOMENT}(~{MOMENT})?",
    "date": rf"{DAY}( ?{CLOCK})?(~{DAY}( ?{CLOCK})?)?",
    "amount": r"[^\d\s]?\d{1,10}(\.\d+)?元?",
    "phone_number": r"[\d+\-() ]{1,17}",
    "car_number": r".{1,8}",
    "name": rf"({HAN}|·){{1,10}}|[A-Za-z .'\-]{{1,20}}",
    "phrase": rf"{HAN}{{1,5}}",
    "enum": r".{1,20}",
    "const": r".{1,20}",
}
KEY = re.compile(r"(" + "|".join(RULES) + r")\.?(\d+)")
DROPPED = {"first", "remark"}


def check_fields(data: object, *, template: Template | None) -> dict[str, str]:
    """The values by key, in the order given; `first` and `remark` are dropped as the platform drops them."""
    if not isinstance(data, Mapping):
        raise ApiError(47003, "argument invalid! data is empty")
    values = {str(key): _value(key, each) for key, each in data.items() if key not in DROPPED}
    for key in template.fields if template is not None else ():
        if key not in values:
            raise ApiError(47003, f"argument invalid! data.{key}.value is empty")
    return values


def _value(key: str, holder: Any) -> str:
    value = holder.get("value") if isinstance(holder, Mapping) else None
    shape = KEY.fullmatch(key)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if shape is None or not isinstance(value, str) or not value:
        raise ApiError(47003, f"argument invalid! data.{key}.value invalid")
    if re.fullmatch(RULES[shape.group(1)], value) is None or any(
        unicodedata.category(each) == "Cc" for each in value
    ):
        raise ApiError(47003, f"argument invalid! data.{key}.value invalid")
    return value
