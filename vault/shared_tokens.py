"""WeChat's access token as processes share it through Redis, sealed: Redis alone lets nobody speak in our name."""

from base64 import b64decode, b64encode
from binascii import Error

from vault.keys import KeyUnknown, SealBroken
from vault.vault import Vault


class SharedToken:
    """Of one appid. Kept for two hours at most, so nothing of it has to be sealed anew when keys change."""

    def __init__(self, vault: Vault, *, appid: str) -> None:
        self._vault = vault
        self._place = f"wechat:{appid}:token"

    def seal(self, token: str) -> bytes:
        return b64encode(self._vault.seal(token, place=self._place))

    def open(self, sealed: bytes | str) -> str | None:
        """None for what was put there by somebody else, or under a key that this process does not have yet."""
        try:
            return self._vault.open(b64decode(sealed, validate=True), place=self._place)
        except (SealBroken, KeyUnknown, Error, ValueError):
            return None
