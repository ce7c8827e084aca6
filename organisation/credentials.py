"""What proves who staff and liaisons are: passwords, one-time-code secrets, bind codes; how each is kept."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from vault.vault import Vault

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_MADE_LENGTH = 16


def hash_password(password: str) -> str:
    """Argon2id; takes about 30 ms of a core, so call it in a thread."""
    return _HASHER.hash(password)


def is_password(password: str, *, of: str) -> bool:
    """Whether `password` is the one whose hash is `of`; as slow as hashing."""
    try:
        return _HASHER.verify(of, password)
    except (VerificationError, InvalidHashError):
        return False


def make_password() -> str:
    """Sixteen characters that read aloud without doubt (79 bits)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(_MADE_LENGTH))


def totp_place(username: str) -> str:
    """What `Staff.sealed_totp_secret` is bound to: the username never changes, an id comes too late."""
    return f"staff:{username}:totp_secret"


def seal_totp_secret(secret: str, *, username: str, vault: Vault) -> bytes:
    return vault.seal(secret, place=totp_place(username))


def open_totp_secret(sealed: bytes, *, username: str, vault: Vault) -> str:
    """The base32 secret; raises `vault.keys.SealBroken` when it belongs to another account."""
    return vault.open(sealed, place=totp_place(username))


def bind_code_index(bind_code: str, *, vault: Vault) -> str:
    """What `bind_code_index` of staff and liaisons holds; empty once the code was used."""
    return vault.index("bind_code", bind_code.strip().upper())


def account_index(openid: str, *, vault: Vault) -> str:
    """What `openid_index` of staff and liaisons holds: never equal to the index of what they say or report.

    These rows hold names; one value in common with a report would tell who filed it to anybody with a dump.
    """
    return vault.index("account", openid)
