"""Promises about what is published: whose it is, in which order, and nobody's name in full."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosures.listing import CursorWrong, published_for
from disclosures.masking import mask_name, mask_names_in
from models.disclosure import Disclosure
from organisation.house import House
from tests.factories import CITY, COUNTY, EAST, EAST_VILLAGE, WEST_VILLAGE, make_organisation

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)
NAMES = st.text(HAN, min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张小三", "张*三"),
        ("欧阳明月", "欧**月"),
        ("张", "*"),
        ("", "*"),
        (" 张 三 ", "张*"),
        ("阿卜·买买提", "阿****提"),
    ],
)
def test_names_are_masked_as_the_public_sees_them(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@given(NAMES)
def test_a_masked_name_never_is_the_name(name: str) -> None:
    masked = mask_name(name)
    assert masked != name and "*" in masked
    assert len(masked.replace("*", "")) <= 2
    assert sum(a == b for a, b in zip(name, masked, strict=True)) <= min(2, len(name) - 1)


@given(st.lists(NAMES.filter(lambda name: len(name) > 1), max_size=5), st.text(HAN, max_size=20), st.data())
def test_no_full_name_is_left_in_words(names: list[str], text: str, data: st.DataObject) -> None:
    for name in names:
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + name + text[at:]
    masked = mask_names_in(text, names=names)
    assert not [name for name in names if name in masked]


async def publish(code: str, region: str, **more: object) -> None:
    values = {"kind": "fund", "area_id": "education", "title": code} | more
    await Disclosure.create(code=code, region_id=region, **values)


PATH = (CITY, COUNTY, EAST, EAST_VILLAGE)
TODAY = date(2026, 11, 26)


async def test_a_place_shows_its_own_and_what_is_above_it(house: House) -> None:
    await make_organisation(house)
    for code, region in (("city", CITY), ("mine", EAST_VILLAGE), ("other", WEST_VILLAGE)):
        await publish(code, region)
    await publish("gone", EAST_VILLAGE, is_active=False)
    page = await published_for(PATH, today=TODAY)
    assert {item.code for item in page.items} == {"city", "mine"}


async def test_area_and_kind_narrow_it(house: House) -> None:
    await make_organisation(house)
    await publish("a", CITY)
    await publish("b", CITY, area_id="forestry")
    await publish("c", CITY, kind="policy")
    assert [item.code for item in (await published_for(PATH, today=TODAY, area="forestry")).items] == ["b"]
    assert [item.code for item in (await published_for(PATH, today=TODAY, kind="policy")).items] == ["c"]
    assert (await published_for(PATH, today=TODAY, area="no\u2019such")).items == []


async def test_pages_show_each_matter_once_newest_first_undated_last(house: House) -> None:
    await make_organisation(house)
    day = date(2026, 5, 1)
    for number in range(9):
        await publish(f"d{number}", CITY, date=day + timedelta(days=number // 2))
    for number in range(4):
        await publish(f"u{number}", EAST)
    for limit in (1, 2, 3, 5, 13, 50):
        seen, cursor = [], ""
        while True:
            page = await published_for(PATH, today=TODAY, limit=limit, cursor=cursor)
            seen += [item.code for item in page.items]
            if page.next_cursor is None:
                break
            cursor = page.next_cursor
        assert seen == ["d8", "d6", "d7", "d4", "d5", "d2", "d3", "d0", "d1", "u0", "u1", "u2", "u3"]


@pytest.mark.parametrize("cursor", ["x", "AAAA", "W10", "WzEsMl0", "é", "bnVsbA"])
async def test_a_made_up_cursor_is_refused(house: House, cursor: str) -> None:
    with pytest.raises(CursorWrong):
        await published_for(PATH, today=TODAY, cursor=cursor)


async def test_no_beneficiary_leaves_in_full(house: House) -> None:
    await make_organisation(house)
    people = [{"name": "王小明", "amount": 500}, {"name": "李四", "amount": "600.5"}, {"name": "赵"}]
    await publish(
        "f",
        CITY,
        beneficiaries=people,
        text="王小明和李四等",
        title="给李四的补助",
        amount=Decimal("1100.50"),
    )
    (item,) = (await published_for(PATH, today=TODAY)).items
    assert item.beneficiaries == (("王*明", "500"), ("李*", "600.5"), ("*", ""))
    assert (item.text, item.title, item.amount) == ("王*明和李*等", "给李*的补助", 1100.5)
    assert "王小明" not in repr(item) and "李四" not in repr(item)


async def test_what_bears_a_later_date_waits_for_its_day(house: House) -> None:
    await make_organisation(house)
    await publish("now", EAST_VILLAGE, date=TODAY)
    await publish("later", EAST_VILLAGE, date=TODAY + timedelta(days=1))
    assert [item.code for item in (await published_for(PATH, today=TODAY)).items] == ["now"]
    tomorrow = TODAY + timedelta(days=1)
    assert [item.code for item in (await published_for(PATH, today=tomorrow)).items] == ["later", "now"]
