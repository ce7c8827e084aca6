"""`mashang staff add`: one account under the checks of an import, its secrets said once and written nowhere."""

import asyncio
import logging
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest

from cli import mashang
from clients.database import opened
from models.staff import Staff
from organisation.credentials import bind_code_index, is_password
from organisation.importing import ImportRefused
from tests.conftest import INDEX_KEY, KEY, World
from tests.properties.dumps import dumps
from tests.test_cli_commands import environment
from vault.vault import Vault

ASKED = {"--username": "xinlai", "--name": "辛来", "--body": "lc-county", "--role": "handler"}
WRONG = [
    ({"--role": "king"}, "--role"),
    ({"--body": "nowhere"}, "nowhere"),
    ({"--phone": "电话"}, "电话"),
    ({"--username": "有空 格"}, "username"),
    ({"--name": ""}, "name"),
]


@pytest.fixture
def adding(
    sampled_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., str]:
    for name, value in environment(sampled_world.database_url).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    def run(changes: dict[str, str]) -> str:
        words = [word for pair in (ASKED | changes).items() for word in pair]
        mashang.main(["staff", "add", *words], standalone_mode=False)
        said = capsys.readouterr()
        assert said.err == ""
        return said.out

    return run


def looked_up(world: World, work: Callable[[], Any]) -> Any:
    async def look() -> Any:
        async with opened(world.database_url):
            return await work()

    return asyncio.run(look())


def test_a_reader_is_added_waits_and_its_secrets_are_said_once(
    adding: Callable[..., str],
    sampled_world: World,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.INFO)
    # six digits of its own would turn up by chance, in what is sealed or in a code of a region
    longer = SimpleNamespace(randbelow=lambda most: secrets.randbelow(most**5) + most**5)
    monkeypatch.setattr("commands.staffing.secrets", longer)
    said = adding({"--phone": "13712345678"})
    assert "新增 1" in said and "等待本机构负责人" in said
    (password,) = re.findall(r"初始口令（只显示这一次）：xinlai  (\S+)", said)
    (code,) = re.findall(r"绑定码（只显示这一次）：(\d{31})\n", said)
    made = looked_up(sampled_world, lambda: Staff.get(username="xinlai"))
    assert (made.name, made.body_id, made.role, made.confirmed_at) == ("辛来", "lc-county", "handler", None)
    # enrolled by themselves at the first sign-in
    assert made.sealed_totp_secret is None and made.sealed_openid is None
    assert is_password(password, of=made.password_hash) and not is_password(code, of=made.password_hash)
    assert made.bind_code_index == bind_code_index(code, vault=Vault(keys=[KEY], index_key=INDEX_KEY))
    everything = b"\n".join(part for _name, part in asyncio.run(dumps(sampled_world)))
    assert b"xinlai" in everything
    assert password.encode() not in everything and code.encode() not in everything
    assert password not in caplog.text and code not in caplog.text and "13712345678" not in caplog.text


def test_an_operator_needs_no_confirmation_and_without_a_telephone_there_is_no_code(
    adding: Callable[..., str], sampled_world: World
) -> None:
    assert re.search(
        r"绑定码（只显示这一次）：\d{6}\n", adding({"--username": "x2", "--phone": "13712345678"})
    )
    said = adding({"--role": "operator"})
    assert "初始口令" in said and "绑定码" not in said and "等待" not in said
    made = looked_up(sampled_world, lambda: Staff.get(username="xinlai"))
    assert made.bind_code_index is None


def test_repeated_it_changes_nothing_and_says_no_secret(
    adding: Callable[..., str], sampled_world: World
) -> None:
    adding({})
    before = looked_up(sampled_world, lambda: Staff.filter(username="xinlai").values())
    assert adding({}) == "没有变化\n"
    assert looked_up(sampled_world, lambda: Staff.filter(username="xinlai").values()) == before


@pytest.mark.parametrize(("changes", "named"), WRONG)
def test_wrong_input_is_named_and_nothing_is_made(
    adding: Callable[..., str], sampled_world: World, changes: dict[str, str], named: str
) -> None:
    before = looked_up(sampled_world, lambda: Staff.all().count())
    with pytest.raises((ImportRefused, click.BadParameter)) as refused:
        adding(changes)
    assert named in str(getattr(refused.value, "message", refused.value)) + str(
        getattr(getattr(refused.value, "param", None), "opts", "")
    )
    assert looked_up(sampled_world, lambda: Staff.all().count()) == before


def test_a_missing_word_is_refused(adding: Callable[..., str]) -> None:
    with pytest.raises(click.MissingParameter):
        mashang.main(["staff", "add", "--username", "xinlai"], standalone_mode=False)
