"""Signing in: password, one-time code, enrolment, wrong tries, and how long it lasts."""

import asyncio
import hmac
from datetime import timedelta

import pyotp
import pytest

from console import login
from models.event import Event
from models.staff import Staff
from models.staff_session import StaffSession
from organisation import tries
from organisation.credentials import hash_password
from tests.console.conftest import PASSWORD, SECRET


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr(tries, "PAUSES", (0,) * 5)
    # Redis is there: a machine that is busy must not be taken for its silence
    monkeypatch.setattr(tries, "PATIENCE_SECONDS", 20)


async def test_a_handler_comes_in_with_the_password_alone(browser):
    await browser.get("/console/login")
    answer = await browser.post("/console/login", username="t-east-a", password=PASSWORD)
    assert answer.status == 303
    assert (await browser.get("/console/reports")).status == 200
    assert "东河镇纪委" in browser.text
    assert await Event.filter(action="staff.sign_in").count() == 1


async def test_the_cookie_is_kept_from_scripts_and_other_sites_and_stored_as_a_hash(browser):
    await browser.get("/console/login")
    answer = await browser.post("/console/login", username="t-east-a", password=PASSWORD)
    cookie = answer.cookies["mashang_console"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/console"
    assert not cookie["secure"]
    session = await StaffSession.get()
    assert cookie.value not in (session.token_index, session.id)
    assert browser.house.vault.index("token", cookie.value) == session.token_index


async def test_the_cookie_is_secure_where_the_address_is(office, aiohttp_client):
    from dataclasses import replace

    from aiohttp import web

    from console.app import make_console

    app = web.Application()
    app.add_subapp("/console", make_console(replace(office, public_url="https://mashang.example")))
    client = await aiohttp_client(app)
    assert (await client.get("/console/login")).cookies["mashang_console"]["secure"]


@pytest.mark.parametrize("username", ["t-east-l", "root", "city-approver"])
async def test_leader_operator_and_approver_are_asked_for_a_code(browser, username):
    await browser.get("/console/login")
    await browser.post("/console/login", username=username, password=PASSWORD)
    # half signed in is not signed in
    assert (await browser.get("/console/reports")).status == 303
    await browser.get("/console/login")
    assert 'name="otp"' in browser.text
    assert (await browser.post("/console/login", otp=browser.code())).status == 303
    assert (await browser.get("/console/reports")).status == 200


async def test_a_code_works_once(opened_browser):
    one, other = await opened_browser(), await opened_browser()
    for each in (one, other):
        await each.get("/console/login")
        await each.post("/console/login", username="t-east-l", password=PASSWORD)
        await each.get("/console/login")
    code = one.code()
    assert (await one.post("/console/login", otp=code)).status == 303
    assert (await other.post("/console/login", otp=code)).status == 401
    assert (await other.get("/console/reports")).status == 303
    assert (await other.get("/console/login")).status == 200
    assert (await other.post("/console/login", otp=other.code(ahead=30))).status == 303


@pytest.mark.parametrize("code", ["", "000000", "abc", "１２３４５６"])
async def test_a_wrong_code_lets_nobody_in(browser, code):
    await browser.get("/console/login")
    await browser.post("/console/login", username="t-east-l", password=PASSWORD)
    await browser.get("/console/login")
    assert (await browser.post("/console/login", otp=code)).status == 401
    assert (await browser.get("/console/reports")).status == 303


async def test_an_account_without_a_code_enrols_at_first_sign_in(browser):
    await Staff.filter(username="t-east-l").update(sealed_totp_secret=None)
    await browser.get("/console/login")
    await browser.post("/console/login", username="t-east-l", password=PASSWORD)
    await browser.get("/console/login")
    assert "<svg" in browser.text
    secret = browser.text.split('class="secret">')[1].split("<")[0].replace(" ", "")
    # nothing is kept before the first right code
    assert (await Staff.get(username="t-east-l")).sealed_totp_secret is None
    assert (await browser.post("/console/login", otp="000000")).status == 401
    assert secret in browser.text.replace(" ", "")
    # with its recovery codes, which are shown now or never
    assert (await browser.post("/console/login", otp=browser.code(secret=secret))).status == 200
    assert (await browser.get("/console/reports")).status == 200
    staff = await Staff.get(username="t-east-l")
    assert staff.sealed_totp_secret and secret.encode() not in bytes(staff.sealed_totp_secret)
    assert await Event.filter(action="staff.enrol_code", actor=f"staff:{staff.id}").count() == 1


async def test_an_enrolled_account_is_never_shown_its_secret(browser):
    await browser.get("/console/login")
    await browser.post("/console/login", username="t-east-l", password=PASSWORD)
    await browser.get("/console/login")
    assert "<svg" not in browser.text and SECRET not in browser.text.replace(" ", "")


async def test_wrong_unknown_and_inactive_look_the_same(browser):
    await Staff.filter(username="t-east-b").update(is_active=False)
    pages = []
    for username, password in (("t-east-a", "wrong"), ("nobody", "wrong"), ("t-east-b", PASSWORD)):
        await browser.get("/console/login")
        answer = await browser.post("/console/login", username=username, password=password)
        assert answer.status == 401
        pages.append(browser.text.replace(username, ""))
    assert len(set(pages)) == 1


async def test_an_unconfirmed_reader_waits(browser):
    await Staff.filter(username="t-east-a").update(confirmed_at=None)
    await browser.get("/console/login")
    answer = await browser.post("/console/login", username="t-east-a", password=PASSWORD)
    assert answer.status == 403 and "确认" in browser.text


async def test_after_ten_wrong_tries_even_the_right_password_waits(opened_browser):
    browser = await opened_browser()
    for _ in range(9):
        await browser.get("/console/login")
        assert (await browser.post("/console/login", username="t-east-a", password="wrong")).status == 401
    answer = await browser.post("/console/login", username="t-east-a", password=PASSWORD)
    assert answer.status == 429 and int(answer.headers["Retry-After"]) > 0
    # nor does the same source get on with another account
    answer = await browser.post("/console/login", username="t-west-a", password=PASSWORD)
    assert answer.status == 429
    assert not await StaffSession.exists()


async def test_the_account_waits_wherever_one_comes_from_and_others_do_not(opened_browser):
    browser = await opened_browser()
    await guessed_from_everywhere(browser)
    assert (await browser.post("/console/login", username="t-east-a", password=PASSWORD)).status == 429
    assert (await browser.post("/console/login", username="t-west-a", password=PASSWORD)).status == 303


async def guessed_from_everywhere(browser, *, username="t-east-a"):
    """Until the account is closed to whoever comes from anywhere."""
    await browser.get("/console/login")
    for count in range(10):
        headers = {"X-Forwarded-For": f"203.0.113.{count}"}
        fields = {"username": username, "password": "wrong", "csrf_token": browser.token}
        await browser.client.post("/console/login", data=fields, headers=headers)


async def signed_in_and_out(browser, username):
    await browser.sign_in(username)
    await browser.post("/console/logout")
    await browser.get("/console/login")


@pytest.mark.parametrize("username", ["t-east-a", "t-east-l"])
async def test_whoever_guesses_does_not_keep_out_a_device_that_signed_in_before(opened_browser, username):
    own, thief, new = await opened_browser(), await opened_browser(), await opened_browser()
    await signed_in_and_out(own, username)
    await guessed_from_everywhere(thief, username=username)
    await new.get("/console/login")
    assert (await new.post("/console/login", username=username, password=PASSWORD)).status == 429
    # nor by guessing behind the same address
    for _ in range(10):
        await thief.post("/console/login", username=username, password="wrong")
    assert (await own.post("/console/login", username=username, password=PASSWORD)).status == 303
    await own.get("/console/login")
    if 'name="otp"' in own.text:
        assert (await own.post("/console/login", otp=own.code(ahead=30))).status == 303
    assert (await own.get("/console/reports")).status == 200


async def test_a_known_device_has_ten_tries_of_its_own(opened_browser):
    own, new = await opened_browser(), await opened_browser()
    await signed_in_and_out(own, "t-east-a")
    answers = [await own.post("/console/login", username="t-east-a", password="wrong") for _ in range(9)]
    assert {answer.status for answer in answers} == {401}
    assert (await own.post("/console/login", username="t-east-a", password=PASSWORD)).status == 429
    # and closes the account to nobody else
    await new.get("/console/login")
    assert (await new.post("/console/login", username="t-east-a", password=PASSWORD)).status == 303


async def test_a_device_is_known_to_the_accounts_that_signed_in_on_it_and_until_the_password_changes(
    opened_browser,
):
    own, thief = await opened_browser(), await opened_browser()
    for username in ("t-east-a", "t-east-b"):
        await signed_in_and_out(own, username)
    for username in ("t-east-a", "t-west-a"):
        await guessed_from_everywhere(thief, username=username)
    assert (await own.post("/console/login", username="t-west-a", password=PASSWORD)).status == 429
    await Staff.filter(username="t-east-a").update(password_hash=hash_password("another 密码 now"))
    answer = await own.post("/console/login", username="t-east-a", password="another 密码 now")
    assert answer.status == 429
    await guessed_from_everywhere(thief, username="t-east-b")
    assert (await own.post("/console/login", username="t-east-b", password=PASSWORD)).status == 303


async def test_the_mark_of_a_device_names_nobody_and_is_not_made_by_hand(opened_browser):
    own, thief = await opened_browser(), await opened_browser()
    await own.get("/console/login")
    answer = await own.post("/console/login", username="t-east-a", password=PASSWORD)
    cookie = answer.cookies["mashang_device"]
    assert cookie["httponly"] and cookie["samesite"] == "Strict" and cookie["path"] == "/console/login"
    assert "t-east-a" not in cookie.value
    keys = " ".join(str(key) for key in await own.house.coordination.redis.keys("*"))
    assert not any(part in keys for part in cookie.value.split("."))
    await guessed_from_everywhere(thief)
    device, mark = cookie.value.split(".")
    for made in (f"{device}.{mark[::-1]}", f"{'x' * 22}.{mark}", device, "..", "\u00e9.\u00e9"):
        headers = {"Cookie": f"mashang_console={await fresh_cookie(thief)}; mashang_device={made}"}
        fields = {"username": "t-east-a", "password": PASSWORD, "csrf_token": thief.token}
        refused = await thief.client.post("/console/login", data=fields, headers=headers)
        assert refused.status == 429


async def fresh_cookie(browser):
    jar = browser.client.session.cookie_jar.filter_cookies(browser.client.make_url("/console/"))
    return jar["mashang_console"].value


async def test_many_tries_at_once_count_as_many(browser):
    await browser.get("/console/login")
    answers = await asyncio.gather(
        *(browser.post("/console/login", username="t-east-a", password="wrong") for _ in range(24))
    )
    assert sum(answer.status == 401 for answer in answers) <= 10


async def test_wrong_codes_count_too(browser):
    for _ in range(10):
        await browser.get("/console/login")
        if 'name="otp"' not in browser.text:
            await browser.post("/console/login", username="t-east-l", password=PASSWORD)
            await browser.get("/console/login")
        await browser.post("/console/login", otp="000000")
    assert (await browser.post("/console/login", otp=browser.code())).status == 429


async def test_tries_slow_down_from_the_fifth(browser, monkeypatch):
    slept, really_sleep = [], asyncio.sleep

    async def sleep(seconds, *more):
        # others sleep too, on the same loop
        if seconds < 1000:
            return await really_sleep(seconds, *more)
        slept.append(seconds)

    monkeypatch.setattr(tries, "PAUSES", (1001, 1002, 1003, 1004, 1005))
    monkeypatch.setattr(login.asyncio, "sleep", sleep)
    await browser.get("/console/login")
    for _ in range(8):
        await browser.post("/console/login", username="t-east-a", password="wrong")
    assert slept == [1001, 1002, 1003, 1004]


async def test_nothing_of_the_address_or_the_name_stands_in_the_counters(browser):
    await browser.get("/console/login")
    await browser.post("/console/login", username="t-east-a", password="wrong")
    keys = [key.decode() for key in await browser.house.coordination.redis.keys("tries:*:*")]
    # the account, the source, and when the account was last tried
    assert len(keys) == 3
    assert not any("127.0.0.1" in key or "t-east-a" in key for key in keys)


@pytest.mark.parametrize("fields", [{}, {"username": "t-east-a"}, {"password": PASSWORD}])
async def test_an_empty_field_is_a_wrong_field(browser, fields):
    await browser.get("/console/login")
    assert (await browser.post("/console/login", **fields)).status == 422


async def test_a_session_ends_after_two_idle_hours_and_after_twelve_at_most(browser, world):
    await browser.sign_in("t-east-a")
    clock = world.folder / "clock"

    def wait(**time):
        clock.write_text(str(float(clock.read_text() or 0) + timedelta(**time).total_seconds()))

    clock.write_text("0")
    for _ in range(6):
        wait(minutes=110)
        assert (await browser.get("/console/reports")).status == 200
    wait(minutes=70)
    assert (await browser.get("/console/reports")).status == 303
    await browser.sign_in("t-east-a")
    wait(minutes=121)
    assert (await browser.get("/console/reports")).status == 303


async def test_signing_out_ends_it_on_the_server(browser):
    await browser.sign_in("t-east-a")
    cookie = browser.client.session.cookie_jar.filter_cookies(browser.client.make_url("/console/"))
    token = cookie["mashang_console"].value
    assert (await browser.post("/console/logout")).status == 303
    assert not await StaffSession.exists()
    answer = await browser.client.get(
        "/console/reports", headers={"Cookie": f"mashang_console={token}"}, allow_redirects=False
    )
    assert answer.status == 303


async def test_a_deactivated_account_is_out_at_the_next_page(browser):
    await browser.sign_in("t-east-a")
    await Staff.filter(username="t-east-a").update(is_active=False)
    assert (await browser.get("/console/reports")).status == 303


async def test_the_cookie_changes_at_every_step(browser):
    seen = []
    answer = await browser.get("/console/login")
    seen.append(answer.cookies["mashang_console"].value)
    answer = await browser.post("/console/login", username="t-east-l", password=PASSWORD)
    seen.append(answer.cookies["mashang_console"].value)
    await browser.get("/console/login")
    answer = await browser.post("/console/login", otp=pyotp.TOTP(SECRET).at(browser.house.clock.now()))
    seen.append(answer.cookies["mashang_console"].value)
    assert len(set(seen)) == 3
    assert await StaffSession.all().count() == 1


async def test_neither_redis_nor_the_settings_lead_back_to_an_address(browser):
    """A key beside the counters would open every IPv4 address in minutes."""
    await browser.get("/console/login")
    await browser.post("/console/login", username="t-east-a", password="wrong")
    redis, vault = browser.house.coordination.redis, browser.house.vault
    names = [name.decode() for name in await redis.keys("tries:source:*")]
    held = [await redis.get(name) for name in await redis.keys("*")]
    keys = [
        *held,
        b"",
        *(vault.index(kind, one.decode()).encode() for kind in ("source", "") for one in held),
    ]
    assert names and held
    guesses = {hmac.digest(key, b"127.0.0.1", "sha256").hex() for key in keys}
    assert not any(name.endswith(guess) for name in names for guess in guesses)


async def test_how_a_source_was_named_is_forgotten_within_the_hour(monkeypatch):
    sources, now = tries.Sources(), [1000.0]
    monkeypatch.setattr(tries.time, "monotonic", lambda: now[0])
    name = sources.name("203.0.113.9")
    now[0] += 3599
    assert sources.name("203.0.113.9") == name != sources.name("203.0.113.8")
    now[0] += 1
    assert sources.name("203.0.113.9") != name
