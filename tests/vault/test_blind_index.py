"""The blind index is HMAC-SHA256: what was indexed before is found again."""

import hmac

from hypothesis import given
from hypothesis import strategies as st

from vault.vault import Vault


@given(key=st.binary(min_size=1, max_size=200), value=st.text(max_size=100))
def test_it_is_what_the_standard_says_time_after_time(key: bytes, value: str) -> None:
    vault = Vault(keys=[bytes(32)], index_key=key)
    expected = hmac.digest(key, f"oa\0{value}".encode(), "sha256").hex()
    assert vault.index("oa", value) == expected == vault.index("oa", value)


def test_kinds_are_kept_apart() -> None:
    vault = Vault(keys=[bytes(32)], index_key=bytes(range(32)))
    assert vault.index("oa", "o-1") != vault.index("phone", "o-1")
