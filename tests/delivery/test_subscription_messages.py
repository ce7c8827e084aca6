"""One consent, one message: counted up when accepted, down when sent, to nothing when refused."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from clients.wechat import WeChatAccount
from delivery.consents import count_consent, spend_consent
from delivery.outcomes import Failed, Sent
from delivery.quotas import Quotas
from delivery.refusals import Alarms
from delivery.subscriptions import Subscriptions
from delivery.templates import Template
from models.subscription import SubscriptionConsent
from organisation.house import House
from wechat_standin import Settings, StandIn, serve

NOTICE = "report_reply"
TEMPLATE = Template(id="tmpl-reply", fields={"character_string1": "number", "time2": "time"})
VALUES = {"number": "K7M2QX9RTC", "time": "2026年11月23日 15:01"}


@pytest.fixture
async def standin() -> AsyncIterator[StandIn]:
    platform = StandIn(Settings(callback_url="http://127.0.0.1:1/wechat", retries=0, push_timeout=0.2))
    runner = await serve(platform, port=0)
    yield platform
    await runner.cleanup()


@pytest.fixture
async def subscriptions(standin: StandIn, house: House) -> AsyncIterator[Subscriptions]:
    settings = standin.settings
    async with aiohttp.ClientSession() as http:
        mini = WeChatAccount(
            appid=settings.mini_app_id,
            secret=settings.mini_secret,
            http=http,
            base_url=standin.public_url,
            timeout=2,
        )
        yield Subscriptions(mini=mini, clock=house.clock)


async def consent(house: House, result: str) -> int:
    return await count_consent("p", template=NOTICE, result=result, at=house.clock.now())


async def test_the_ledger_counts(house: House) -> None:
    assert [await consent(house, result) for result in ("filter", "accept", "accept", "filter")] == [
        0,
        1,
        2,
        2,
    ]
    at = house.clock.now()
    spent = await asyncio.gather(*(spend_consent("p", template=NOTICE, at=at) for _ in range(5)))
    assert sum(spent) == 2
    await consent(house, "accept")
    assert [await consent(house, result) for result in ("ban", "accept", "reject")] == [0, 1, 0]


async def deliver(subscriptions: Subscriptions, openid: str) -> object:
    return await subscriptions.deliver(
        NOTICE,
        openid=openid,
        person_index="p",
        template=TEMPLATE,
        values=VALUES,
        alarms=Alarms(),
        quotas=Quotas(),
    )


async def test_a_message_goes_once_for_each_consent(
    subscriptions: Subscriptions, standin: StandIn, house: House
) -> None:
    person = standin.add_person("villager")
    standin.mini_login(person.openid)
    assert await deliver(subscriptions, person.mini_openid) == Failed(
        reason="no-consent", channel="subscription"
    )
    await consent(house, "accept")
    standin.consent(person.openid, template_id=TEMPLATE.id)
    assert await deliver(subscriptions, person.mini_openid) == Sent(channel="subscription")
    assert await deliver(subscriptions, person.mini_openid) == Failed(
        reason="no-consent", channel="subscription"
    )


async def test_what_wechat_refuses_empties_the_ledger(
    subscriptions: Subscriptions, standin: StandIn, house: House
) -> None:
    person = standin.add_person("villager")
    standin.mini_login(person.openid)
    await consent(house, "accept")
    await consent(house, "accept")
    assert await deliver(subscriptions, person.mini_openid) == Failed(
        reason="no-consent", channel="subscription"
    )
    (row,) = await SubscriptionConsent.all()
    assert row.left == 0
