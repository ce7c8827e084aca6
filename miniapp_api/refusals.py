"""Which refusals an address can answer with: what it declares itself, and what follows from what it takes."""

from collections.abc import Iterator

from intake.photos import FileTooLarge
from intake.uploads import UploadsCrowded
from miniapp_api.errors import (
    BodyTooLarge,
    FieldsWrong,
    KeyReused,
    Malformed,
    NotJson,
    NotMultipart,
    RoleNotAllowed,
    SessionUnknown,
    Unavailable,
    status_of,
)
from miniapp_api.operations import SIGNED_IN, Operation
from models.errors import DomainError
from vault.keys import SealBroken


def refusals_of(told: Operation) -> dict[int, list[type[DomainError]]]:
    """By HTTP status; each kind once, in the order of its key."""
    found: dict[int, list[type[DomainError]]] = {}
    for kind in sorted({*told.refuses, *_following(told)}, key=lambda kind: kind.key):
        found.setdefault(status_of(kind), []).append(kind)
    return found


def _following(told: Operation) -> Iterator[type[DomainError]]:
    yield from (Unavailable, SealBroken)
    if not told.is_open:
        yield SessionUnknown
        if told.who != SIGNED_IN:
            yield RoleNotAllowed
    if told.body:
        yield from (BodyTooLarge, NotJson)
    if told.takes_file:
        yield from (FileTooLarge, NotMultipart, UploadsCrowded)
    if told.body or told.query or told.takes_file:
        yield Malformed
    if told.body or told.query or told.takes_file or told.creates:
        yield FieldsWrong
    if told.creates:
        yield KeyReused
