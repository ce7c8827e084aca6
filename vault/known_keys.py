"""Which keys something lies sealed under: no process begins without one of them, or with another index key."""

from datetime import datetime
from typing import Final

from models.errors import DomainError
from models.sealing_key import SealingKey
from vault.keys import SealBroken
from vault.rotating import count_by_key
from vault.vault import Vault

CHECK: Final = "mashang"


class KeyMissing(DomainError):
    key = "key-missing"

    def __init__(self, ids: list[str]) -> None:
        super().__init__(
            f"MASHANG_KEYS 里缺少编号为 {'、'.join(ids)} 的密钥，已有内容要用它才能打开：请把它加回去，"
            "放在新密钥后面（更换密钥时旧的要留到 mashang keys rotate 完成）。"
        )


class IndexKeyOther(DomainError):
    key = "index-key-other"
    message = "MASHANG_INDEX_KEY 不对，应为：已有内容一直使用的那一个，它不能更换。"


async def require_known_keys(vault: Vault, *, at: datetime) -> bool:
    """Whether there was anything to try the keys on; the key that encrypts is known from then on.

    Raises `KeyMissing`, `IndexKeyOther`. A database of before there were known keys is looked through once.
    """
    known = await SealingKey.all()
    ids = [one.id for one in known] if known else sorted(await count_by_key())
    missing = [each for each in ids if each not in vault.ring.ids]
    if missing:
        raise KeyMissing(missing)
    for one in known:
        _try(one, vault=vault)
    first, check = vault.ring.ids[0], vault.index("check", CHECK)
    for each in {first, *ids} - {one.id for one in known}:
        sealed = vault.ring.wrap(CHECK.encode(), place=f"sealing_key:{each}:check", by=each)
        values = {"sealed_check": sealed, "index_check": check, "first_used_at": at}
        await SealingKey.get_or_create(id=each, defaults=values)
    return bool(ids)


def _try(one: SealingKey, *, vault: Vault) -> None:
    try:
        vault.open(one.sealed_check, place=f"sealing_key:{one.id}:check")
    except SealBroken:
        raise KeyMissing([one.id]) from None
    if one.index_check != vault.index("check", CHECK):
        raise IndexKeyOther


async def forget_unused(vault: Vault) -> list[str]:
    """Ids of keys that nothing lies under any more; they may leave the settings."""
    used = await count_by_key()
    unused = [one for one in await SealingKey.exclude(id=vault.ring.ids[0]) if not used[one.id]]
    for one in unused:
        await one.delete()
    return [one.id for one in unused]
