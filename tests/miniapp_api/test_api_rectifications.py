"""码上评: what was put right is shown for a place and above, rated once by a person, counted for the county."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from models.survey import Survey, SurveyAnswer
from organisation.entry_codes import make
from organisation.house import House
from surveys.results import results_of
from tests.factories import COUNTY, EAST, EAST_VILLAGE, WEST_VILLAGE, make_entry
from tests.miniapp_api.conftest import Phone

Another = Callable[[], Awaitable[Phone]]
QUESTIONS = [
    {
        "key": "q1",
        "kind": "single",
        "label": "整改得怎么样？",
        "options": ["好了", "没有"],
        "is_required": True,
    }
]


async def published(
    house: House, *, region: str = EAST_VILLAGE, area: str = "education", days: int = 0
) -> Survey:
    return await Survey.create(
        code=make(),
        region_id=region,
        area_id=area,
        is_rectification=True,
        title="路灯修好了",
        text="换了三盏",
        questions=QUESTIONS,
        made_at=house.clock.now() - timedelta(days=days),
    )


async def test_of_the_place_and_above_the_newest_first(phone: Phone, house: House) -> None:
    own, above, old = (
        await published(house),
        await published(house, region=EAST, days=1),
        await published(house, days=2),
    )
    await published(house, region=WEST_VILLAGE)
    await published(house, area="forestry")
    gone = await published(house)
    await Survey.filter(code=gone.code).update(is_active=False)
    first = (await phone.get(f"/regions/{EAST_VILLAGE}/rectifications?limit=2&area=education")).body
    assert [one["code"] for one in first["items"]] == [own.code, above.code]
    assert first["items"][0]["region"]["name"] == "柳树村" and first["items"][0]["area"]["name"] == "教育"
    more = f"/regions/{EAST_VILLAGE}/rectifications?limit=2&area=education&cursor={first['next_cursor']}"
    rest = (await phone.get(more)).body
    assert ([one["code"] for one in rest["items"]], rest["next_cursor"]) == ([old.code], None)
    assert len((await phone.get(f"/regions/{EAST_VILLAGE}/rectifications")).body["items"]) == 4
    assert (await phone.get(f"/regions/{COUNTY}/rectifications")).body["items"] == []
    assert (await phone.get("/regions/1/rectifications")).status == 404
    # it is no questionnaire that a code for those would open
    survey_code = await make_entry(purpose="survey")
    assert (await phone.get(f"/surveys/{survey_code.code}")).status == 404


async def test_it_is_rated_once_and_counted(phone: Phone, another: Another, house: House) -> None:
    rated = await published(house)
    for number in range(5):
        other = await another()
        said = {"answers": {"q1": "好了" if number else "没有"}}
        assert (await other.post(f"/surveys/{rated.code}/answers", said)).status == 201
    again = await other.post(f"/surveys/{rated.code}/answers", said)
    assert again.body["type"] == "answered-already" and await SurveyAnswer.all().count() == 5
    (counted,) = (await results_of(rated, house=house)).questions
    assert counted.bars == [("好了", 4), ("没有", 1)]
