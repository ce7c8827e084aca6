"""What the demo is made of: its own keys, its stand-in, its people."""

import base64
import csv
import os
import secrets
import string
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson
from dotenv import dotenv_values

import sample
from commands import texts
from settings import Settings, read_settings
from wechat_standin import Settings as StandInSettings
from wechat_standin import StandIn, Template
from wechat_standin.texts import SAMPLE_PEOPLE

FOLDER: Final = Path("var/demo")
SAMPLE: Final = Path(sample.__file__).parent
VILLAGE: Final = "990121101201"
STAFF_BOUND: Final = ("hetang-leader", "hetang-1")
ACCOUNTS: Final = ("hetang-1", "hetang-leader", "lc-letters-leader", "city-approver", "operator")
OA_APPID, MINI_APPID = "wx6d617368616e6701", "wx6d617368616e6702"
TEMPLATES: Final = {
    "report_new": ("tpl-report-new", {"thing1": "place", "thing2": "area", "time3": "time"}),
    "report_reply": ("tpl-report-reply", {"character_string1": "number", "time2": "time"}),
    "report_progress": (
        "tpl-report-progress",
        {"character_string1": "number", "phrase2": "status", "time3": "time"},
    ),
    "assist_request": ("tpl-assist-request", {"thing1": "place", "time2": "time"}),
    "urge": ("tpl-urge", {"character_string1": "number", "time2": "time"}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A line of the sample's staff.csv."""

    username: str
    name: str
    body_code: str
    role: str
    phone: str
    password: str
    totp_secret: str
    bind_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Somebody of the sample who has a phone here; `label` is what the phone calls them."""

    label: str
    phone: str
    bind_code: str


def demo_settings(*, port: int) -> Settings:
    """Keys and secrets are made once and kept in a file that only its owner can read."""
    templates = {name: {"id": id_, "fields": fields} for name, (id_, fields) in TEMPLATES.items()}
    return read_settings(
        {
            **dotenv_values(_secrets_file(), interpolate=False),
            "MASHANG_DATABASE_URL": f"sqlite://{FOLDER / 'mashang.db'}",
            "MASHANG_MEDIA_DIR": str(FOLDER / "media"),
            "MASHANG_PUBLIC_URL": f"http://127.0.0.1:{port}",
            "MASHANG_WECHAT_API_URL": f"http://127.0.0.1:{port + 1}",
            "MASHANG_OA_APPID": OA_APPID,
            "MASHANG_MINI_APPID": MINI_APPID,
            "MASHANG_TEMPLATES": orjson.dumps(templates).decode(),
        }
    )


def _secrets_file() -> Path:
    path = FOLDER / "secrets.env"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"MASHANG_{name}={value}\n" for name, value in _made().items())
        unfinished = path.with_suffix(".part")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(lines)
        unfinished.rename(path)
    return path


def _made() -> dict[str, str]:
    letters = string.ascii_letters + string.digits
    return {
        "KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
        "INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        "OA_SECRET": secrets.token_hex(16),
        "OA_TOKEN": secrets.token_hex(8),
        "OA_AES_KEY": "".join(secrets.choice(letters) for _ in range(43)),
        "MINI_SECRET": secrets.token_hex(16),
    }


def demo_stand_in(settings: Settings, *, people: tuple[str, ...]) -> StandIn:
    """The platform as the demo's settings know it."""
    return StandIn(
        StandInSettings(
            app_id=settings.oa_appid,
            secret=settings.oa_secret,
            token=settings.oa_token,
            aes_key=settings.oa_aes_keys[0],
            mini_app_id=settings.mini_appid,
            mini_secret=settings.mini_secret,
            callback_url=f"{settings.public_url}/wechat",
            templates={
                id_: Template(
                    title=texts.TEMPLATE_TITLES[name],
                    fields={key: texts.TEMPLATE_LABELS[value] for key, value in fields.items()},
                )
                for name, (id_, fields) in TEMPLATES.items()
            },
            people=(*SAMPLE_PEOPLE, *people),
        )
    )


def sample_accounts() -> dict[str, Account]:
    names = Account.__dataclass_fields__
    return {
        row["username"]: Account(**{name: row.get(name, "") for name in names}) for row in _rows("staff.csv")
    }


def bound_people() -> list[Bound]:
    """The township's leader and a handler, and the chief liaison of one village."""
    accounts = sample_accounts()
    staff = [
        Bound(
            label=texts.STAFF_PHONE.format(name=accounts[username].name),
            phone=accounts[username].phone,
            bind_code=accounts[username].bind_code,
        )
        for username in STAFF_BOUND
    ]
    chiefs = [
        Bound(
            label=texts.CHIEF_PHONE.format(name=row["name"]), phone=row["phone"], bind_code=row["bind_code"]
        )
        for row in _rows("liaisons.csv")
        if row["village_code"] == VILLAGE and row["role"] == "chief"
    ]
    return [*staff, *chiefs]


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (SAMPLE / file).open(encoding="utf-8-sig", newline="") as opened:
        yield from csv.DictReader(opened)
