"""Recovery codes: each opens once, nothing of them is stored readable, and their use is told."""

import re

import pytest

from models.event import Event
from models.recovery_code import RecoveryCode
from models.staff import Staff
from organisation import tries
from organisation.credentials import seal_totp_secret
from tests.console.conftest import PASSWORD

HERE = "/console/sessions"
SHOWN = re.compile(r'data-recovery-code="([\d ]+)"')


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(tries, "PAUSES", (0,) * 5)


async def half_way(browser, username="t-east-l"):
    """The password is given, a code is asked for."""
    await browser.get(HERE)
    await browser.post("/console/logout")
    await browser.get("/console/login")
    await browser.post("/console/login", username=username, password=PASSWORD)
    await browser.get("/console/login")
    return browser


async def made(browser):
    await browser.get(HERE)
    assert (await browser.post("/console/recovery-codes", password=PASSWORD)).status == 200
    return SHOWN.findall(browser.text)


def left(browser):
    return int(re.search(r'data-codes-left="(\d+)"', browser.text)[1])


async def test_each_opens_once_is_kept_as_a_hash_and_its_use_is_told(browser, world):
    await browser.sign_in("t-east-l")
    codes = await made(browser)
    assert len(set(codes)) == 10 and all(re.fullmatch(r"\d{4} \d{4} \d{4}", code) for code in codes)
    stored = " ".join(str(value) for row in await RecoveryCode.all().values() for value in row.values())
    assert not any(code.replace(" ", "") in stored for code in codes)
    await browser.get(HERE)
    assert left(browser) == 10 and not SHOWN.search(browser.text)

    await half_way(browser)
    answer = await browser.post("/console/login", otp=codes[0])
    assert (answer.status, answer.headers["Location"]) == (303, f"{HERE}?told=code")
    await browser.get(f"{HERE}?told=code")
    assert left(browser) == 9 and "恢复码用过了" in browser.text and "用过的：" in browser.text
    assert await Event.filter(action="staff.recovery-code-used").count() == 1
    await half_way(browser)
    assert (await browser.post("/console/login", otp=codes[0])).status == 401
    # whoever signs in by their phone next is told that a code was used, once
    answer = await browser.post("/console/login", otp=browser.code(ahead=30))
    assert answer.headers["Location"] == f"{HERE}?told=code"
    await half_way(browser)
    (world.folder / "clock").write_text("120")
    answer = await browser.post("/console/login", otp=browser.code())
    assert answer.headers["Location"] == "/console/login"


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_they_belong_to_one_account_and_one_second_factor(browser):
    await browser.sign_in("t-east-l")
    codes = await made(browser)
    await half_way(browser, "head-l")
    assert (await browser.post("/console/login", otp=codes[0])).status == 401
    # whoever resets the second factor takes its recovery codes along, wherever they do so
    staff = await Staff.get(username="t-east-l")
    staff.sealed_totp_secret = seal_totp_secret(
        "KRSXG5CTMVRXEZLUKRSXG5CT", username=staff.username, vault=browser.house.vault
    )
    await staff.save()
    await half_way(browser)
    assert (await browser.post("/console/login", otp=codes[0])).status == 401
    staff.sealed_totp_secret = None
    await staff.save()
    await half_way(browser)
    assert (await browser.post("/console/login", otp=codes[1])).status == 401
    assert not await Event.exists(action="staff.recovery-code-used")


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_setting_up_a_second_factor_makes_them_and_new_ones_need_the_password(browser):
    await Staff.filter(username="t-east-l").update(sealed_totp_secret=None)
    await half_way(browser)
    secret = browser.text.split('class="secret">')[1].split("<")[0].replace(" ", "")
    await browser.post("/console/login", otp=browser.code(secret=secret))
    first = SHOWN.findall(browser.text)
    assert len(first) == 10
    await browser.get(HERE)
    assert (await browser.post("/console/recovery-codes", password="wrong")).status == 422
    assert left(browser) == 10
    assert not set(await made(browser)) & set(first)
    await half_way(browser)
    assert (await browser.post("/console/login", otp=first[0])).status == 401
    assert await Event.filter(action="staff.recovery-codes").count() == 2


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_wrong_tries_are_counted_as_of_one_time_codes_and_passwords(browser):
    await browser.sign_in("t-east-l")
    codes = await made(browser)
    await browser.get(HERE)
    guesses = [await browser.post("/console/recovery-codes", password="wrong") for _ in range(10)]
    assert [guess.status for guess in guesses] == [422] * 9 + [429]
    # whoever has stolen the cookie guesses for themself: its owner still signs in
    await half_way(browser)
    assert (await browser.post("/console/login", otp=codes[0])).status == 303
    await half_way(browser)
    for wrong in ("1234 5678 9012", "000000") * 5:
        await browser.post("/console/login", otp=wrong)
    assert (await browser.post("/console/login", otp=codes[1])).status == 429
    assert await RecoveryCode.filter(used_at__isnull=True).count() == 9


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_who_needs_no_second_factor_has_none(browser):
    await browser.sign_in("t-east-a")
    await browser.get(HERE)
    assert "恢复码" not in browser.text.replace("我的账号：登录、恢复码、权限", "")
    assert (await browser.post("/console/recovery-codes", password=PASSWORD)).status == 404
