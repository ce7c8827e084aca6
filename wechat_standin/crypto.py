"""Signing and encryption of the message push, written from the platform's documents alone.

The product uses another implementation; where the two disagree, the known-answer vectors decide.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
import string
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32
RANDOM_LETTERS = string.ascii_letters + string.digits


class CryptoError(Exception):
    """The ciphertext is not one this account could have received."""


def signature_of(*parts: str) -> str:
    """SHA-1, in hex, of the parts sorted as strings and joined."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()  # noqa: S324 -- what the protocol says


def pad(data: bytes) -> bytes:
    """PKCS#7 for blocks of 32 bytes: a whole block when the data are already aligned."""
    missing = BLOCK - len(data) % BLOCK
    return data + bytes([missing]) * missing


def unpad(data: bytes) -> bytes:
    if not data or not 1 <= data[-1] <= BLOCK or len(data) < data[-1]:
        raise CryptoError("padding")
    return data[: -data[-1]]


class Crypt:
    """Token, EncodingAESKey and appid of one account; encrypts as the platform and as the account."""

    def __init__(self, *, token: str, aes_key: str, app_id: str) -> None:
        self.token = token
        self.aes_key = aes_key
        self.app_id = app_id
        self._key = base64.b64decode(aes_key + "=")
        if len(self._key) != 32:
            raise ValueError("an EncodingAESKey has 43 characters")

    def signature(self, *, timestamp: str, nonce: str, encrypted: str = "") -> str:
        """`signature` of a push, or with `encrypted` its `msg_signature`."""
        parts = [self.token, timestamp, nonce]
        return signature_of(*parts, *([encrypted] if encrypted else []))

    def is_signed(self, *, given: str, timestamp: str, nonce: str, encrypted: str = "") -> bool:
        return hmac.compare_digest(
            given.encode(), self.signature(timestamp=timestamp, nonce=nonce, encrypted=encrypted).encode()
        )

    def encrypt(self, message: bytes, *, random: str = "", tail: str = "") -> str:
        """`random` is 16 ASCII characters; left out, fresh ones are taken. `tail` stands in for the appid."""
        prefix = random or "".join(secrets.choice(RANDOM_LETTERS) for _ in range(16))
        framed = struct.pack(">I", len(message)) + message + (tail or self.app_id).encode()
        return self.encrypt_raw(pad(prefix.encode() + framed))

    def encrypt_raw(self, padded: bytes) -> str:
        """Encrypts bytes that are padded already, however wrongly; for hostile pushes."""
        encryptor = self._cipher().encryptor()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def decrypt(self, encrypted: str) -> bytes:
        plain = unpad(self._decrypt_raw(encrypted))
        if len(plain) < 20:
            raise CryptoError("too short")
        length = struct.unpack(">I", plain[16:20])[0]
        if length > len(plain) - 20:
            raise CryptoError("length")
        if plain[20 + length :] != self.app_id.encode():
            raise CryptoError("appid")
        return plain[20 : 20 + length]

    def _decrypt_raw(self, encrypted: str) -> bytes:
        try:
            data = base64.b64decode(encrypted, validate=True)
        except binascii.Error:
            raise CryptoError("base64") from None
        if not data or len(data) % 16:
            raise CryptoError("ciphertext length")
        decryptor = self._cipher().decryptor()
        return decryptor.update(data) + decryptor.finalize()

    def _cipher(self) -> Cipher[modes.CBC]:
        return Cipher(algorithms.AES(self._key), modes.CBC(self._key[:16]))
