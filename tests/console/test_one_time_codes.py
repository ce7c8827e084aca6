"""One-time codes, held against RFC 6238 and against pyotp."""

import base64

import pyotp
import pytest

from console.one_time_codes import code_at, step_of

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_the_vectors_of_the_standard(seconds, code):
    assert code_at(seconds // 30, secret=RFC_SECRET) == code
    assert step_of(code, secret=RFC_SECRET, now=seconds) == seconds // 30


def test_the_same_as_an_authenticator():
    secret = pyotp.random_base32()
    for seconds in range(1_700_000_000, 1_700_003_000, 30):
        assert code_at(seconds // 30, secret=secret) == pyotp.TOTP(secret).at(seconds)


def test_a_step_early_or_late_will_do_and_two_will_not():
    now = 1_800_000_000
    for offset in (-1, 0, 1):
        code = code_at(now // 30 + offset, secret=RFC_SECRET)
        assert step_of(f" {code[:3]} {code[3:]}", secret=RFC_SECRET, now=now) == now // 30 + offset
    assert step_of(code_at(now // 30 - 2, secret=RFC_SECRET), secret=RFC_SECRET, now=now) is None


def test_short_and_unpadded_secrets_work_and_nonsense_does_not():
    assert len(code_at(1, secret="JBSWY3DPEHPK3PXP")) == 6
    assert code_at(1, secret="jbsw y3dp ehpk 3pxp") == code_at(1, secret="JBSWY3DPEHPK3PXP")
    with pytest.raises(ValueError, match="base32"):
        code_at(1, secret="1189!")
