"""`python -m wechat_standin`: the stand-in alone, with sample people."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from wechat_standin.application import run
from wechat_standin.settings import Settings
from wechat_standin.standin import StandIn
from wechat_standin.texts import SAMPLE_PEOPLE, STARTED


def main(arguments: list[str] | None = None) -> None:
    default = Settings()
    parser = argparse.ArgumentParser(prog="wechat_standin", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--callback", default=default.callback_url, help="the product's /wechat")
    parser.add_argument("--appid", default=default.app_id)
    parser.add_argument("--secret", default=default.secret)
    parser.add_argument("--token", default=default.token)
    parser.add_argument("--aes-key", default=default.aes_key)
    parser.add_argument("--mini-appid", default=default.mini_app_id)
    parser.add_argument("--mini-secret", default=default.mini_secret)
    parser.add_argument("--mode", choices=("safe", "compat", "plain"), default=default.mode)
    parser.add_argument("--timeout", type=float, default=default.push_timeout)
    parser.add_argument("--retries", type=int, default=default.retries)
    parser.add_argument("--posters", type=Path, help="a JSON file: [{code, label, url}]")
    parser.add_argument("--clock-file", type=Path)
    parser.add_argument("--no-people", action="store_true", help="start without the sample people")
    given = parser.parse_args(arguments)
    standin = StandIn(_settings(given))
    if given.posters is not None:
        standin.posters = json.loads(given.posters.read_text(encoding="utf-8"))
    sys.stdout.write(STARTED.format(url=f"http://{given.host}:{given.port}/") + "\n")
    sys.stdout.flush()
    run(standin, host=given.host, port=given.port)


def _settings(given: Any) -> Settings:
    return Settings(
        app_id=given.appid,
        secret=given.secret,
        token=given.token,
        aes_key=given.aes_key,
        mini_app_id=given.mini_appid,
        mini_secret=given.mini_secret,
        callback_url=given.callback,
        mode=given.mode,
        push_timeout=given.timeout,
        retries=given.retries,
        people=() if given.no_people else SAMPLE_PEOPLE,
        clock_file=given.clock_file,
    )


if __name__ == "__main__":
    main()
