"""What people say for what as data: imported, kept in the console, everywhere at once, and taken back."""

from pathlib import Path

import pytest

from models.organisation_change import OrganisationChange
from models.saying import LONGEST, Saying
from models.terms import Meaning
from organisation.editing import add_row
from organisation.errors import RowNotFound
from organisation.house import House
from organisation.importing import ImportRefused, import_path
from organisation.kinds import KINDS, rows_of
from organisation.live import LiveOrganisation
from organisation.sayings import (
    FIXED,
    LEVELS,
    RESERVED,
    laid_over,
    like_villages,
    spoken,
    standard_pairs,
    standard_words,
)
from organisation.undoing import undo
from tests.bot.test_hearing import two_towns
from tests.casework.conftest import county, file
from tests.organisation.test_every_kind_changed import desk, newest

__all__ = ["county", "file"]


async def given(folder: Path, content: str, *, house: House) -> list[str]:
    (folder / "sayings.csv").write_text(content, encoding="utf-8")
    summary = await import_path(folder, vault=house.vault, clock=house.clock, by="system")
    await house.organisation.refresh()
    return summary.lines()


def words(house: House, meaning: Meaning) -> frozenset[str]:
    return house.organisation.sayings[meaning] - standard_words()[meaning]


@pytest.mark.parametrize(
    "content",
    [
        "meaning,word,active\nsubmit,摆完,yes\nanonymous,莫写我名,\ngreeting,嗨,no\n",
        "含义,说法,启用\n提交,摆完。,是\n匿名,莫写我名,是\n问候,嗨！,否\n",
    ],
    ids=["english", "chinese"],
)
async def test_words_are_added_and_switched_off(house: House, tmp_path: Path, content: str) -> None:
    assert await given(tmp_path, content, house=house) == ["sayings.csv：新增 3，修改 0，停用 0"]
    assert words(house, Meaning.SUBMIT) == {"摆完"} and words(house, Meaning.ANONYMOUS) == {"莫写我名"}
    assert "嗨" not in house.organisation.sayings[Meaning.GREETING] >= {"你好"}
    assert await given(tmp_path, content, house=house) == ["没有变化"]


WRONG = (
    ("摆完,摆完,", "含义（meaning）", "是其中之一：匿名（anonymous）"),
    ("提交,,", "说法（word）", "不能空着"),
    ("提交,。。。,", "说法（word）", "1 到 14 个字"),
    ("提交,12,", "说法（word）", "不能只是数字"),
    ("提交,三,", "说法（word）", "不能只是数字"),
    (f"提交,{'摆' * (LONGEST + 1)},", "说法（word）", "1 到 14 个字"),
    ("问候,提交,", "说法（word）", "“提交”以外的说法"),
    ("提交,提交,否", "说法（word）", "“提交”以外的说法"),
    ("不匿名,匿名,", "说法（word）", "“匿名”以外的说法"),
    ("匿名,名,", "说法（word）", "2 个字以上"),
    ("提交,谢谢,", "说法（word）", "它现在表示“客气话”"),
    ("客气话,摆完,", "说法（word）", "它现在表示“提交”"),
    ("答应,不要,", "说法（word）", "它现在表示“不答应、算了”"),
    ("提交,摆好,也许", "启用（active）", "是或否"),
    ("问候,你好,", "含义（meaning）", "不重复（与第 16 行相同）"),
)


async def test_what_is_wrong_is_said_and_nothing_is_kept(house: House, tmp_path: Path) -> None:
    rows = (
        *(row for row, _, _ in WRONG[:-1]),
        "问候,你好,是",
        WRONG[-1][0],
        "提交,说好喽,是",
        "提交,摆完,是",
    )
    with pytest.raises(ImportRefused) as refused:
        await given(tmp_path, "\n".join(("含义,说法,启用", *rows)), house=house)
    found = {problem.row: problem for problem in refused.value.problems}
    for row, (said, header, expected) in zip((*range(2, 16), 17), WRONG, strict=True):
        problem = found.pop(row)
        assert (problem.file, problem.column) == ("sayings.csv", header), said
        assert expected in problem.expected, said
    assert found.keys() == {19} and "“客气话”" in found[19].expected
    assert not await Saying.exists()


async def test_a_word_moves_when_its_first_meaning_goes(house: House, tmp_path: Path) -> None:
    await given(tmp_path, "含义,说法,启用\n算了,结束,是\n提交,结束,否\n", house=house)
    assert "结束" in house.organisation.sayings[Meaning.LEAVE]
    assert "结束" not in house.organisation.sayings[Meaning.SUBMIT]
    with pytest.raises(ImportRefused):
        await given(tmp_path, "含义,说法,启用\n提交,结束,是\n", house=house)
    await given(tmp_path, "含义,说法,启用\n提交,结束,是\n算了,结束,否\n", house=house)
    assert house.organisation.sayings == standard_words()


async def test_what_ships_with_two_meanings_may_be_switched_on_again(house: House, tmp_path: Path) -> None:
    await given(tmp_path, "含义,说法,启用\n客气话,好的,否\n", house=house)
    assert "好的" not in house.organisation.sayings[Meaning.THANKS]
    await given(tmp_path, "含义,说法,启用\n客气话,好的,是\n", house=house)
    assert house.organisation.sayings == standard_words()


async def test_they_are_the_city_s_and_reach_every_process(county: House) -> None:
    elsewhere, head, city = LiveOrganisation(), await desk(county), await desk(county, "city-l")
    await elsewhere.refresh()
    assert "sayings" in city["reach"].kinds and "sayings" not in head["reach"].kinds
    assert await rows_of(KINDS["sayings"], head["reach"]) == []
    await add_row(KINDS["sayings"], {"meaning": "submit", "word": "摆完", "active": "yes"}, **city)
    await elsewhere.refresh()
    assert "摆完" in elsewhere.sayings[Meaning.SUBMIT]
    with pytest.raises(RowNotFound):
        await undo((await newest()).id, **head)
    await undo((await newest()).id, **city)
    await elsewhere.refresh()
    assert elsewhere.sayings == standard_words()
    assert {change.actor for change in await OrganisationChange.filter(kind="sayings")} == {city["by"].actor}


def test_the_words_that_ship_are_words() -> None:
    for meaning, said in standard_words().items():
        for word in said:
            assert word == spoken(word) and len(word) <= LONGEST, (meaning, word)
    alone = {word: meaning for meaning, word in standard_pairs() if meaning in FIXED}
    assert not RESERVED & alone.keys()
    for meaning in (Meaning.THANKS, Meaning.GREETING):
        assert not standard_words()[meaning] & alone.keys()
    assert sum(meaning in FIXED for meaning, _ in standard_pairs()) == len(alone)
    named = [word for meaning, word in standard_pairs() if meaning in LEVELS]
    assert len(named) == len(set(named))


def test_all_may_be_switched_off() -> None:
    off = dict.fromkeys(((Meaning.ANONYMOUS, word) for word in standard_words()[Meaning.ANONYMOUS]), False)
    assert Meaning.ANONYMOUS not in laid_over(off)


def test_a_word_like_a_village_is_told_of() -> None:
    table = two_towns()
    pairs = [(Meaning.GREETING, "石桥"), (Meaning.SUBMIT, "石桥完"), (Meaning.ANONYMOUS, "桥头")]
    assert like_villages(pairs, table) == {
        (Meaning.GREETING, "石桥"): "石桥村",
        (Meaning.ANONYMOUS, "桥头"): "石桥头村",
    }
