"""A liaison ties their mini-program to their account, with the one-time code they were given for it."""

from datetime import datetime

from tortoise.expressions import Q

from models.errors import DomainError
from models.liaison import Liaison
from organisation.credentials import account_index, bind_code_index
from organisation.house import House
from vault.log import record


class BindingRefused(DomainError):
    """A wrong telephone, a wrong code and a code used before look the same."""

    key = "binding-refused"
    message = "电话或绑定码不对，请核对，或请管理员重新给一个绑定码。"


async def liaison_of(openid: str | None, *, house: House) -> Liaison | None:
    """By their account in the mini-program, or by the one in the chat, where a link from there opened the session."""
    if openid is None:
        return None
    index = account_index(openid, vault=house.vault)
    return await Liaison.filter(Q(mini_index=index) | Q(openid_index=index), is_active=True).first()


async def bind_mini(*, phone: str, code: str, openid: str, at: datetime, house: House) -> Liaison:
    """Raises `BindingRefused`."""
    phones = [phone, phone.replace("-", "")]
    index = bind_code_index(code, vault=house.vault)
    found = await Liaison.filter(phone__in=phones, bind_code_index=index, is_active=True).first()
    if found is None:
        raise BindingRefused
    mini = account_index(openid, vault=house.vault)
    await Liaison.filter(mini_index=mini).update(mini_index=None)
    await Liaison.filter(id=found.id).update(mini_index=mini, bind_code_index=None)
    await record("account.bind", by=f"liaison:{found.id}", at=at, object_id=f"liaison:{found.id}")
    return found


async def unbind_mini(openid: str, *, at: datetime, house: House) -> None:
    """Nothing where nobody was tied to it."""
    for found in await Liaison.filter(mini_index=account_index(openid, vault=house.vault)):
        await Liaison.filter(id=found.id).update(mini_index=None)
        await record("account.unbind", by=f"liaison:{found.id}", at=at, object_id=f"liaison:{found.id}")
