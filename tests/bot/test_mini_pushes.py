"""Somebody takes back what they allowed the mini-program, or closes their account: the way to their reports is cut."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.envelope import Envelope
from bot.mini_pushes import MINI_ENVELOPE, SUBSCRIBED, add_routes
from delivery.consents import count_consent
from intake.draft import mini_reporter
from miniapp_api import routes as miniapp_api
from miniapp_api.operations import REPORTER
from miniapp_api.sessions import open_session
from models.api_draft import ApiDraft
from models.api_session import ApiSession
from models.attachment import Attachment
from models.liaison import Liaison
from models.report import Report
from models.subscription import SubscriptionConsent
from organisation.credentials import account_index
from organisation.house import HOUSE, House
from tests.factories import make_entry, make_organisation
from tests.miniapp_api.conftest import Phone, photo
from wechat_standin import Settings, StandIn

__all__ = ["photo"]


@dataclass
class Door:
    client: TestClient[Any, Any]
    standin: StandIn
    house: House
    openid: str = field(default="")

    async def tell(self, event: str, **more: Any) -> int:
        push = await self.standin.mini_event(self.openid, {"Event": event, **more})
        return push.attempts[-1].status or 0


@pytest.fixture
async def door(house: House) -> AsyncIterator[Door]:
    await make_organisation(house)
    known = Settings()
    app = web.Application()
    app[HOUSE] = house
    app[SUBSCRIBED] = {"tpl-reply": "report_reply"}
    app[MINI_ENVELOPE] = Envelope(appid=known.mini_app_id, token=known.token, aes_keys=[known.aes_key])
    add_routes(app)
    miniapp_api.add_routes(app)
    async with (
        TestClient(TestServer(app)) as client,
        StandIn(Settings(callback_url=str(client.make_url("/wechat")), retries=0)) as standin,
    ):
        person = standin.add_person("villager")
        yield Door(client=client, standin=standin, house=house, openid=person.openid)


async def reported(door: Door, photo: bytes) -> tuple[Phone, str, str]:
    """A phone whose person filed one named report, keeps a draft and a photo, and wants messages."""
    mini = door.standin.people.get(door.openid).mini_openid
    phone = Phone(door.client, token=await open_session(role=REPORTER, house=door.house, openid=mini))
    entry = await make_entry()
    filed = await phone.file(entry.code, identity={"mode": "named", "name": "王大", "phone": "13800000000"})
    await phone.upload(photo)
    await phone.post("/me/draft", {"entry": entry.code, "text": "还没写完"})
    person = mini_reporter(mini, vault=door.house.vault)
    await count_consent(person, template="report_reply", result="accept", at=door.house.clock.now())
    return phone, filed.body["number"], filed.body["receipt"]


@pytest.mark.parametrize("event", ["user_authorization_revoke", "user_authorization_cancellation"])
async def test_nothing_leads_to_the_person_any_more(door: Door, photo: bytes, event: str) -> None:
    phone, number, receipt = await reported(door, photo)
    mini = account_index(door.standin.people.get(door.openid).mini_openid, vault=door.house.vault)
    await Liaison.filter(role="chief").limit(1).update(mini_index=mini)
    assert await door.tell(event, RevokeInfo="8") == 200
    assert (await phone.get("/me")).status == 401
    for table in (ApiSession, ApiDraft, SubscriptionConsent):
        assert await table.all().count() == 0
    assert await Attachment.filter(report_id__isnull=True).count() == 0
    assert await Liaison.exclude(mini_index=None).count() == 0
    # the report stays with its name, and its receipt opens it
    report = await Report.get(number=number)
    assert report.reporter_index is None and report.sealed_identity is not None
    assert (await Phone(door.client).post("/receipts", {"receipt": receipt})).status == 201
    assert await door.tell(event, RevokeInfo="8") == 200


async def test_a_message_turned_off_is_not_sent_again(door: Door, photo: bytes) -> None:
    await reported(door, photo)
    off = {"TemplateId": "tpl-reply", "SubscribeStatusString": "reject"}
    for listed in (
        {"TemplateId": "other", "SubscribeStatusString": "reject"},
        off | {"SubscribeStatusString": "accept"},
    ):
        assert await door.tell("subscribe_msg_change_event", List=listed) == 200
        assert (await SubscriptionConsent.get()).left == 1
    assert await door.tell("subscribe_msg_change_event", List=[off]) == 200
    assert (await SubscriptionConsent.get()).left == 0


async def test_only_the_platform_is_listened_to(door: Door, photo: bytes) -> None:
    await reported(door, photo)
    assert await door.standin.mini_pusher.verify(echo="4375120948345356249")
    door.standin.mini_pusher.crypt = door.standin.pusher.crypt
    assert await door.tell("user_authorization_revoke") == 403
    assert await door.tell("user_info_modified") == 403
    forged = {"Event": "user_authorization_revoke", "MsgType": "event", "OpenID": door.openid}
    assert (await door.client.post("/wechat/mini", json=forged)).status == 403
    assert await Report.exclude(reporter_index=None).count() == 1
