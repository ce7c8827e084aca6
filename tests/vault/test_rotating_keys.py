"""Keys are changed while everything runs; a lost or another one is refused at the start, by its id."""

import re
from collections.abc import AsyncIterator

import pytest
from tortoise import Tortoise
from tortoise.fields import BinaryField

from clients.database import rows
from models.api_draft import ApiDraft
from models.conversation import Conversation
from models.report import Report
from models.sealing_key import SealingKey
from models.shelved import ShelvedPush
from models.staff import Staff
from models.survey import Survey, SurveyAnswer
from organisation.credentials import open_totp_secret
from organisation.house import House
from tests.bot.chatting import Villager, a_turnstile
from tests.conftest import INDEX_KEY, KEY, World
from tests.factories import CITY, NOW, make_entry
from tests.properties.test_a_dump_shows_nothing import told
from tests.structure.tree import modules
from vault import rotating
from vault.keys import KeyRing, KeyUnknown
from vault.known_keys import IndexKeyOther, KeyMissing, forget_unused, require_known_keys
from vault.rotating import count_by_key, rotate
from vault.vault import Vault

__all__ = ["told"]

NEW = bytes(reversed(range(32)))
OLD_ID, NEW_ID = KeyRing([KEY]).ids[0], KeyRing([NEW]).ids[0]


def a_vault(*keys: bytes, index_key: bytes = INDEX_KEY) -> Vault:
    return Vault(keys=keys, index_key=index_key)


def quiet(_more: int) -> None:
    return None


async def columns_under(key_id: str) -> set[str]:
    """Every binary column of every table, whether or not anybody thought of it."""
    found = set()
    for model in Tortoise.apps["models"].values():
        for name, field in model._meta.fields_map.items():
            if isinstance(field, BinaryField):
                table = model._meta.db_table
                for row in await rows(f"SELECT {name} AS value FROM {table} WHERE {name} IS NOT NULL"):
                    if bytes(row["value"])[:4].hex() == key_id:
                        found.add(f"{table}.{name}")
    return found


async def file_elsewhere(house: House) -> None:
    """What the fixture leaves out: a draft in the mini-program, answers to a survey, and a push that waits."""
    body = house.vault.seal("{}", place="shelved_push:w:body")
    await ShelvedPush.get_or_create(id="w", defaults={"place": 1, "sealed_body": body})
    key, wrapped = house.vault.new_key(place="api_draft:d:key")
    sealed = key.seal(b"{}", place="api_draft:d:body")
    if not await ApiDraft.exists():
        await ApiDraft.create(id="d", person_index="p", data_key=wrapped, sealed_body=sealed, changed_at=NOW)
    key, wrapped = house.vault.new_key(place="survey_answer:a:key")
    sealed = key.seal(b"{}", place="survey_answer:a:answers")
    if not await SurveyAnswer.exists():
        await Survey.create(code="S", region_id=CITY, title="问卷", made_at=NOW)
        await SurveyAnswer.create(id="a", survey_id="S", data_key=wrapped, sealed_answers=sealed)


def test_no_room_wraps_what_a_change_of_keys_would_forget() -> None:
    """A data key that is not on the list would be lost when its old key leaves the settings."""
    known = {one.place for one in rotating.WRAPPED}
    wrapping = re.compile(r"""(?:new_key|vault\.seal)\([^\n]*?place=f?"([^"]+)\"""")
    found = {
        re.sub(r"\{[^}]*\}", "{}", place)
        for path in modules()
        for place in wrapping.findall(path.read_text("utf-8"))
    }
    assert "report:{}:key" in found and "survey_answer:{}:key" in found
    # binding seals for either kind of account
    assert found - {"{}:{}:openid"} <= known
    assert tables_with("data_key") == {one.table for one in rotating.WRAPPED if one.column == "data_key"}


def tables_with(column: str) -> set[str]:
    bodies = [body for path in modules() for body in path.read_text("utf-8").split("\nclass ")[1:]]
    tables = [re.search(r'table = "(\w+)"', body) for body in bodies if f"\n    {column} = fields" in body]
    return {found[1] for found in tables if found}


async def test_everything_goes_over_to_the_new_key_and_opens_by_it_alone(told: House) -> None:
    await file_elsewhere(told)
    wrapped = {f"{one.table}.{one.column}" for one in rotating.WRAPPED}
    assert await columns_under(OLD_ID) == wrapped
    report = (await Report.all())[0]
    before = told.vault.key(report.data_key, place=f"report:{report.id}:key").raw
    rotated = await rotate(a_vault(NEW, KEY), progress=quiet)
    assert rotated.done > len(wrapped) and rotated.broken == 0
    assert await columns_under(OLD_ID) == set()
    assert set(await count_by_key()) == {NEW_ID}
    only_new = a_vault(NEW)
    await report.refresh_from_db()
    assert only_new.key(report.data_key, place=f"report:{report.id}:key").raw == before
    leader = await Staff.get(username="t-east-l")
    opened = open_totp_secret(leader.sealed_totp_secret, username=leader.username, vault=only_new)
    assert opened == "JBSWY3DPEHPK3PXPJBSW"
    assert only_new.open(leader.sealed_openid, place=f"staff:{leader.id}:openid") == "o-leader-of-east"
    assert (await rotate(a_vault(NEW, KEY), progress=quiet)).done == 0


async def test_it_goes_on_where_it_was_cut_off_and_people_talk_meanwhile(
    told: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rotating, "AT_ONCE", 1)
    both = a_vault(NEW, KEY)
    entry = await make_entry()

    class CutOff(Exception):
        pass

    def cut(_more: int) -> None:
        raise CutOff

    with pytest.raises(CutOff):
        await rotate(both, progress=cut)
    counted = await count_by_key()
    assert counted[NEW_ID] and counted[OLD_ID]
    # a process that was not begun again yet goes on under the old key: nothing is lost, and it is seen
    async with a_turnstile(told) as turnstile:
        await Villager(turnstile, "o-late-one").report(entry.code)
    assert (await rotate(both, progress=quiet)).broken == 0
    assert set(await count_by_key()) == {NEW_ID}
    for talk in await Conversation.exclude(sealed_openid=None):
        key = a_vault(NEW).key(talk.data_key, place=f"conversation:{talk.id}:key")
        assert key.open_text(talk.sealed_openid, place=f"conversation:{talk.id}:openid")


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_a_value_that_was_moved_is_left_and_counted(told: House) -> None:
    one, other = (await Report.all())[:2]
    await Report.filter(id=one.id).update(data_key=other.data_key)
    rotated = await rotate(a_vault(NEW, KEY), progress=quiet)
    assert rotated.broken == 1
    assert await columns_under(OLD_ID) == {"report.data_key"}


@pytest.fixture
async def known(database: World) -> AsyncIterator[None]:
    assert not await require_known_keys(a_vault(KEY), at=NOW)
    yield


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_a_lost_or_wrong_key_is_refused_by_its_id_even_where_nothing_lies(known: None) -> None:
    assert await require_known_keys(a_vault(KEY), at=NOW)
    with pytest.raises(KeyMissing) as refused:
        await require_known_keys(a_vault(NEW), at=NOW)
    assert OLD_ID in refused.value.message
    with pytest.raises(IndexKeyOther):
        await require_known_keys(a_vault(KEY, index_key=NEW), at=NOW)
    assert await require_known_keys(a_vault(NEW, KEY), at=NOW)
    # now both are known: the new one may not be lost either
    with pytest.raises(KeyMissing) as refused:
        await require_known_keys(a_vault(KEY), at=NOW)
    assert NEW_ID in refused.value.message
    await SealingKey.filter(id=OLD_ID).update(sealed_check=b"\0" * 60)
    with pytest.raises(KeyUnknown):
        await require_known_keys(a_vault(NEW, KEY), at=NOW)


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_an_old_key_may_leave_once_nothing_lies_under_it(told: House) -> None:
    assert await require_known_keys(a_vault(KEY), at=NOW)
    both = a_vault(NEW, KEY)
    assert await require_known_keys(both, at=NOW)
    assert await forget_unused(both) == []
    await rotate(both, progress=quiet)
    assert await forget_unused(both) == [OLD_ID]
    assert await require_known_keys(a_vault(NEW), at=NOW)


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_what_was_there_before_keys_were_known_is_looked_through_once(told: House) -> None:
    await rotate(a_vault(NEW, KEY), progress=quiet)
    await Report.all().limit(1)
    with pytest.raises(KeyMissing) as refused:
        await require_known_keys(a_vault(KEY), at=NOW)
    assert NEW_ID in refused.value.message
    assert await require_known_keys(a_vault(KEY, NEW), at=NOW)
    assert {one.id for one in await SealingKey.all()} == {OLD_ID, NEW_ID}
