"""Whom a report is hidden from, as a blind index: who is barred may be who is reported."""

from vault.vault import Vault


def bar_index(who: str, *, vault: Vault) -> str:
    """`who` is a person key (`staff:<id>`, `liaison:<id>`) or `body:<code>`."""
    return vault.index("bar", who)
