"""What the manual and the files for running say to type is there, and what they promise about logs and modes holds."""

import re
import shlex

import click

from cli import mashang
from tests.structure.tree import ROOT

RUNNING = ROOT / "docs" / "running"
MANUALS = [
    ROOT / "docs" / "运维手册.md",
    ROOT / "README.md",
    *sorted(RUNNING.iterdir()),
    *sorted((ROOT / "docs" / "manual").glob("*.md")),
]
TYPED = re.compile(r"(?:^\$ |`|/bin/|exec web )(mashang(?: [^`\n'#]+)?)", re.M)
LISTED = re.compile(r'"mashang", ([^\]]+)\]')


def test_every_command_that_is_written_down_can_be_typed() -> None:
    found = [line for path in MANUALS for line in TYPED.findall(path.read_text("utf-8"))]
    found += ["mashang " + each.replace('"', "").replace(",", "") for path in MANUALS
              for each in LISTED.findall(path.read_text("utf-8"))]  # fmt: skip
    assert len(found) > 30
    for line in found:
        command, words = mashang, shlex.split(re.split(r'\$\$\(|"\$@"', line)[0])[1:]
        while isinstance(command, click.Group) and words:
            inner = command.get_command(click.Context(command), words.pop(0))
            assert inner is not None, line
            command = inner
        options = {name for parameter in command.params for name in parameter.opts}
        given = {word.split("=")[0] for word in words if word.startswith("--")}
        assert given <= options, line


def test_the_units_keep_others_on_the_machine_out() -> None:
    for path in RUNNING.glob("*.service"):
        text = path.read_text("utf-8")
        assert "UMask=0077" in text and "User=mashang" in text and "LimitCORE=0" in text, path.name
        # without it the folder of backups is open to be listed
        assert "StateDirectoryMode=0700" in text and "ProtectSystem=strict" in text, path.name
        assert "CapabilityBoundingSet=\n" in text and "SystemCallFilter=@system-service" in text, path.name


def test_no_image_takes_keys_and_data_along() -> None:
    """At the root: one beside the Dockerfile is read by some builders only."""
    kept_out = (ROOT / ".dockerignore").read_text("utf-8").split()
    assert {".env", "var", ".git", ".venv"} <= set(kept_out)
    assert not list(RUNNING.glob("*.dockerignore"))


def test_the_log_of_the_proxy_holds_no_address_and_no_query() -> None:
    text = (RUNNING / "nginx.conf").read_text("utf-8")
    (kept,) = re.findall(r"log_format mashang '([^']+)'", text)
    assert set(re.findall(r"\$\w+", kept)) <= {
        "$time_iso8601",
        "$request_method",
        "$status",
        "$body_bytes_sent",
        "$request_time",
    }
    logs = re.findall(r"^\s*access_log ([^;]+);", text, re.M)
    assert logs and all(each == "off" or each.endswith(" mashang") for each in logs)
    assert re.findall(r"^\s*error_log \S+ (\w+);", text, re.M) == ["alert"]
    assert "rm -f /etc/nginx/sites-enabled/default" in (ROOT / "docs" / "运维手册.md").read_text("utf-8")
    # the application refuses `/metrics` to what says it was forwarded; the proxy says so, and refuses by itself too
    assert "proxy_set_header X-Forwarded-For" in text and "location = /metrics { return 404; }" in text
