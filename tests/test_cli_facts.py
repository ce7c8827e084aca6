"""What `decide` takes and what it refuses, on the sample prefecture."""

import orjson
import pytest

from commands.deciding import decided
from commands.errors import CommandRefused

HETANG = "990121101201"
GOOD = {"region": HETANG, "area": "civil", "level": "village"}


async def answer(**facts):
    return await decided(orjson.dumps(GOOD | facts))


async def test_a_village_matter_goes_to_its_township(sampled) -> None:
    found = await answer()
    assert (found["body"], found["liaisons_told"]) == ("lc-hetang", [])
    assert set(found) == {"body", "rule", "reasons", "ruled_out", "liaisons_told"}


async def test_the_reporter_may_keep_the_township_and_the_liaison_out(sampled) -> None:
    found = await answer(level="none", avoid=["township", "liaison"])
    assert found["body"] != "lc-hetang"
    assert found["liaisons_told"] == []


async def test_who_is_ruled_out_is_named_as_the_import_files_name_them(sampled) -> None:
    found = await answer(avoid=["township"])
    assert "lc-hetang" in {out["who"] for out in found["ruled_out"]}


async def test_nothing_is_stored(sampled) -> None:
    from models.decision import RoutingDecision
    from models.event import Event

    before = await Event.all().count()
    await answer()
    assert (await Event.all().count(), await RoutingDecision.all().count()) == (before, 0)


@pytest.mark.parametrize("text", [b"", b"[]", b"{", b'"x"', b"null"])
async def test_only_an_object_is_read(sampled, text: bytes) -> None:
    with pytest.raises(CommandRefused):
        await decided(text)


@pytest.mark.parametrize("world_name", ["sqlite"])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("region", "990121999999"),
        ("region", None),
        ("area", "astrology"),
        ("entry", "23456789ABCD"),
        ("level", "everybody"),
        ("level", None),
        ("level", ["village"]),
        ("purpose", "gossip"),
        ("subject", "张三"),
        ("subject", {"name": "张三", "age": "50"}),
        ("subject", {"name": 5}),
        ("text", 5),
        ("appeal_of", "nobody"),
        ("avoid", "township"),
        ("avoid", ["village"]),
        ("avoid", [["township"]]),
    ],
)
async def test_a_wrong_fact_is_named(sampled, name: str, value: object) -> None:
    with pytest.raises(CommandRefused) as refused:
        await answer(**{name: value})
    assert name in refused.value.message
    assert "\n" not in refused.value.message


@pytest.mark.parametrize("world_name", ["sqlite"])
async def test_an_unknown_fact_is_not_passed_over(sampled) -> None:
    with pytest.raises(CommandRefused) as refused:
        await answer(levle="village")
    assert "levle" in refused.value.message
