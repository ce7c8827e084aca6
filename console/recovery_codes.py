"""Recovery codes: twelve digits each, ten at a time, for whoever has not got their phone at hand.

Digits alone, since they go into the field of the one-time code, whose keyboard on a phone has nothing else.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from clients.database import changed, rows
from models.fields import to_millis
from models.recovery_code import RecoveryCode
from models.staff import Staff
from organisation.house import House
from vault.log import record

HOW_MANY: Final = 10
DIGITS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """`used_at` are the moments at which the others were used, the newest first."""

    count: int
    used_at: Sequence[datetime]


async def make_codes(staff: Staff, *, secret: str, house: House) -> list[str]:
    """All new ones, in groups of four; the ones before open nothing any more. Call inside a transaction.

    `secret` is the account's TOTP secret, here and below.
    """
    # one after the other, or two who ask at once would leave twenty
    await rows("SELECT id FROM staff WHERE id = $1 FOR UPDATE", staff.id)
    await RecoveryCode.filter(staff_id=staff.id).delete()
    made = [f"{secrets.randbelow(10**DIGITS):0{DIGITS}}" for _ in range(HOW_MANY)]
    factor = _factor(staff, secret=secret, house=house)
    await RecoveryCode.bulk_create(
        RecoveryCode(
            staff_id=staff.id,
            factor_index=factor,
            code_index=_index(code, staff=staff, secret=secret, house=house),
        )
        for code in made
    )
    await record("staff.recovery-codes", by=f"staff:{staff.id}", at=house.clock.now())
    return [" ".join(code[start : start + 4] for start in range(0, DIGITS, 4)) for code in made]


async def use_code(typed: str, *, staff: Staff, secret: str, house: House) -> bool:
    """Whether it was one that had not been used; it has been now. Call inside a transaction."""
    code = "".join(typed.split()).replace("-", "")
    if len(code) != DIGITS:
        return False
    at = house.clock.now()
    index = _index(code, staff=staff, secret=secret, house=house)
    use = "UPDATE recovery_code SET used_at = $1 WHERE staff_id = $2 AND code_index = $3 AND used_at IS NULL"
    if not await changed(use, to_millis(at), staff.id, index):
        return False
    await record("staff.recovery-code-used", by=f"staff:{staff.id}", at=at)
    return True


async def left_of(staff: Staff, *, secret: str, house: House) -> Left:
    factor = _factor(staff, secret=secret, house=house)
    found = await RecoveryCode.filter(staff_id=staff.id, factor_index=factor).order_by("-used_at")
    used = [row.used_at for row in found if row.used_at is not None]
    return Left(count=len(found) - len(used), used_at=used)


async def is_used_since(at: datetime, *, staff: Staff) -> bool:
    return await RecoveryCode.filter(staff_id=staff.id, used_at__gte=at).exists()


def _factor(staff: Staff, *, secret: str, house: House) -> str:
    return house.vault.index("recovery-factor", f"{staff.id} {secret}")


def _index(code: str, *, staff: Staff, secret: str, house: House) -> str:
    return house.vault.index("recovery-code", f"{staff.id} {secret} {code}")
