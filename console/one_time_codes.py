"""Time-based one-time codes (RFC 6238: SHA-1, 30 seconds, six digits).

pyotp refuses secrets under 112 bits; devices already handed out in the counties hold shorter ones.
"""

import base64
import binascii
import hmac

STEP_SECONDS = 30
DIGITS = 6
STEPS_ACCEPTED = (0, -1, 1)


def code_at(step: int, *, secret: str) -> str:
    """`secret` is base32, with or without padding; raises `ValueError` when it is not."""
    text = "".join(secret.split()).rstrip("=")
    try:
        key = base64.b32decode(text + "=" * (-len(text) % 8), casefold=True)
    except binascii.Error as exc:
        raise ValueError("not base32") from exc
    digest = hmac.digest(key, step.to_bytes(8, "big"), "sha1")
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def step_of(code: str, *, secret: str, now: int) -> int | None:
    """The step `code` belongs to, at `now` seconds or one step beside it; None when it is no code of then."""
    given = "".join(code.split()).encode()
    for offset in STEPS_ACCEPTED:
        step = now // STEP_SECONDS + offset
        if hmac.compare_digest(code_at(step, secret=secret).encode(), given):
            return step
    return None
