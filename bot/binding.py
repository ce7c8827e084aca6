"""`绑定 电话 绑定码`: a staff member or liaison ties this chat to their account, once per code."""

from datetime import datetime

from bot import texts
from bot.effects import Bind
from bot.entering import Entries
from bot.talks import Talk
from models.liaison import Liaison
from models.staff import Staff
from organisation.credentials import account_index, bind_code_index
from organisation.house import House
from organisation.live import raise_version
from organisation.tries import count_try, forgive
from vault.log import record


async def bind(effect: Bind, *, talk: Talk, openid: str, at: datetime, entries: Entries, house: House) -> str:
    """A person may be both staff and liaison; each is bound by its own code."""
    bare = effect.phone.replace("-", "")
    tried = (f"bind:{talk.person_index}", f"bind-phone:{house.vault.index('phone', bare)}")
    standing = await count_try(tried, house=house)
    if standing.refused_for or standing.is_too_soon:
        return texts.BIND_WAIT
    phones = [bare, effect.phone]
    code = bind_code_index(effect.code, vault=house.vault)
    person = await Staff.filter(phone__in=phones, bind_code_index=code, is_active=True).first()
    kind = "staff"
    liaison = await Liaison.filter(phone__in=phones, bind_code_index=code, is_active=True).first()
    found = person or liaison
    if found is None:
        return texts.BIND_WRONG
    await forgive(tried, house=house)
    if found is liaison:
        kind = "liaison"
    found.bind_code_index = None
    found.openid_index = account_index(openid, vault=house.vault)
    found.sealed_openid = house.vault.seal(openid, place=f"{kind}:{found.id}:openid")
    await found.save(update_fields=["bind_code_index", "openid_index", "sealed_openid"])
    await record("account.bind", by=f"{kind}:{found.id}", at=at, object_id=f"{kind}:{found.id}")
    await raise_version(at=at)
    return texts.BOUND.format(name=found.name)
