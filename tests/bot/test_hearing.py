"""Which village, which area and whether without a name: what is heard in somebody's words, and what is not."""

import asyncio
import sys
import threading
from pathlib import Path

import pytest

from bot import texts
from bot.dialogue import Said, State, step
from bot.hearing.areas import guessed, standard_words
from bot.hearing.ear import Ear, Ears
from bot.hearing.names import wants_no_name
from bot.hearing.sayings import STANDARD
from bot.hearing.villages import Gazetteer
from models.area import Area
from organisation.house import House
from organisation.importing import import_path
from routing.table import RegionNode, RoutingTable
from tests.conftest import SAMPLE

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from hearing import listen, sample_table

TWO_TOWNS = (
    RegionNode("990101000000", "青川区", "county", ""),
    RegionNode("990101001000", "东河镇", "township", "990101000000"),
    RegionNode("990101002000", "西坪乡", "township", "990101000000"),
    RegionNode("990101001001", "石桥村", "village", "990101001000"),
    RegionNode("990101002001", "石桥村", "village", "990101002000"),
    RegionNode("990101002002", "石桥头村", "village", "990101002000"),
    RegionNode("990101002003", "西坪村", "village", "990101002000"),
)


def two_towns(version: int = 1) -> RoutingTable:
    areas = {"education": "教育", "forestry": "林业"}
    return RoutingTable.build(version=version, areas=areas, regions=TWO_TOWNS, bodies=())


@pytest.fixture
def ear() -> Ear:
    return Ear(two_towns())


def test_the_labelled_words_are_heard() -> None:
    villages, areas = listen(sample_table())
    assert villages.labelled + villages.silent == areas.labelled + areas.silent > 100
    assert villages.first / villages.labelled >= 0.95, villages.misses
    assert areas.first / areas.labelled >= 0.95, areas.misses
    assert areas.among_three / areas.labelled >= 0.98, areas.misses
    assert (villages.heard_wrongly, villages.sure_wrongly) == (0, 0), villages.misses


def test_it_asks_when_two_fit(ear: Ear) -> None:
    heard = ear.place("石桥村的路断了")
    assert (set(heard.villages), heard.is_sure) == ({"990101001001", "990101002001"}, False)
    turn = step(State(), Said(text="石桥村的路断了"), ear=ear)
    assert turn.state.stage == "village" and turn.note is not None
    assert turn.state.offered == ("东河镇石桥村", "西坪乡石桥村", "都不是")


def test_what_is_published_is_not_shown_of_either_when_two_fit(ear: Ear) -> None:
    assert step(State(), Said(text="政策 石桥村"), ear=ear).answer == texts.POLICIES_WHICH
    assert step(State(), Said(text="政策 西坪乡石桥村"), ear=ear).effect is not None


def test_the_township_beside_it_decides(ear: Ear) -> None:
    heard = ear.place("西坪乡石桥村的路断了")
    assert (heard.villages, heard.is_sure) == (("990101002001",), True)


def test_the_longer_name_is_meant(ear: Ear) -> None:
    heard = ear.place("石桥头村的路断了")
    assert (heard.villages, heard.is_sure) == (("990101002002",), True)


def test_a_township_is_not_the_village_of_its_name(ear: Ear) -> None:
    assert ear.place("西坪乡政府乱收费").villages == ()
    assert ear.place("西坪乡政府乱收费").towns == ("990101002000",)
    assert ear.place("西坪村乱收费").villages == ("990101002003",)


def test_what_only_sounds_alike_is_never_sure(ear: Ear) -> None:
    for text in ("十桥头村", "shi qiao tou cun", "细坪村"):
        heard = ear.place(text)
        assert heard.villages and not heard.is_sure, text


def test_the_area_is_offered_first_and_never_entered_in_silence(ear: Ear) -> None:
    turn = step(State(), Said(text="石桥头村有人砍树"), ear=ear)
    assert turn.effect is None and turn.state.entry == ""
    assert turn.state.offered == ("林业", "教育", "不是这个村")


def test_a_countys_own_words_take_the_place_of_the_standard_ones() -> None:
    areas = {"a": "教育", "b": "林业"}
    assert guessed("学校门口", areas=areas, words={}) == ["a"]
    assert guessed("学校门口", areas=areas, words={"a": "书院；私塾", "b": "门口"}) == ["b"]


def test_every_area_of_the_sample_has_words() -> None:
    assert set(sample_table().areas.values()) == set(standard_words())


async def test_words_are_imported_with_the_areas(house: House, tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("编码,名称,关键词\nschool,教育,书院；私塾\n", encoding="utf-8")
    await import_path(tmp_path, vault=house.vault, clock=house.clock, by="system")
    await house.organisation.refresh()
    assert house.organisation.table.area_words == {"school": "书院；私塾"}
    await import_path(SAMPLE, vault=house.vault, clock=house.clock, by="system")
    assert (await Area.get(code="school")).words == "书院；私塾"


@pytest.mark.parametrize(
    "text",
    [
        "匿名",
        "我要匿名！",
        "匿名反映，桥断了",
        "千万别说是我说的",
        "不想留名",
        "能不能匿名",
        "不要让别人知道是我",
        "桥断了没人修，家里人怕，希望匿名，请来看看",
        "收到过匿名信，这次我也匿名",
    ],
)
def test_said_plainly_it_counts(text: str) -> None:
    assert wants_no_name(text, STANDARD)


@pytest.mark.parametrize(
    "text",
    [
        "有人写匿名信",
        "我不匿名",
        "实名，不要匿名",
        "村里的名单",
        "",
        "上次匿名举报没人管",
        "有人匿名打电话来骂我",
    ],
)
def test_not_said_it_does_not(text: str) -> None:
    assert not wants_no_name(text, STANDARD)


async def test_villages_are_learnt_beside_the_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever speaks while a changed organisation is learnt is heard as before."""
    done, where = threading.Event(), set[int]()

    class Slow(Gazetteer):
        def __init__(self, table: RoutingTable) -> None:
            where.add(threading.get_ident())
            done.wait(5)
            super().__init__(table)

    ears, before, after = Ears(), two_towns(1), two_towns(2)
    await ears.follow(before)
    assert ears.now.place("石桥头村").is_sure
    monkeypatch.setattr("bot.hearing.ear.Gazetteer", Slow)
    await ears.follow(after)
    assert ears.now.table is before and ears.now.place("石桥头村").is_sure
    done.set()
    while ears.now.table is before:
        await asyncio.sleep(0.01)
    assert ears.now.table is after and where.isdisjoint({threading.get_ident()})
