"""Staff and liaisons: who they are, how they prove it, and who has to confirm an account before it works."""

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime

from models.choices import Role
from models.liaison import Liaison
from models.staff import Staff
from models.staff_session import StaffSession
from organisation import credentials
from organisation.importing import tables
from organisation.importing.journal import Journal
from organisation.importing.records import Batch, Record
from organisation.importing.summary import Count, ImportSummary
from organisation.importing.writing import Attributes, attributes, differing, write
from vault.vault import Vault

CONFIRMED_ROLES = (Role.HANDLER, Role.LEADER, Role.APPROVER)
"""Those whose accounts wait for confirmation; an approver opens no report, but what he signs opens identities."""

_SECRETS = ("password", "totp_secret", "bind_code")


@dataclass(slots=True)
class Passwords:
    """By username: hashes to store, and passwords made because the file gave none."""

    hashes: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict, repr=False)


async def prepare_passwords(batch: Batch) -> Passwords:
    """Hashing is slow on purpose: done before the transaction, in threads, and only for what has changed."""
    stored = dict(await Staff.all().values_list("username", "password_hash"))
    passwords = Passwords()
    wanted: list[tuple[str, str, str]] = []
    for record in batch.records(tables.STAFF):
        username, password = record.text("username"), record.text("password")
        if username not in stored and not password:
            password = passwords.made[username] = credentials.make_password()
        if password:
            wanted.append((username, password, stored.get(username, "")))
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        hashes = await asyncio.gather(
            *(loop.run_in_executor(pool, _rehashed, p, old) for _, p, old in wanted)
        )
    for (username, _, _), hashed in zip(wanted, hashes, strict=True):
        if hashed:
            passwords.hashes[username] = hashed
    return passwords


def _rehashed(password: str, old: str) -> str:
    """A new hash, or nothing when `old` is already one of this password."""
    return "" if old and credentials.is_password(password, of=old) else credentials.hash_password(password)


async def write_staff(
    batch: Batch,
    *,
    passwords: Passwords,
    vault: Vault,
    at: datetime,
    version: int,
    summary: ImportSummary,
    journal: Journal,
) -> Count:
    """The accounts of the first import work at once; later, new and changed ones wait, and are signed out."""
    stored = {person.username: person for person in await Staff.all()}
    is_first = not any(person.role in CONFIRMED_ROLES for person in stored.values())
    rows: list[tuple[Staff | None, Attributes]] = []
    signed_out: list[int] = []
    for record in batch.records(tables.STAFF):
        person = stored.get(record.text("username"))
        wanted = _staff_attributes(record, person=person, passwords=passwords, vault=vault)
        if person is None or differing(person, wanted):
            is_waiting = wanted["role"] in CONFIRMED_ROLES and not is_first
            wanted |= {"known_since": version, "confirmed_at": None if is_waiting else at}
            summary.waiting += is_waiting and wanted.get("is_active") is not False
            signed_out += [person.id] if person else []
        rows.append((person, wanted))
    summary.passwords = passwords.made
    count = await write(Staff, rows, journal=journal)
    await _sign_out(signed_out)
    return count


def _staff_attributes(
    record: Record, *, person: Staff | None, passwords: Passwords, vault: Vault
) -> Attributes:
    wanted = attributes(record, without=_SECRETS)
    username, secret = record.text("username"), record.text("totp_secret")
    if username in passwords.hashes:
        wanted["password_hash"] = passwords.hashes[username]
    if secret and secret != _totp_secret(person, vault=vault):
        wanted["sealed_totp_secret"] = credentials.seal_totp_secret(secret, username=username, vault=vault)
    return wanted | _bind_code(record, person=person, vault=vault)


def _totp_secret(person: Staff | None, *, vault: Vault) -> str:
    if person is None or person.sealed_totp_secret is None:
        return ""
    return credentials.open_totp_secret(person.sealed_totp_secret, username=person.username, vault=vault)


def _bind_code(record: Record, *, person: Staff | Liaison | None, vault: Vault) -> Attributes:
    """A code opens once: who is bound already keeps what the console may have given since."""
    code = record.text("bind_code")
    if not code or (person is not None and person.openid_index is not None):
        return {}
    return {"bind_code_index": credentials.bind_code_index(code, vault=vault)}


async def _sign_out(staff_ids: Sequence[int]) -> None:
    for start in range(0, len(staff_ids), 500):
        await StaffSession.filter(staff_id__in=staff_ids[start : start + 500]).delete()


async def write_liaisons(batch: Batch, *, vault: Vault, journal: Journal) -> Count:
    stored = {person.phone: person for person in await Liaison.all()}
    rows: list[tuple[Liaison | None, Attributes]] = []
    for record in batch.records(tables.LIAISONS):
        person = stored.get(record.text("phone"))
        wanted = attributes(record, without=_SECRETS) | _bind_code(record, person=person, vault=vault)
        rows.append((person, wanted))
    return await write(Liaison, rows, journal=journal)
