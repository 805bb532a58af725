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


ENTITY = "ada.king@example.com"
UNSEEN = ("\u200b", "\u200d", "\ufeff", "\u00ad", "\u202e", "\u202c", "\u2060", "\ufe0f", "\u034f", "<b>", "</b>", "&shy;", "<span class='x'>")  # fmt: skip
ALPHABETS = (0xFF10, 0x0660, 0x06F0, 0x0966, 0x0E50, 0x1D7CE, 0x1D7D8)


@st.composite
def disguised(draw: st.DrawFn, plain: str) -> str:
    """The same characters in other forms, with unseen ones between them."""
    written = []
    for character in plain:
        forms = [character, f"&#{ord(character)};", f"&#x{ord(character):x};"]
        if character.isdigit():
            forms += [chr(base + int(character)) for base in ALPHABETS]
        elif "!" <= character <= "~":
            forms.append(chr(ord(character) + 0xFEE0))
        if "a" <= character <= "z":
            forms.append(chr(0x1D41A + ord(character) - ord("a")))
        written.append(draw(st.sampled_from(forms)))
        written.extend(draw(st.lists(st.sampled_from(UNSEEN), max_size=2)))
    return "".join(written)


@given(st.data(), any_text, st.sampled_from([ENTITY, "4111111111111111", "Ada King"]))
def test_a_disguise_is_seen_through_and_leads_back_to_itself(data, around, plain) -> None:
    inner = data.draw(disguised(plain))
    before = around.replace("<", "").replace("&", "") + "\n"
    text = before + inner + "\n" + around
    folded = fold(text)
    at = folded.text.find(plain, len(fold(before).text))
    assert at >= 0
    start, end = folded.original(at, at + len(plain))
    seen = text[start:end]
    assert len(before) <= start < end <= len(before) + len(inner)
    assert fold(seen).text == plain


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1️⃣2️⃣", "12"),
        ("محـــمد مُحَمَّد", "محمد محمد"),
        ("שָׁלוֹם", "שלום"),
        ("น้ำ", "น้ำ"),
        ("ปี ๒๕๖๗ १२३ ۴۵", "ปี 2567 123 45"),
        ("03ー1234ー5678 コーヒー", "03-1234-5678 コーヒー"),
        ("ｺｰﾋｰ", "コーヒー"),
        ("O´Brien O‛Neil", "O'Brien O'Neil"),
        ("𝐉𝐨𝐡𝐧 ⓙⓞⓗⓝ", "John john"),
        ("a\u00a0b\u2003c\u2800d", "a b c d"),
        ("Jo\u00adhn Jo\u034fhn", "John John"),
        ("😀Ada👨‍👩‍👧", "😀Ada👨👩👧"),
    ],
)
def test_what_only_looks_different_is_read_alike(written: str, read: str) -> None:
    assert fold(written).text == read
