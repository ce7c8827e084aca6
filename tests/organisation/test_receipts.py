"""A receipt finds slips of the hand; a number tells nothing."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from organisation.entry_codes import ALPHABET
from organisation.receipts import grouped, is_valid, make_number, make_receipt, normalise

receipts = st.integers().map(lambda _: make_receipt())


def test_damm_known_answer() -> None:
    assert is_valid("0000000000005724")  # 572 has the check digit 4; leading zeros change nothing
    assert not is_valid("0000000000005723")


def test_every_single_wrong_digit_and_every_neighbour_swap_is_found() -> None:
    for receipt in [make_receipt() for _ in range(300)]:
        assert is_valid(receipt)
        for place, wrong in itertools.product(range(16), "0123456789"):
            changed = receipt[:place] + wrong + receipt[place + 1 :]
            assert is_valid(changed) == (changed == receipt)
        for place in range(15):
            swapped = receipt[:place] + receipt[place + 1] + receipt[place] + receipt[place + 2 :]
            assert is_valid(swapped) == (swapped == receipt)


def test_receipts_are_random() -> None:
    made = {make_receipt() for _ in range(1000)}
    assert len(made) == 1000
    assert {receipt[0] for receipt in made} == set("0123456789")


@given(receipts)
def test_a_receipt_is_read_however_it_is_typed(receipt: str) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in receipt)
    for typed in (receipt, grouped(receipt), grouped(receipt).replace(" ", "-"), wide, f"\u3000{receipt}\n"):
        assert normalise(typed) == receipt


def test_grouped_by_fours() -> None:
    assert grouped("1234567890123456") == "1234 5678 9012 3456"


@given(st.text(max_size=30))
def test_any_text_is_answered(text: str) -> None:
    is_valid(text)
    is_valid(normalise(text))


def test_digits_of_other_scripts_are_no_receipt() -> None:
    assert not is_valid("٠" * 16)
    assert not is_valid("²" * 16)


def test_numbers_use_the_alphabet_and_differ() -> None:
    numbers = {make_number() for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(len(number) == 10 and set(number) <= set(ALPHABET) for number in numbers)
