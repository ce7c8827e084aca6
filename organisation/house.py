"""What every writer and door has at hand, made once at start and passed along."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from aiohttp import web

from clients.clock import Clock
from clients.media import MediaStore
from clients.redis import Coordination
from organisation.floods import FLOODS, Limits
from organisation.live import LiveOrganisation
from organisation.scans import ScanCounts
from vault.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """`public_url` has no slash at its end; `timezone` is where people read times."""

    vault: Vault
    clock: Clock
    organisation: LiveOrganisation
    coordination: Coordination
    media: MediaStore
    public_url: str
    timezone: ZoneInfo
    scans: ScanCounts = field(default_factory=ScanCounts)
    floods: Mapping[str, Limits] = field(default_factory=lambda: FLOODS)


HOUSE: web.AppKey[House] = web.AppKey("house", House)
