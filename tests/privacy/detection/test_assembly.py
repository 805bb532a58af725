import pytest

from privacy.detection.assembly import Assembler
from privacy.detection.spans import Span
from privacy.errors import PrivacyError

LONG = "a paragraph that is long enough to be a block of its own " * 4
NAME = Span(0, 1, "PERSON", 0.9, "test", "pattern")


def test_a_block_that_is_being_read_is_not_asked_for_again() -> None:
    assembler = Assembler(10)
    first = assembler.take([LONG, f"ok\n> {LONG}"], ["en", "en"])
    second = assembler.take([f"thanks\n> {LONG}", LONG], ["en", "en"], first=2)
    assert [one.text for one in first.asked] == [LONG.rstrip(), "ok"]
    assert [(one.place, one.text) for one in second.asked] == [(2, "thanks")]
    assembler.answer(second.asked, [[]])
    assembler.answer(first.asked, [[NAME], []])
    assert first.is_answered
    assert [[span.start for span in one] for one in assembler.give(first)] == [[0], [5]]
    assert [[span.start for span in one] for one in assembler.give(second)] == [[9], [0]]


def test_a_block_nobody_will_answer_is_asked_for_again() -> None:
    assembler = Assembler(10)
    assembler.drop(assembler.take([LONG], ["en"]).asked)
    assert [one.text for one in assembler.take([LONG], ["en"]).asked] == [LONG.rstrip()]


def test_a_block_forgotten_before_its_text_is_given_back_still_has_its_finds() -> None:
    assembler = Assembler(1)
    texts = ["see Ada", "see Bob", "see Eve"]
    batch = assembler.take(texts, ["en"] * 3)
    assembler.answer(batch.asked, [[NAME]] * 3)
    assert [len(one) for one in assembler.give(batch)] == [1, 1, 1]


def test_a_text_that_cannot_be_taken_apart_is_named_by_its_place_and_leaves_nothing_behind() -> (
    None
):
    assembler = Assembler(10)
    with pytest.raises(PrivacyError, match=r"text 8 of the batch cannot be read \(\w+\)"):
        assembler.take(["a", None], ["en", "en"], first=7)
    assert [one.text for one in assembler.take(["a"], ["en"]).asked] == ["a"]
