"""Who of the staff and liaisons is tied to a chat with the official account; untying, and a liaison's being away."""

from collections.abc import Sequence
from datetime import datetime

from models.choices import LiaisonRole
from models.liaison import Liaison
from models.staff import Staff
from organisation.credentials import account_index
from organisation.house import House
from organisation.live import raise_version
from vault.log import record

HEADS = (LiaisonRole.CHIEF, LiaisonRole.DEPUTY)


async def liaison_in(openid: str, *, house: House) -> Liaison | None:
    return await Liaison.filter(openid_index=account_index(openid, vault=house.vault), is_active=True).first()


async def staff_in(openid: str, *, house: House) -> Staff | None:
    """Only who may use the console as well."""
    index = account_index(openid, vault=house.vault)
    return await Staff.filter(openid_index=index, is_active=True, confirmed_at__isnull=False).first()


async def is_bound(openid: str, *, house: House) -> bool:
    index = account_index(openid, vault=house.vault)
    return (
        await Staff.filter(openid_index=index).exists() or await Liaison.filter(openid_index=index).exists()
    )


async def unbind_chat(openid: str, *, at: datetime, house: House) -> int:
    """Answers how many accounts were tied to it. Call inside a transaction."""
    index = account_index(openid, vault=house.vault)
    nothing = {"openid_index": None, "sealed_openid": None}
    untied = [f"staff:{one.id}" for one in await Staff.filter(openid_index=index)]
    untied += [f"liaison:{one.id}" for one in await Liaison.filter(openid_index=index)]
    if not untied:
        return 0
    await Staff.filter(openid_index=index).update(**nothing)
    await Liaison.filter(openid_index=index).update(**nothing)
    for who in untied:
        await record("account.unbind", by=who, at=at, object_id=who)
    await raise_version(at=at)
    return len(untied)


async def set_away(liaison: Liaison, *, is_away: bool, at: datetime) -> None:
    await Liaison.filter(id=liaison.id).update(is_away=is_away)
    await record(
        "liaison.away" if is_away else "liaison.back",
        by=f"liaison:{liaison.id}",
        at=at,
        object_id=f"liaison:{liaison.id}",
    )


async def standing_in(village: str, *, but: Sequence[int]) -> Liaison | None:
    """Who gets the village's alerts while that one is away: a head who is bound and here."""
    here = Liaison.filter(village_id=village, role__in=HEADS, is_active=True, is_away=False)
    return (
        await here.filter(openid_index__isnull=False).exclude(id__in=list(but)).order_by("role", "id").first()
    )
