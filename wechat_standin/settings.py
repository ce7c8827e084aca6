"""What a stand-in is told once, when it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Mode = Literal["safe", "compat", "plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A message template as the platform knows it: `fields` maps each required key to its printed label."""

    title: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Times are seconds. Everything has a default, so `Settings()` plays with the product's test settings.

    `retries` counts the deliveries after the first one. `templates` empty means: any template id is accepted.
    `people` are made at the start and after a reset, with openids that are the same at every start.
    `clock_file` holds the offset in seconds from the machine's clock; who shares the file shares the time.
    """

    app_id: str = "wx0123456789abcdef"
    secret: str = "0123456789abcdef0123456789abcdef"  # noqa: S105 -- invented
    token: str = "standin"  # noqa: S105 -- invented
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    gh_id: str = "gh_0123456789ab"
    account_name: str = ""
    mini_app_id: str = "wxfedcba9876543210"
    mini_secret: str = "fedcba9876543210fedcba9876543210"  # noqa: S105 -- invented
    callback_url: str = "http://127.0.0.1:8000/wechat"
    mode: Mode = "safe"
    push_timeout: float = 5.0
    retries: int = 3
    retry_pause: float = 1.0
    retry_keeps_nonce: bool = True
    token_overlap: float = 300.0
    token_seconds: int = 7200
    media_seconds: float = 3 * 86400.0
    permanent_codes: int = 100_000
    template_event_delay: float = 0.05
    templates: Mapping[str, Template] = field(default_factory=dict)
    mini_pages: frozenset[str] = frozenset()
    with_unionid: bool = False
    people: tuple[str, ...] = ()
    clock_file: Path | None = None
