"""A draft waits on the server for its writer alone; places are picked by name; a village's type suggests questions."""

from collections.abc import Awaitable, Callable

from disclosures.texts import GENERAL, QUESTIONS
from dossier.facts import details_of
from dossier.rows import report_key
from models.api_draft import ApiDraft
from models.entry_code import EntryCode
from models.region import Region
from models.report import Report
from organisation.house import House
from organisation.importing.terms import _VILLAGE_TYPES
from retention.short_lived import forget
from tests.factories import EAST, EAST_VILLAGE, make_entry
from tests.miniapp_api.conftest import Phone
from wechat_standin import StandIn

Another = Callable[[], Awaitable[Phone]]
WORDS = "渠道塌了三处还没有修"


async def test_a_draft_comes_back_on_another_phone_and_to_nobody_else(
    phone: Phone, another: Another, entry: EntryCode, standin: StandIn
) -> None:
    person = standin.add_person("villager")
    mine, also = [await Phone(phone.client).sign_in(standin.mini_login(person.openid)) for _ in range(2)]
    for text in ("渠道塌了", WORDS):
        saved = await mine.post("/me/draft", {"entry": entry.code, "text": text, "level": "village"})
        assert saved.status == 201
    found = (await also.get("/me/draft")).body["draft"]
    assert (found["text"], found["level"], found["entry"]) == (WORDS, "village", entry.code)
    assert (await (await another()).get("/me/draft")).body == {"draft": None, "saved_at": None}
    assert await ApiDraft.all().count() == 1
    assert any("草稿" in sentence for sentence in (await also.get("/me")).body["held"])


async def test_a_draft_lies_sealed_and_goes_when_it_is_sent_dropped_left_or_old(
    phone: Phone, entry: EntryCode, house: House, at: Callable[[float], None]
) -> None:
    async def save() -> None:
        await phone.post("/me/draft", {"entry": entry.code, "text": WORDS})
        (row,) = await ApiDraft.all()
        assert WORDS.encode() not in bytes(row.sealed_body)

    await save()
    await phone.file(entry.code)
    assert await ApiDraft.all().count() == 0
    await save()
    assert (await phone.ask("DELETE", "/me/draft")).body["draft"] is None
    assert await ApiDraft.all().count() == 0
    await save()
    at(4 * 86_400)
    await forget(house=house)
    assert await ApiDraft.all().count() == 0
    at(0)
    await phone.sign_in()
    await save()
    await phone.ask("DELETE", "/sessions")
    assert await ApiDraft.all().count() == 0


async def test_cutting_the_link_takes_the_draft_along(phone: Phone, entry: EntryCode) -> None:
    await phone.post("/me/draft", {"entry": entry.code, "text": WORDS})
    await phone.ask("DELETE", "/me")
    assert await ApiDraft.all().count() == 0


async def test_a_place_is_picked_by_its_name(phone: Phone, entry: EntryCode, house: House) -> None:
    below = (await phone.get(f"/regions/{EAST}/children")).body["items"]
    assert below == [{"code": EAST_VILLAGE, "name": "柳树村", "level": "village"}]
    assert (await phone.get("/regions/1/children")).status == 404
    filed = await phone.file(entry.code, location={"label": "东河镇柳树村三组"})
    report = await Report.get(number=filed.body["number"])
    told = details_of(report, key=report_key(report, house=house))["location"]
    assert told == {"latitude": None, "longitude": None, "label": "东河镇柳树村三组"}


def test_every_type_of_village_has_its_questions() -> None:
    assert set(QUESTIONS) == set(_VILLAGE_TYPES)


async def test_the_type_of_the_village_chooses_what_is_asked(phone: Phone, entry: EntryCode) -> None:
    assert (await phone.get(f"/entries/{entry.code}")).body["questions"] == list(GENERAL)
    await Region.filter(code=EAST_VILLAGE).update(village_type="城郊型社区")
    assert (await phone.get(f"/entries/{entry.code}")).body["questions"] == list(QUESTIONS["城郊型社区"])
    conduct = await make_entry(purpose="conduct")
    assert (await phone.get(f"/entries/{conduct.code}")).body["questions"] == []
