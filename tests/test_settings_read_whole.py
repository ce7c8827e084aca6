"""Settings are read once and checked whole; what is wrong is named, and no secret is ever repeated."""

import base64

import pytest

from settings import SEALING, SettingWrong, read_settings, settings_around

KEY = base64.b64encode(bytes(range(32))).decode()
GOOD = {
    "MASHANG_PUBLIC_URL": "https://jiandu.example.cn/",
    "MASHANG_KEYS": f"{KEY}, {KEY}",
    "MASHANG_INDEX_KEY": KEY,
    "MASHANG_OA_APPID": "wx0123456789abcdef",
    "MASHANG_OA_SECRET": "s" * 32,
    "MASHANG_OA_TOKEN": "token",
    "MASHANG_OA_AES_KEY": "a" * 43,
}


def wrong(**changes: str) -> str:
    given = GOOD | {f"MASHANG_{name}": value for name, value in changes.items()}
    with pytest.raises(SettingWrong) as caught:
        read_settings(given)
    return caught.value.message


def test_defaults_and_shapes() -> None:
    settings = read_settings(GOOD)
    assert settings.database_url == "sqlite://var/mashang.db"
    assert settings.public_url == "https://jiandu.example.cn"
    assert settings.wechat_api_url == "https://api.weixin.qq.com"
    assert settings.keys == (bytes(range(32)), bytes(range(32)))
    assert settings.oa_aes_keys == ("a" * 43,)
    assert (settings.oa_mode, settings.redis_url, settings.mini_appid) == ("safe", "", "")
    assert settings.timezone.key == "Asia/Shanghai"
    assert settings.clock_file is None


def test_everything_wrong_is_said_at_once() -> None:
    message = wrong(KEYS="", PUBLIC_URL="jiandu.example.cn", OA_MODE="open", TIMEZONE="Asia/Peking")
    for name in (
        "MASHANG_KEYS 没有设置",
        "MASHANG_PUBLIC_URL 不对",
        "MASHANG_OA_MODE 不对",
        "MASHANG_TIMEZONE 不对",
    ):
        assert name in message
    assert "4 处" in message
    assert "\n" not in message


def test_a_command_needs_only_what_it_uses() -> None:
    assert read_settings({}, needs=()).keys == ()
    with pytest.raises(SettingWrong) as caught:
        read_settings({}, needs=SEALING)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KEYS", "c2hvcnQ="),
        ("KEYS", f"{KEY},secret-tail"),
        ("INDEX_KEY", "not base64 at all"),
        ("OA_AES_KEY", "short-secret"),
        ("OA_AES_KEY", ",".join(["b" * 43] * 3)),
        ("OA_SECRET", "secret with spaces"),
        ("DATABASE_URL", "mysql://root:secret@host/base"),
        ("DATABASE_URL", "postgres://user:secret@host"),
        ("REDIS_URL", "secret@host:6379"),
    ],
)
def test_a_secret_is_refused_without_being_repeated(name: str, value: str) -> None:
    message = wrong(**{name: value})
    assert f"MASHANG_{name} 不对" in message
    assert "secret" not in message
    assert value not in message


@pytest.mark.parametrize("name", ["TEMPLATES", "FLOODS"])
@pytest.mark.parametrize("value", ["[]", "{", "report_new"])
def test_what_is_read_later_is_at_least_an_object(name: str, value: str) -> None:
    assert f"MASHANG_{name} 不对" in wrong(**{name: value})


def test_the_clock_moves_only_on_loopback() -> None:
    assert "MASHANG_CLOCK_FILE" in wrong(CLOCK_FILE="clock")
    assert "MASHANG_CLOCK_FILE" in wrong(CLOCK_FILE="clock", WECHAT_API_URL="http://127.0.0.1.example.cn")
    for host in ("127.0.0.1:8100", "localhost:8100", "[::1]:8100"):
        given = GOOD | {"MASHANG_CLOCK_FILE": "clock", "MASHANG_WECHAT_API_URL": f"http://{host}"}
        assert str(read_settings(given).clock_file) == "clock"


def test_plain_mode_needs_no_aes_key() -> None:
    assert read_settings(GOOD | {"MASHANG_OA_AES_KEY": "", "MASHANG_OA_MODE": "plain"}).oa_aes_keys == ()
    assert "MASHANG_OA_AES_KEY 没有设置" in wrong(OA_AES_KEY="")


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch) -> None:
    lines = [f"{name}={value}" for name, value in GOOD.items()]
    (tmp_path / ".env").write_text(
        "\n".join([*lines, "MASHANG_MEDIA_DIR=from-file", "MASHANG_MINI_APPID=file", "MASHANG_MINI_SECRET=x"])
    )
    monkeypatch.setenv("MASHANG_MEDIA_DIR", "from-environment")
    settings = settings_around(folder=tmp_path)
    assert str(settings.media_dir) == "from-environment"
    assert settings.mini_appid == "file"


def test_settings_do_not_show_their_secrets() -> None:
    shown = repr(read_settings(GOOD | {"MASHANG_DATABASE_URL": "postgres://u:pass-word@h/b"}))
    assert "pass-word" not in shown
    assert "s" * 32 not in shown
    assert "a" * 43 not in shown
    assert "wx0123456789abcdef" in shown


@pytest.mark.parametrize(("given", "missing"), [("MINI_APPID", "MINI_SECRET"), ("MINI_SECRET", "MINI_APPID")])
def test_half_a_mini_program_is_named(given: str, missing: str) -> None:
    assert f"MASHANG_{missing} 没有设置" in wrong(**{given: "wx0123456789abcdef"})
    assert read_settings({f"MASHANG_{given}": "wx0123456789abcdef"}, needs=()).oa_appid == ""
