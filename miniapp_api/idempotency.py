"""The same key and content give the same answer; two at once have one effect.

The answer is sealed under a key made from what only the client has (its token, or the key itself where there is
no token yet): whoever holds database and settings cannot read a receipt out of it.
"""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from clients.database import changed, rows
from miniapp_api.errors import FieldsWrong, KeyReused
from miniapp_api.texts import KEY_TOO_LONG
from models.fields import to_millis
from organisation.house import House
from vault.keys import DataKey

MAX_LENGTH: Final = 255
UNGUESSABLE: Final = 22
"""Without a token the key alone says whose answer it is: only one that nobody guesses is remembered."""

RESERVE = """INSERT INTO idempotency_key (key, body_index, status, sealed_answer, created_at)
  VALUES ($1, $2, 0, $3, $4) ON CONFLICT (key) DO NOTHING"""
FIND = "SELECT body_index, status, sealed_answer FROM idempotency_key WHERE key = $1"
KEEP = "UPDATE idempotency_key SET status = $2, sealed_answer = $3 WHERE key = $1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """One key of one client for one address, with the content it came with."""

    key: str
    body_index: str
    seal: DataKey

    async def answered(self) -> tuple[int, bytes] | None:
        """Status and body given before; raises `KeyReused` when they were given for another content."""
        found = await rows(FIND, self.key)
        if not found:
            return None
        if found[0]["body_index"] != self.body_index:
            raise KeyReused
        if not found[0]["status"]:
            return None
        return found[0]["status"], self.seal.open(bytes(found[0]["sealed_answer"]), place=self._place)

    async def reserve(self, *, house: House) -> bool:
        """Call first in the transaction: the second of two waits here for the first."""
        at = to_millis(house.clock.now())
        return bool(await changed(RESERVE, self.key, self.body_index, b"", at))

    async def keep(self, *, status: int, answer: bytes) -> None:
        await changed(KEEP, self.key, status, self.seal.seal(answer, place=self._place))

    @property
    def _place(self) -> str:
        return f"idempotency_key:{self.key}:answer"


def once(*, header: str, address: str, token: str, content: bytes, house: House) -> Once | None:
    """None when the client named no key, or, without a token, one that could be guessed."""
    if len(header) > MAX_LENGTH:
        raise FieldsWrong([("Idempotency-Key", KEY_TOO_LONG)])
    if not header or (not token and len(header) < UNGUESSABLE):
        return None
    secret = f"{address}\0{token}\0{header}"
    return Once(
        key=house.vault.index("idempotency", secret),
        body_index=house.vault.index("idempotency", sha256(content).hexdigest()),
        seal=DataKey(sha256(f"idempotent answer\0{secret}".encode()).digest()),
    )
