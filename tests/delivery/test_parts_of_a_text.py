"""A long text in parts: nothing lost, nothing too long, cut where a sentence ends."""

from hypothesis import given
from hypothesis import strategies as st

from delivery.parts import split_text


@given(st.text(alphabet=st.sampled_from("核实。，；\n 补𠮷a"), max_size=400), st.integers(12, 60))
def test_parts_fit_and_lose_nothing(text: str, limit: int) -> None:
    parts = split_text(text, limit=limit)
    assert all(0 < len(part.encode()) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_cut_at_the_last_sentence_end() -> None:
    assert split_text("今天。明天，后天再说吧", limit=24) == ["今天。", "明天，后天再说吧"]


def test_without_a_pause_at_the_limit() -> None:
    assert split_text("补" * 10, limit=24) == ["补" * 8, "补" * 2]


def test_short_text_is_one_part() -> None:
    assert split_text("好。") == ["好。"]
