"""`/metrics` tells what waits and for how long; every alert of the default set asks for something it tells."""

import re
from datetime import timedelta
from pathlib import Path

from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from app import opened_app
from clients.database import changed
from models.fields import to_millis
from organisation.house import HOUSE
from tests.conftest import World
from tests.test_app_doors import settings_for
from vault.log import record

ALERTS = Path(__file__).parent.parent.parent / "docs" / "running" / "alerts.yml"
NAMES = re.compile(r"\bmashang_\w+")
OTHERS = {"mashang_wechat_alarms_total", "mashang_token_refreshes_total"}
"""Counters that come into sight with their first label."""


async def test_what_waits_is_measured_and_alerts_ask_for_nothing_else(sampled_world: World) -> None:
    settings = settings_for(sampled_world)
    async with opened_app(settings, with_worker=False) as app, TestClient(TestServer(app)) as client:
        at = app[HOUSE].clock.now()
        await changed("UPDATE event SET at = $1", to_millis(at))
        await record("ledger.read", by="staff:1", at=at - timedelta(minutes=20))
        await client.post("/wechat", data=b"<xml></xml>")
        text = ""
        # a machine with much else to do is given another chance: the measures are left out when they take seconds
        for _ in range(10):
            text = await (await client.get("/metrics")).text()
            if "mashang_log_unsealed_seconds" in text:
                break
    told = {
        sample.name: sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert 1195 < told["mashang_log_unsealed_seconds"] < 1300
    assert told["mashang_notices_waiting"] == told["mashang_oldest_unsent_seconds"] == 0
    asked = {
        name
        for line in ALERTS.read_text("utf-8").splitlines()
        if line.lstrip().startswith("expr:")
        for name in NAMES.findall(line)
    }
    assert len(asked) > 10
    # nothing has failed here, so its reasons are not there either; the name is
    shown = set(told) | set(re.findall(r"^# TYPE (\w+)", text, re.M)) | OTHERS
    assert asked <= shown
