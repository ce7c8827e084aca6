"""A sealed file of many frames, read from front to back: nothing of it opens without the keys, nor in another order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from models.errors import DomainError
from vault.keys import DataKey, SealBroken
from vault.vault import Vault

MAGIC: Final = b"mashang backup 1\n"
KEY_PLACE: Final = "backup:key"
LENGTH: Final = 4


class ParcelBroken(DomainError):
    key = "parcel-broken"
    message = "这不是完整的码上备份文件：它被截断、改动过，或者根本不是备份。"


class ParcelWriter:
    def __init__(self, file: BinaryIO, *, vault: Vault) -> None:
        self._file = file
        self._key, wrapped = vault.new_key(place=KEY_PLACE)
        self._count = 0
        file.write(MAGIC + len(wrapped).to_bytes(LENGTH) + wrapped)

    def put(self, head: dict[str, Any], body: bytes = b"") -> None:
        said = orjson.dumps(head)
        plain = len(said).to_bytes(LENGTH) + said + body
        sealed = self._key.seal(plain, place=f"backup:{self._count}")
        self._file.write(len(sealed).to_bytes(LENGTH) + sealed)
        self._count += 1


def frames(path: Path, *, vault: Vault) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Head and body of each. Raises `ParcelBroken`, and `KeyUnknown` without the key; whether the last one is the
    last is for the reader to know."""
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise ParcelBroken
        try:
            key = vault.key(_sized(file), place=KEY_PLACE)
            count = 0
            while sealed := _sized(file, may_end=True):
                yield _opened(sealed, key=key, count=count)
                count += 1
        except SealBroken:
            raise ParcelBroken from None


def _opened(sealed: bytes, *, key: DataKey, count: int) -> tuple[dict[str, Any], bytes]:
    plain = key.open(sealed, place=f"backup:{count}")
    end = LENGTH + int.from_bytes(plain[:LENGTH])
    return orjson.loads(plain[LENGTH:end]), plain[end:]


def _sized(file: BinaryIO, *, may_end: bool = False) -> bytes:
    length = file.read(LENGTH)
    if may_end and not length:
        return b""
    content = file.read(int.from_bytes(length))
    if len(length) < LENGTH or not content or len(content) < int.from_bytes(length):
        raise ParcelBroken
    return content
