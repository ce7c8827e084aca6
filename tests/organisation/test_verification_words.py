"""The words on a poster are those on its page, today and in ten years, and can be told apart by ear."""

from collections import Counter

import pypinyin

from organisation import entry_codes
from organisation.terms import VERIFICATION_WORDS
from organisation.verification import verification_words


def test_words_of_printed_posters_stay_as_they_are() -> None:
    assert verification_words("23456789AB9C") == ("砖头", "蜜蜂", "狮子")


def test_no_two_words_are_read_alike() -> None:
    assert len(VERIFICATION_WORDS) == 256
    sounds = Counter(tuple(pypinyin.lazy_pinyin(word)) for word in VERIFICATION_WORDS)
    assert [sound for sound, count in sounds.items() if count > 1] == []
    assert {len(word) for word in VERIFICATION_WORDS} == {2}


def test_two_posters_hardly_ever_share_them_and_every_word_is_used() -> None:
    made = [verification_words(entry_codes.make()) for _ in range(4000)]
    assert len(set(made)) > 3990
    assert {word for words in made for word in words} == set(VERIFICATION_WORDS)
