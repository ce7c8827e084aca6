"""A link that opens the web client as a liaison: given in the chat they are bound in, good for half an hour.

It says who and until when, and is signed; nothing of it is stored. It ends with the binding it was given for.
"""

import hmac
from datetime import datetime, timedelta
from typing import Final

from models.errors import DomainError
from models.fields import from_millis, to_millis
from models.liaison import Liaison
from organisation.house import House

LASTS: Final = timedelta(minutes=30)
LONGEST: Final = 128


class LinkOver(DomainError):
    """Too old, mistyped, made up, or of somebody who is no liaison any more: all look the same."""

    key = "link-over"
    message = "链接用不了了，请在公众号里再发一次“任务”。"


def make_link(liaison: Liaison, *, at: datetime, house: House) -> str:
    until = to_millis(at + LASTS)
    return f"{liaison.id}.{until}.{_signature(liaison, until=until, house=house)}"


async def liaison_behind(link: str, *, house: House) -> Liaison:
    """Raises `LinkOver`."""
    who, _, rest = link.partition(".")
    until, _, signature = rest.partition(".")
    if len(link) > LONGEST or not (_is_number(who) and _is_number(until)):
        raise LinkOver
    found = await Liaison.get_or_none(id=int(who), is_active=True)
    if found is None or found.openid_index is None or from_millis(int(until)) <= house.clock.now():
        raise LinkOver
    wanted = _signature(found, until=int(until), house=house)
    if not hmac.compare_digest(signature.encode(), wanted.encode()):
        raise LinkOver
    return found


def openid_of_liaison(liaison: Liaison, *, house: House) -> str:
    """That of the chat they are bound in; call it for one who is."""
    return house.vault.open(bytes(liaison.sealed_openid or b""), place=f"liaison:{liaison.id}:openid")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 16


def _signature(liaison: Liaison, *, until: int, house: House) -> str:
    return house.vault.index("liaison-link", f"{liaison.id} {until} {liaison.openid_index}")
