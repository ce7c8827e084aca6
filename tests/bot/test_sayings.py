"""The words of an organisation, looked up as those that ship with the house."""

from bot import texts
from bot.dialogue import FIXED, step
from bot.effects import File
from bot.hearing.ear import Ear
from bot.hearing.names import is_nameless_after, wants_no_name
from bot.hearing.sayings import STANDARD, Sayings
from bot.state import Said, State
from models.choices import Level
from models.terms import Meaning
from organisation import sayings
from organisation.sayings import laid_over, standard_words
from tests.bot.test_hearing import two_towns


def of(*given: tuple[Meaning, str], without: tuple[tuple[Meaning, str], ...] = ()) -> Sayings:
    return Sayings.of(laid_over(dict.fromkeys(given, True) | dict.fromkeys(without, False)))


def test_each_fixed_word_and_each_level_is_a_meaning() -> None:
    assert {meaning.label for meaning in sayings.FIXED} == FIXED
    assert {str(meaning): meaning.label for meaning in sayings.LEVELS} == {
        str(level): level.label for level in Level
    }
    assert {texts.ANONYMOUS, texts.NAMED, texts.BIND} <= sayings.RESERVED


def test_a_word_stands_in_the_frames_of_all_words() -> None:
    own = of((Meaning.QUERY, "望一哈"))
    for typed in ("望一哈", "我要望一哈", "望一哈吧！", "请帮我望一哈谢谢"):
        assert own.fixed_word(typed, FIXED) == texts.QUERY, typed
        assert STANDARD.fixed_word(typed, FIXED) == typed
    assert own.fixed_word("他天天望一哈就走", FIXED) == "他天天望一哈就走"


def test_a_whole_word_goes_before_what_is_left_of_it() -> None:
    own = of((Meaning.GREETING, "说完了"))
    assert own.fixed_word("说完了", FIXED) == "说完了" and own.is_courtesy("说完了。")
    assert own.fixed_word("说完", FIXED) == texts.SUBMIT


def test_letters_are_compared_without_their_case() -> None:
    assert STANDARD.is_courtesy("Hello") and STANDARD.is_courtesy("ＯＫ")


def test_a_wish_in_other_words_and_one_that_counts_no_more() -> None:
    own = of(
        (Meaning.ANONYMOUS, "莫写我名"), (Meaning.NAMED, "写我大名"), without=((Meaning.ANONYMOUS, "不留名"),)
    )
    assert wants_no_name("千万莫写我名字", own) and not wants_no_name("千万莫写我名字", STANDARD)
    assert not wants_no_name("我不留名", own) and wants_no_name("我不留名", STANDARD)
    assert not is_nameless_after("就写我大名", own, was=True)
    assert is_nameless_after("就写我大名", STANDARD, was=True)


def test_of_no_words_nothing_is_heard() -> None:
    nothing = Sayings.of({})
    assert not wants_no_name("不留名", nothing) and wants_no_name("匿名", nothing)
    assert nothing.fixed_word("说完了", FIXED) == "说完了"
    assert nothing.fixed_word("我要提交", FIXED) == texts.SUBMIT


def test_a_yes_a_no_and_a_level_where_they_are_asked_for() -> None:
    own = of((Meaning.YES, "要得"), (Meaning.NO, "要不得"), (Meaning.DEPARTMENT, "局里的人"))
    ear = Ear(two_towns(), own)
    asked = State(
        stage="acting", act=texts.WITHDRAW, report="N", offered=(texts.YES_OF[texts.WITHDRAW], texts.LEAVE_IT)
    )
    assert step(asked, Said(text="要得"), ear=ear).effect is not None
    assert step(asked, Said(text="要不得"), ear=ear).answer == texts.LEFT_AS_IT_IS
    draft = State(entry="E", stage="who", pieces=1, is_nameless=True)
    assert step(draft, Said(text="局里的人"), ear=ear).effect == File(entry="E", level="department")


def test_what_ships_is_what_a_house_without_words_hears() -> None:
    assert Sayings.of(standard_words()) == STANDARD
