"""A code survives the people who read it aloud, type it and copy it."""

import itertools
import random
import sys
import unicodedata
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisation import entry_codes
from organisation.entry_codes import ALPHABET, find_in, is_valid, make, normalise, with_check

codes = st.text(alphabet=ALPHABET, min_size=10, max_size=10).map(with_check)
DRAWN = random.Random(20)  # the same codes in every process that collects these tests
FIXED = [with_check("".join(DRAWN.choices(ALPHABET, k=10))) for _ in range(20)] + [
    with_check("2" * 10),
    with_check("Z" * 10),
    with_check("23456789AB"),
]


def test_alphabet_has_31_characters_none_easily_confused() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 31
    assert not set("0O1IL") & set(ALPHABET)


def test_known_codes_stay_valid_forever() -> None:
    assert with_check("23456789AB") == "23456789AB9C"
    assert is_valid("23456789AB9C")


def test_made_codes_are_valid_and_differ() -> None:
    made = {make() for _ in range(1000)}
    assert len(made) == 1000
    assert all(is_valid(code) and len(code) == 12 for code in made)


def test_every_character_is_as_likely_at_every_place() -> None:
    """Check characters too; a chi-squared of 30 degrees passes 75 once in a hundred thousand."""
    made = [make() for _ in range(12_000)]
    expected = len(made) / len(ALPHABET)
    for place in range(12):
        counted = Counter(code[place] for code in made)
        assert sum((counted[each] - expected) ** 2 / expected for each in ALPHABET) < 75


@pytest.mark.parametrize("code", FIXED)
def test_every_single_wrong_character_is_found(code: str) -> None:
    for place, wrong in itertools.product(range(12), ALPHABET):
        if wrong != code[place]:
            assert not is_valid(code[:place] + wrong + code[place + 1 :])


@pytest.mark.parametrize("code", FIXED[:4])
def test_every_two_wrong_characters_are_found(code: str) -> None:
    for one, two in itertools.combinations(range(12), 2):
        for first, second in itertools.product(ALPHABET, repeat=2):
            changed = code[:one] + first + code[one + 1 : two] + second + code[two + 1 :]
            assert is_valid(changed) == (changed == code)


def test_every_swap_of_neighbours_is_found_for_every_pair_of_letters() -> None:
    for place, (first, second) in itertools.product(range(9), itertools.permutations(ALPHABET, 2)):
        head = "7" * place + first + second + "K" * (8 - place)
        code = with_check(head)
        assert not is_valid(code[:place] + second + first + code[place + 2 :])


@given(codes, st.integers(0, 10))
def test_swapped_neighbours_are_found_also_in_the_check(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_valid(swapped) == (swapped == code)


@given(st.text(max_size=40))
def test_any_text_is_answered(text: str) -> None:
    found = find_in(text)
    assert found is None or is_valid(found)
    normalise(text)
    is_valid(text)


@given(codes)
def test_a_code_is_found_however_it_is_typed(code: str) -> None:
    wide = "".join(chr(ord(character) + 0xFEE0) for character in code)
    spaced = entry_codes.grouped(code)
    for typed in (
        code,
        code.lower(),
        spaced,
        spaced.replace(" ", "-"),
        spaced.replace(" ", "．"),
        wide,
        f" {code}\n",
    ):
        assert find_in(typed) == code
    for link in (
        f"https://x.example/s/{code}",
        f"看这个 http://h:80/s/{code.lower()}?from=1",
        f"/s/{code[:4]}%20{code[4:]}",
    ):
        assert find_in(link) == code


def test_other_messages_hold_no_code() -> None:
    code = with_check("23456789AB")
    for text in (
        "",
        "村里的路灯坏了",
        code[:-1],
        code + "2",
        f"我的码是{code}",
        f"/t/{code}",
        code[:4] + code[5:8] + code[4] + code[8:],
    ):
        assert find_in(text) is None


def test_what_is_known_for_a_sentence_at_first_sight_is_one() -> None:
    """The table of Unicode that is installed decides: whatever folds into a slash may hold a link."""
    for point in range(sys.maxunicode + 1):
        folded = unicodedata.normalize("NFKC", chr(point))
        assert "/" not in folded or entry_codes._SLASHED.search(chr(point))
        assert not entry_codes._IDEOGRAPH.search(chr(point)) or folded == chr(point)
    code = with_check("23456789AB")
    assert find_in(f"看这个／ｓ／{code}") == code
    assert not entry_codes.may_be_one("路灯坏了ABC") and entry_codes.may_be_one("ＡＢＣ 123")
