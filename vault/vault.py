"""What the rooms use to seal: new data keys, values sealed under the ring itself, blind indexes."""

import hmac
import os
from collections.abc import Sequence

from vault.keys import DataKey, KeyRing


class Vault:
    """`keys` are the 32-byte keys of the settings, `index_key` the one for blind indexes (never rotated)."""

    def __init__(self, *, keys: Sequence[bytes], index_key: bytes) -> None:
        self.ring = KeyRing(keys)
        # the key is worked in once: a copy takes two thirds of the time that beginning anew would
        self._blind = hmac.new(index_key, digestmod="sha256")

    def new_key(self, *, place: str) -> tuple[DataKey, bytes]:
        """A fresh data key, and itself wrapped for the row's `data_key` column."""
        raw = os.urandom(32)
        return DataKey(raw), self.ring.wrap(raw, place=place)

    def key(self, wrapped: bytes, *, place: str) -> DataKey:
        return DataKey(self.ring.unwrap(bytes(wrapped), place=place))

    def seal(self, value: str, *, place: str) -> bytes:
        """For what belongs to no report: openids and TOTP secrets of staff and liaisons."""
        return self.ring.wrap(value.encode(), place=place)

    def open(self, sealed: bytes, *, place: str) -> str:
        return self.ring.unwrap(bytes(sealed), place=place).decode()

    def index(self, kind: str, value: str) -> str:
        """Keyed hash for look-ups by a value that is not stored readable; `kind` separates the uses."""
        keyed = self._blind.copy()
        keyed.update(f"{kind}\0{value}".encode())
        return keyed.hexdigest()
