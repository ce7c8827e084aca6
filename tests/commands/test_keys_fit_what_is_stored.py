"""No process begins with keys that are not those of what is stored: it would mix what nobody can open later."""

import pytest

from commands.errors import REFUSALS
from commands.examining import require_fitting_keys
from organisation.house import House
from tests.bot.chatting import Villager, a_turnstile
from tests.conftest import INDEX_KEY, KEY
from tests.factories import NOW, make_organisation
from vault.vault import Vault

OTHER = bytes(reversed(range(32)))


async def test_keys_are_tried_on_what_is_stored(house: House) -> None:
    await make_organisation(house)
    async with a_turnstile(house) as turnstile:
        await Villager(turnstile, "o-somebody").say("帮助")
    assert await require_fitting_keys(Vault(keys=(KEY,), index_key=INDEX_KEY), at=NOW)
    # a new key in front, the old one behind it: rotation
    assert await require_fitting_keys(Vault(keys=(OTHER, KEY), index_key=INDEX_KEY), at=NOW)
    wrong = (((OTHER,), INDEX_KEY, "MASHANG_KEYS"), ((OTHER, KEY), OTHER, "MASHANG_INDEX_KEY"))
    for keys, index_key, named in wrong:
        with pytest.raises(REFUSALS) as refused:
            await require_fitting_keys(Vault(keys=keys, index_key=index_key), at=NOW)
        assert named in refused.value.message
