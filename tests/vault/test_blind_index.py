"""The blind index is HMAC-SHA256: what was indexed before is found again."""

import hmac

from hypothesis import given
from hypothesis import strategies as st

from vault.blind import BlindIndex
from vault.vault import Vault


@given(key=st.binary(max_size=200), value=st.binary(max_size=300))
def test_it_is_what_the_standard_library_makes(key: bytes, value: bytes) -> None:
    blind = BlindIndex(key)
    assert blind.digest(value) == hmac.digest(key, value, "sha256") == blind.digest(value)


def test_kinds_are_kept_apart() -> None:
    vault = Vault(keys=[bytes(32)], index_key=bytes(range(32)))
    assert vault.index("oa", "o-1") == hmac.digest(bytes(range(32)), b"oa\0o-1", "sha256").hex()
    assert vault.index("oa", "o-1") != vault.index("phone", "o-1")
