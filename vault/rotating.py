"""Changing the keys while everything runs: what the old ones wrapped is wrapped by the first, a few rows at a time.

Data keys stay what they are, so nothing that was said is sealed anew. Where a value stands is the only progress kept:
whoever is interrupted begins again where the rows say.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tortoise.transactions import in_transaction

from clients.database import changed, rows
from vault.keys import KEY_ID_SIZE, SealBroken
from vault.vault import Vault

AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """A column that the ring itself wraps; `place` is what its value is bound to, `named` the column that fills it."""

    table: str
    column: str
    place: str
    named: str = "id"
    only: str = "TRUE"


# every `Vault.new_key` and `Vault.seal` of the rooms writes into one of these: tests/vault/test_rotating_keys.py
WRAPPED: Final = (
    Wrapped(table="report", column="data_key", place="report:{}:key"),
    Wrapped(table="conversation", column="data_key", place="conversation:{}:key"),
    Wrapped(table="attachment", column="data_key", place="attachment:{}:key", only="NOT is_under_report"),
    Wrapped(table="api_draft", column="data_key", place="api_draft:{}:key"),
    Wrapped(table="staff_draft", column="data_key", place="staff_draft:{}:key"),
    Wrapped(table="survey_answer", column="data_key", place="survey_answer:{}:key"),
    Wrapped(table="api_session", column="sealed_openid", place="api_session:{}:openid"),
    Wrapped(table="shelved_push", column="sealed_body", place="shelved_push:{}:body"),
    Wrapped(table="staff", column="sealed_openid", place="staff:{}:openid"),
    Wrapped(table="staff", column="sealed_totp_secret", place="staff:{}:totp_secret", named="username"),
    Wrapped(table="staff_session", column="sealed_enrolment", place="staff_session:{}:enrolment"),
    Wrapped(table="saved_filter", column="sealed_body", place="saved_filter:{}:body"),
    Wrapped(table="liaison", column="sealed_openid", place="liaison:{}:openid"),
)


@dataclass(slots=True)
class Rotated:
    """`broken`: values that open under no key at their place; they stay as they are."""

    done: int = 0
    broken: int = 0


async def count_by_key() -> Counter[str]:
    """Values under each key, by the key's id."""
    counted: Counter[str] = Counter()
    for one in WRAPPED:
        sql = f"""SELECT substr({one.column}, 1, {KEY_ID_SIZE}) AS key, count(*) AS many FROM {one.table}
          WHERE {one.column} IS NOT NULL AND {one.only} GROUP BY 1"""
        for row in await rows(sql):
            counted[bytes(row["key"]).hex()] += row["many"]
    return counted


async def rotate(vault: Vault, *, progress: Callable[[int], None]) -> Rotated:
    """Raises `KeyUnknown` at the first value whose key the ring lacks. `progress` is told how many more are done."""
    rotated = Rotated()
    for one in WRAPPED:
        await _rotate_column(one, vault=vault, rotated=rotated, progress=progress)
    return rotated


async def _rotate_column(
    one: Wrapped, *, vault: Vault, rotated: Rotated, progress: Callable[[int], None]
) -> None:
    first = bytes.fromhex(vault.ring.ids[0])
    is_old = f"{one.column} IS NOT NULL AND substr({one.column}, 1, {KEY_ID_SIZE}) <> $1 AND {one.only}"
    next_page = f"""SELECT id, {one.named} AS named, {one.column} AS value FROM {one.table}
      WHERE {is_old} ORDER BY id LIMIT {AT_ONCE}"""
    following = next_page.replace("ORDER BY", "AND id > $2 ORDER BY")
    # a value that changed meanwhile was wrapped by somebody else, under the first key
    replace = f"UPDATE {one.table} SET {one.column} = $1 WHERE id = $2 AND {one.column} = $3"
    page = await rows(next_page, first)
    while page:
        async with in_transaction():
            for row in page:
                wrapped = bytes(row["value"])
                try:
                    anew = vault.ring.rewrap(wrapped, place=one.place.format(row["named"]))
                except SealBroken:
                    rotated.broken += 1
                    continue
                rotated.done += await changed(replace, anew, row["id"], wrapped)
        progress(len(page))
        page = await rows(following, first, page[-1]["id"])
