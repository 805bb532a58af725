import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privacy.detection.recognizers.necessities import WORD_START, necessity_of, plain

ASCII_ANY_CASE = re.ASCII | re.IGNORECASE


@pytest.mark.parametrize(
    ("regex", "words", "count_digits"),
    [
        (r"\bmy name is (?P<value>[A-Z]+)", {WORD_START + "my name is "}, 0),
        (r"(?<![^\W_])(?:mr|mrs|dr)\.? [A-Z]", {WORD_START + one for one in ("mr ", "mr. ", "mrs ", "mrs. ", "dr ", "dr. ")}, 0),
        (r"[a-z]{1,64}@(?:[a-z]{1,9}\.){1,8}[a-z]{2,9}", {"@"}, 0),
        (r"\d{3}[ -]?\d{2,4}", None, 5),
        (r"(?:\d{4}|[a-z]\d{2})(?:x\d)?", None, 2),
        (r"(?:order|item)?\d", None, 1),
        (r"(?:street|\d{5})", None, 0),
        (r"(?=never)[a-z]", None, 0),
        (r"(?:foo|bar){2,3}", {"foo", "bar"}, 0),
        (r"(?>straße|STRASSE) \d", {"straße ", "strasse "}, 1),
    ],
)  # fmt: skip
def test_what_a_pattern_cannot_do_without_is_read_off_it(regex, words, count_digits) -> None:
    found = necessity_of(regex, ASCII_ANY_CASE)
    assert found.words == words
    assert found.count_digits == count_digits


letters = st.sampled_from(
    [
        "ab",
        "İi",
        "ıs",
        "SS",
        "ſ",
        "σς",
        "é",
        "@",
        "1",
        "42",
        r"\d",
        ".",
        " ",
        "-",
        r"\b",
        "[ab]",
        "[^a]",
        r"\w",
    ]
)
expressions = st.recursive(
    letters,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "{0,2}", "{1,3}", "{2}", "+"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
        inner.map(lambda part: rf"(?<![^\W_])(?:{part})"),
        inner.map(lambda part: f"(?>{part})"),
    ),
    max_leaves=8,
)  # fmt: skip


@given(
    expressions,
    st.text("abABsSſİiıI\u0307σςΣé@142 .-_", max_size=12),
    st.sampled_from([re.ASCII, re.NOFLAG]),
)
def test_every_match_holds_what_its_pattern_was_said_to_need(regex, text, scope) -> None:
    flags = scope | re.IGNORECASE
    needed = necessity_of(regex, flags)
    for match in re.finditer(regex, text, flags):
        assert sum(one in "0123456789" for one in match[0]) >= needed.count_digits
        if needed.words is not None:
            small = plain(match[0])
            assert any(word.strip(WORD_START) in small for word in needed.words)
