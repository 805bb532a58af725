import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.folding import fold, lowered

any_text = st.text(st.characters(codec=None), max_size=200)
odd_text = st.text(
    st.sampled_from("aé1１ﬁ\u0301\u200b\u202e\ud800\0 \n—①한\u1112\u1161\u11ab㎏"), max_size=60
)


def test_plain_text_is_left_as_it_is() -> None:
    folded = fold("Call 020 7946 0000\tnow\n")
    assert folded.text == "Call 020 7946 0000\tnow\n"
    assert folded.original(5, 18) == (5, 18)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("４１１１", "4111"),
        ("ａｂ＠ｘ．ｃｏｍ", "ab@x.com"),
        ("٠٥٥", "055"),
        ("4111\u200b1111", "41111111"),
        ("020–7946", "020-7946"),
        ("e\u0301", "é"),
        ("한", "한"),
        ("\ud800", "\ufffd"),
        ("a\0b", "a b"),
    ],
)
def test_what_is_written_is_folded_to_what_recognizers_read(written: str, read: str) -> None:
    assert fold(written).text == read


def test_offsets_lead_back_through_what_vanished_and_what_grew() -> None:
    text = "ﬁ\u200b４２"
    folded = fold(text)
    assert folded.text == "fi42"
    assert folded.original(2, 4) == (2, 4)
    assert folded.original(0, 2) == (0, 1)


@given(st.one_of(any_text, odd_text))
def test_every_folded_range_leads_back_into_the_original(text: str) -> None:
    folded = fold(text)
    previous = 0
    for at in range(len(folded.text)):
        start, end = folded.original(at, at + 1)
        assert previous <= start < end <= len(text)
        previous = start


@given(st.one_of(any_text, odd_text))
def test_a_folded_text_can_always_be_encoded(text: str) -> None:
    fold(text).text.encode("utf-8")


@given(st.text(st.characters(categories=("L", "N", "P", "Zs")), max_size=60))
def test_what_a_range_covers_folds_to_that_range(text: str) -> None:
    folded = fold(text)
    for at, character in enumerate(folded.text):
        start, end = folded.original(at, at + 1)
        assert character in fold(text[start:end]).text


@given(any_text)
def test_lowering_keeps_every_position(text: str) -> None:
    assert len(lowered(text)) == len(text)


def test_a_mountain_of_combining_marks_takes_no_time() -> None:
    text = "e" + "\u0301\u0323" * 200_000
    assert unicodedata.combining(fold(text).text[-1])
