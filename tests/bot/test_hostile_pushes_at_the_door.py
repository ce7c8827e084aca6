"""What WeChat would never send is refused by the callback itself, whole, and nothing of it is kept."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.callback import MAX_BODY
from models.conversation import Conversation
from models.inbox import InboxMessage
from organisation.house import House
from tests.bot.storytelling import Stage, a_stage
from tests.conftest import World
from tests.factories import make_organisation
from wechat_standin.hostile import TAMPERS


@pytest.fixture
def world_name() -> str:
    """One will do: nothing gets as far as a database."""
    return "sqlite"


@pytest.fixture
async def stage(house: House, world: World) -> AsyncIterator[Stage]:
    await make_organisation(house)
    async with a_stage(house, world.folder / "clock", seed=7) as made:
        yield made


async def test_every_hostile_push_is_refused_and_leaves_nothing(stage: Stage) -> None:
    person = stage.standin.add_person()
    said = {tamper: await stage.standin.push_hostile(person.openid, tamper=tamper) for tamper in TAMPERS}
    assert said == {tamper: (413 if tamper == "oversize" else 403, b"") for tamper in TAMPERS}
    assert not await InboxMessage.exists()
    assert not await Conversation.exists()


async def test_a_body_that_does_not_say_how_long_it_is_is_measured_too(stage: Stage) -> None:
    async def unmeasured(size: int) -> AsyncIterator[bytes]:
        yield b"x" * size

    async with aiohttp.ClientSession() as http:
        for size, status in ((MAX_BODY, 403), (MAX_BODY + 1, 413)):
            address = stage.standin.pusher.callback_url
            async with http.post(address, data=unmeasured(size)) as answer:
                assert answer.status == status
