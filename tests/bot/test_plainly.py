"""Short words for what they plainly stand for, and what must not be taken for one."""

import pytest

from bot import texts
from bot.dialogue import FIXED, step
from bot.effects import ChangePiece, DropPiece, File, Look
from bot.hearing.plainly import number_said
from bot.hearing.sayings import STANDARD
from bot.recognising import binding
from bot.state import Said, State, chosen
from organisation import receipts

THREE = ("村干部", "乡镇干部", "县领导")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3", 3),
        ("３、", 3),
        ("③", 3),
        ("(3)", 3),
        ("3️⃣", 3),
        ("三", 3),
        ("第三个", 3),
        ("选3", 3),
        ("我选第二个吧", 2),
        ("十二", 12),
        ("3号", 3),
        ("两", 2),
    ],
)
def test_a_number_in_any_form(typed: str, number: int) -> None:
    assert number_said(typed) == number


@pytest.mark.parametrize("typed", ["", "三百块", "3楼", "第三组", "一二三", "12345", "3个人打架", "1/2"])
def test_words_with_numbers_in_them_are_none(typed: str) -> None:
    assert number_said(typed) is None


@pytest.mark.parametrize(
    "typed", ["2", "2 乡镇干部", "乡镇干部。", "二", "２．乡镇干部", "【乡镇干部】", "乡镇干部吧"]
)
def test_a_choice_by_number_line_or_words(typed: str) -> None:
    assert chosen(State(offered=THREE), typed, STANDARD) == "乡镇干部"


def test_a_numeral_while_somebody_tells_is_something_said() -> None:
    assert chosen(State(offered=(texts.SUBMIT,)), "一", STANDARD) == "一"
    assert chosen(State(offered=(texts.SUBMIT,)), "①", STANDARD) == texts.SUBMIT


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("提交。", texts.SUBMIT),
        ("提 交", texts.SUBMIT),
        ("我要提交", texts.SUBMIT),
        ("说完了", texts.SUBMIT),
        ("我要查询一下", texts.QUERY),
        ("查进度", texts.QUERY),
        ("转人工", texts.PERSON),
        ("怎么用？", texts.HELP),
        ("上一句说错了", texts.WRONG),
        ("我要反映问题", texts.START),
        ("不说了", texts.LEAVE_IT),
        ("取消吧！", texts.CANCEL),
    ],
)
def test_a_fixed_word_in_other_words(typed: str, word: str) -> None:
    assert STANDARD.fixed_word(typed, FIXED) == word


@pytest.mark.parametrize(
    "typed",
    ["他说完就走了", "提交的材料不见了", "没人来查", "账没了", "领导取消了低保", "好的路都修坏了", "人工湖"],
)
def test_something_said_stays_as_it_is(typed: str) -> None:
    assert STANDARD.fixed_word(typed, FIXED) == typed and not STANDARD.is_courtesy(typed)


def test_what_is_said_to_staff_is_passed_on_as_it_is() -> None:
    for state in (
        State(stage="acting", act=texts.ANSWER, report="N", places=("q",)),
        State(stage="acting", act=texts.ADD, report="N"),
    ):
        for words in ("不要了", "好的", "说错了", "我要查询一下"):
            effect = step(state, Said(text=words)).effect
            assert getattr(effect, "text", "") == words
    assert (
        step(State(stage="acting", act=texts.ADD, report="N"), Said(text="说完了")).answer == texts.ADDED_ALL
    )


def test_an_answer_offered_by_staff_is_not_read_as_a_fixed_word() -> None:
    state = State(stage="acting", act=texts.ANSWER, report="N", places=("q",), offered=("要", "不要"))
    assert getattr(step(state, Said(text="不要")).effect, "text", "") == "不要"


@pytest.mark.parametrize("stage", ["name", "phone"])
def test_a_voice_sent_late_is_warned_about_before_a_nameless_filing(stage: str) -> None:
    state = State(entry="E", stage=stage, level="village", pieces=2, voices=1, name="林")
    turn = step(state, Said(text="匿名"))
    assert turn.effect is None and turn.answer.startswith(texts.VOICE_WARNING)
    assert isinstance(step(turn.state, Said(text="1")).effect, File)


def test_pieces_go_and_change_in_other_words() -> None:
    draft = State(entry="E", pieces=3)
    for words in ("删第2条", "删掉第二条", "把第2条删了", "第二句删掉。", "删2"):
        assert step(draft, Said(text=words)).effect == DropPiece(number=2), words
    for words in ("改第2条：路没修", "第2条改成路没修", "把第二句改为：路没修"):
        assert step(draft, Said(text=words)).effect == ChangePiece(number=2, text="路没修"), words
    for words in ("第2组的路没修", "删了很多树", "2024年修的"):
        assert step(draft, Said(text=words)).note is not None, words


def test_a_receipt_among_words_opens_and_an_account_in_a_draft_does_not() -> None:
    receipt = receipts.make_receipt()
    for words in (f"编号：ABCDEFGH23\n回执码：{receipts.grouped(receipt)}\n请记下", f"我的回执码是{receipt}"):
        assert step(State(entry="E", pieces=1), Said(text=words)).effect == Look(receipt=receipt)
    mistyped = receipt[:-1] + str((int(receipt[-1]) + 1) % 10)
    assert step(State(), Said(text=mistyped)).effect == Look(receipt=mistyped)
    assert step(State(entry="E", pieces=1), Said(text=mistyped)).note is not None
    assert step(State(entry="E", pieces=1), Said(text=f"打到卡上{receipt}")).note is not None


@pytest.mark.parametrize(
    "typed", ["绑定 139-0000-0001 ab12", "绑定１３９００００００01，ab12", "绑定139 0000 0001 ab12"]
)
def test_binding_however_it_is_parted(typed: str) -> None:
    turn = binding(State(), typed)
    assert turn is not None and turn.effect is not None
    assert getattr(turn.effect, "phone", "").replace("-", "") == "13900000001"
    assert getattr(turn.effect, "code", "") == "ab12"
    assert binding(State(), "绑定微信的事没人管") is None


def test_a_number_in_the_place_of_a_receipt_is_told_apart_from_a_village() -> None:
    asked = State(stage="asking", entry="E")
    for number in ("ABCDEFGHJK", "2345678923", "ab cd ef gh 23"):
        assert step(asked, Said(text=number)).answer == texts.NUMBER_IS_NO_RECEIPT
    assert step(State(entry="E"), Said(text="heshangcun")).note is not None
    assert step(State(entry="E"), Said(text="VNKY6FJFFD")).answer == texts.NUMBER_IS_NO_RECEIPT
