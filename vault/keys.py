"""The key ring and data keys: AES-256-GCM, every value bound to its place."""

import hashlib
import os
from collections.abc import Sequence
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.errors import DomainError

NONCE_SIZE = 12
KEY_ID_SIZE = 4


class SealBroken(DomainError):
    """A sealed value does not open at this place: altered, moved from another row, or another key."""

    key = "seal-broken"
    message = "这条内容打不开，可能被改动过，请联系系统管理员。"


class KeyUnknown(DomainError):
    key = "key-unknown"

    def __init__(self, key_id: bytes) -> None:
        super().__init__(f"缺少编号为 {key_id.hex()} 的密钥，请检查 MASHANG_KEYS。")


class DataKey:
    """Seals values of one report (or conversation, or attachment).

    `place` names table, row and column (`report:<id>:subject`) and must be the same when opening.
    """

    __slots__ = ("_aead", "raw")

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self._aead = AESGCM(raw)

    def seal(self, value: bytes, *, place: str) -> bytes:
        nonce = os.urandom(NONCE_SIZE)
        return nonce + self._aead.encrypt(nonce, value, place.encode())

    def open(self, sealed: bytes, *, place: str) -> bytes:
        try:
            return self._aead.decrypt(sealed[:NONCE_SIZE], sealed[NONCE_SIZE:], place.encode())
        except (InvalidTag, ValueError):
            raise SealBroken from None

    def seal_text(self, value: str, *, place: str) -> bytes:
        return self.seal(value.encode(), place=place)

    def open_text(self, sealed: bytes, *, place: str) -> str:
        return self.open(sealed, place=place).decode()

    def seal_json(self, value: Any, *, place: str) -> bytes:
        return self.seal(orjson.dumps(value), place=place)

    def open_json(self, sealed: bytes, *, place: str) -> Any:
        return orjson.loads(self.open(sealed, place=place))


class KeyRing:
    """The keys of the settings: the first encrypts, all decrypt; each is known by a short id of itself."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        self._keys = {
            hashlib.sha256(b"mashang key id" + key).digest()[:KEY_ID_SIZE]: DataKey(key) for key in keys
        }
        self._first = next(iter(self._keys))

    @property
    def ids(self) -> tuple[str, ...]:
        """Of every key, the one that encrypts first; an id tells nothing of its key."""
        return tuple(key_id.hex() for key_id in self._keys)

    def wrap(self, value: bytes, *, place: str, by: str = "") -> bytes:
        """Under the first key, or the one whose id is `by`."""
        key_id = bytes.fromhex(by) or self._first
        return key_id + self._keys[key_id].seal(value, place=place)

    def unwrap(self, wrapped: bytes, *, place: str) -> bytes:
        """Raises `KeyUnknown` when the ring lacks the key, `SealBroken` when the value does not fit."""
        key = self._keys.get(wrapped[:KEY_ID_SIZE])
        if key is None:
            raise KeyUnknown(wrapped[:KEY_ID_SIZE])
        return key.open(wrapped[KEY_ID_SIZE:], place=place)

    def rewrap(self, wrapped: bytes, *, place: str) -> bytes:
        """The same value under the first key. Raises as `unwrap` does."""
        return self.wrap(self.unwrap(wrapped, place=place), place=place)
