"""Two wordings are compared by words, and by characters where words are not parted by spaces."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolebook.wording import AROUND, Fate, legible, word_changes

SHOWN = {Fate.SAME: "{}", Fate.REMOVED: "[-{}]", Fate.ADDED: "[+{}]", Fate.LEFT_OUT: "…"}


def shown(before: str, after: str) -> str:
    return "".join(SHOWN[piece.fate].format(piece.text) for piece in legible(word_changes(before, after)))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Answer by phone or mail.", "Answer by phone or letter.", "Answer by phone or [-mail] [+letter]."),
        ("Guide all clerks, and see.", "Guide all new clerks, and see.", "Guide all[+ new] clerks, and see."),
        ("one two three", "four five six", "[-one two three] [+four five six]"),
        ("two weeks ahead", "two weeks ahead of it", "two weeks ahead[+ of it]"),
        ("", "New.", "[+New.]"),
        ("在每個管道給出相同答覆", "在每個通路給出相同答覆", "在每個[-管道][+通路]給出相同答覆"),
        ("don't stop the work", "don't begin the work", "don't [-stop] [+begin] the work"),
    ],
)
def test_what_changed_is_told_word_by_word(before: str, after: str, expected: str) -> None:
    assert shown(before, after) == expected


def test_of_a_long_text_only_what_stands_around_a_difference_is_shown() -> None:
    words = [f"w{number}" for number in range(100)]
    told = shown(" ".join(words), " ".join([*words[:50], "new", *words[51:]]))
    assert told.startswith("…")
    assert told.endswith("…")
    assert len(told.split()) < 4 * AROUND


@pytest.mark.parametrize(
    ("before", "after"),
    [("." * 1900, ",." * 950), ("." * 190, ",." * 190), ("a " * 1000, "a b " * 480)],
)
def test_no_text_takes_long_to_compare(before: str, after: str) -> None:
    start = process_time()
    shown(before, after)
    assert process_time() - start < 2


@given(st.text(max_size=200), st.text(max_size=200))
def test_both_wordings_can_be_read_out_of_the_pieces(before: str, after: str) -> None:
    pieces = word_changes(before, after)
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.ADDED) == before
    assert "".join(piece.text for piece in pieces if piece.fate is not Fate.REMOVED) == after
