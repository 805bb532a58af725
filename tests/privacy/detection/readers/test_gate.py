import itertools

import pytest

from privacy.detection.lexicons.lexicon import Lexicon
from privacy.detection.readers.gate import Gate
from privacy.detection.spans import Span


@pytest.fixture(scope="module")
def gate() -> Gate:
    return Gate(Lexicon("en"))


def span(text: str, value: str, entity: str = "PERSON") -> Span:
    start = text.index(value)
    return Span(start, start + len(value), entity, 0.8, "test", "model")


@pytest.mark.parametrize(
    "text",
    [
        "where is my order? it should have been here on monday",
        "The court dismisses the appeal with costs.",
        "thanks so much all good",
        "",
        "1234 5678 !?",
    ],
)
def test_a_text_of_ordinary_words_need_not_be_read(gate: Gate, text: str) -> None:
    assert gate.parts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "please tell priyanka that it came",
        "The patient, Mr. Okonkwo, was seen.",
        "ask will smith about it",
        "we met Grace there",
        "send it to Leeds",
        "not reading but tilburg",
    ],
)
def test_a_text_with_a_word_that_may_be_a_name_is_read(gate: Gate, text: str) -> None:
    assert gate.parts(text) == [(0, len(text))]


def test_a_word_that_is_explained_opens_nothing(gate: Gate) -> None:
    text = "parcel for Okonkwo was sent"
    assert gate.parts(text, [span(text, "Okonkwo")]) == []
    assert gate.parts(text, [span(text, "Okonkwo", "ORGANIZATION")]) != []


def test_of_a_long_text_only_what_stands_around_a_candidate_is_read(gate: Gate) -> None:
    lead, tail = "where is my order " * 40, " where is my order" * 40
    text = f"{lead}ask Okonkwo now{tail}"
    (part,) = gate.parts(text)
    assert part.start < text.index("Okonkwo") < part.end
    assert part.end - part.start < 250
    assert not text[part.start - 1].strip()
    assert not text[part.end].strip()


def test_parts_that_touch_are_one_and_parts_apart_are_several(gate: Gate) -> None:
    text = "ask Okonkwo or Adeyemi" + " where is my order" * 40 + " or ask Halvorsen"
    parts = gate.parts(text)
    assert len(parts) == 2
    assert all(one.end < two.start for one, two in itertools.pairwise(parts))


def test_a_text_without_blanks_is_read_around_its_candidates(gate: Gate) -> None:
    text = "Okonkwo" + "." * 5000
    assert gate.parts(text)[0].end < 200
