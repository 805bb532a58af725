"""The rules by which detection is counted, and the tables that hold the counts."""

import pytest

from privacy.detection.spans import Span
from tests.benchmarks.bench_detection.marked import Mark, Marked
from tests.benchmarks.bench_detection.scores import score
from tests.benchmarks.bench_detection.tables import Section, Table, as_json, as_markdown, as_text


def found(start: int, end: int, entity: str) -> Span:
    return Span(start, end, entity, 1.0, "test", "")


def marked(*marks: Mark, blurred: tuple[Mark, ...] = ()) -> Marked:
    return Marked("x" * 40, "en", marks, "group", blurred)


def test_a_find_that_shares_half_of_its_characters_with_a_mark_is_the_mark_s() -> None:
    text = marked(Mark(0, 10, "PERSON"))
    assert score([text], [[found(5, 10, "PERSON")]]).of("PERSON").recall == 1.0
    assert score([text], [[found(6, 10, "PERSON")]]).of("PERSON").recall == 0.0


def test_one_find_answers_one_mark_and_the_nearest_first() -> None:
    text = marked(Mark(0, 10, "PERSON"), Mark(11, 20, "PERSON"))
    tally = score([text], [[found(0, 10, "PERSON"), found(0, 9, "PERSON")]]).of("PERSON")
    assert (tally.matched, tally.marked, tally.predicted) == (1, 2, 2)


def test_names_that_mean_the_same_are_one_kind() -> None:
    text = marked(Mark(0, 10, "GPE"), Mark(12, 20, "BIRTHDAY"))
    finds = [found(0, 10, "STREET_ADDRESS"), found(12, 20, "DATE_OF_BIRTH")]
    scores = score([text], [finds])
    assert (scores.of("LOCATION").recall, scores.of("DATE_TIME").precision) == (1.0, 1.0)


def test_characters_count_whatever_they_are_taken_for() -> None:
    text = marked(Mark(0, 10, "PERSON"))
    every = score([text], [[found(0, 20, "LOCATION")]]).every
    assert (every.character_recall, every.character_precision) == (1.0, 0.5)
    assert (every.recall, every.precision) == (0.0, 0.0)


def test_kinds_a_corpus_does_not_mark_are_no_mistakes_in_it() -> None:
    text = marked(Mark(0, 10, "PERSON"))
    every = score([text], [[found(20, 30, "PHONE_NUMBER")]], ["PERSON"]).every
    assert every.predicted == 0


def test_a_find_where_nobody_can_say_is_neither_right_nor_wrong() -> None:
    text = marked(blurred=(Mark(0, 10, "FAC"),))
    every = score([text], [[found(0, 10, "LOCATION")]]).every
    assert (every.predicted, every.predicted_characters) == (0, 0)


def test_only_texts_that_name_nobody_can_give_a_false_alarm() -> None:
    texts = [marked(), marked(Mark(0, 5, "PERSON")), marked()]
    finds = [[found(0, 5, "PERSON")], [found(9, 12, "PERSON")], []]
    assert score(texts, finds).alarm_share == 0.5


def test_every_cell_is_in_every_form_of_a_table() -> None:
    table = Table("Shares", ("name", "count", "share", "gap"))
    table.add("a", 1234, 0.5, None)
    section = Section("speed", "Speed", [table], ["A note."])
    assert "1,234  0.500" in as_text(section)
    assert "| a | 1,234 | 0.500 |  |" in as_markdown([section])
    rows = as_json([section])["speed"]["tables"][0]["rows"]
    assert rows == [{"name": "a", "count": 1234, "share": 0.5, "gap": None}]


@pytest.mark.real
def test_every_corpus_is_read_with_its_marks_in_their_texts(real_data) -> None:
    from tests.benchmarks.bench_detection import corpora, sentences

    for read in (corpora.presidio_synth, corpora.wnut17, corpora.turkish, corpora.japanese):
        texts = read(real_data)
        assert len(texts) > 1000
        assert {one.part for one in texts} == {"look", "score"}
        for one in texts:
            assert all(0 <= m.start < m.end <= len(one.text) for m in one.marks)
    numbers = sentences.national_numbers(real_data)
    assert len(numbers) == 558
    assert all(one.text[m.start : m.end].strip() for _, _, one in numbers for m in one.marks)
    assert {module for module, _, _ in numbers} >= sentences.PEOPLE
    assert len(sentences.addresses(real_data)) > 250
